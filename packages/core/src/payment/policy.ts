import { F2fError } from '../errors.ts'

/** When to ask, when to give up waiting, how long to insist. All in milliseconds. */
export interface Policy {
  /** First query after Alipay said the buyer must confirm. Default 5,000. */
  readonly firstQueryAfter: number
  /** Between two queries. Default 5,000. */
  readonly pollEvery: number
  /** How long the buyer has; then one last query and the cancel. Default 60,000. */
  readonly payWithin: number
  /** Total time of one call to Alipay. Default 10,000. */
  readonly callTimeout: number
  /** Wait before the second cancel; doubles each time … Default 2,000. */
  readonly cancelRetryFrom: number
  /** … up to this, and then goes on for ever. Default 60,000. */
  readonly cancelRetryTo: number
  /** After this long without an answer, `needsAttention` is raised. Default 60,000. */
  readonly attentionAfter: number
  /** Looks at Alipay after a settled end that followed an unknown `pay`, counted from the end. Default 30 s, 5 min. */
  readonly recheckAfter: readonly number[]
  /** Between two attempts at the same refund: first wait, doubles up to `cancelRetryTo`. Default 3,000. */
  readonly refundRetryFrom: number
  /** How long `onSettled` or `onRefund` may take before it counts as failed. Default 30,000. */
  readonly reportWithin: number
  /** Wait before `onSettled` is called again; doubles up to `cancelRetryTo`. Default 1,000. */
  readonly reportRetryFrom: number
}

export const DEFAULT_POLICY: Policy = {
  firstQueryAfter: 5_000,
  pollEvery: 5_000,
  payWithin: 60_000,
  callTimeout: 10_000,
  cancelRetryFrom: 2_000,
  cancelRetryTo: 60_000,
  attentionAfter: 60_000,
  recheckAfter: [30_000, 300_000],
  refundRetryFrom: 3_000,
  reportWithin: 30_000,
  reportRetryFrom: 1_000,
}

const LONGEST = 15 * 24 * 3_600_000

const checkDuration = (field: string, value: unknown): void => {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0 && value <= LONGEST) return
  throw new F2fError('CONFIG_INVALID', `The policy's ${field} is not a duration.`, {
    details: { field: `policy.${field}`, rule: 'milliseconds, more than 0, at most 15 days' },
  })
}

/**
 * Fills in the defaults and checks every number.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const completePolicy = (policy: Partial<Policy> = {}): Policy => {
  if (typeof policy !== 'object' || policy === null) {
    throw new F2fError('CONFIG_INVALID', 'The policy is not an object.', { details: { field: 'policy' } })
  }
  const given = Object.entries(policy).filter(([, value]) => value !== undefined)
  for (const [field, value] of given) {
    if (!Object.hasOwn(DEFAULT_POLICY, field)) {
      throw new F2fError('CONFIG_INVALID', `The policy has no field ${field}.`, { details: { field } })
    }
    if (field !== 'recheckAfter') checkDuration(field, value)
    else if (Array.isArray(value) && value.length > 0) for (const each of value) checkDuration(field, each)
    else checkDuration(field, undefined)
  }
  return { ...DEFAULT_POLICY, ...Object.fromEntries(given) }
}

/** `from`, doubled for every attempt already made, at most `to`. */
export const backoff = (from: number, to: number, attempts: number): number =>
  Math.min(to, from * 2 ** Math.min(attempts, 30))

/** Whole minutes that outlast `ms`, as Alipay counts time-outs: it closes a trade, and a QR code, by itself then. */
export const outlastingMinutes = (ms: number): number => Math.ceil(ms / 60_000) + 1

/** Longest wait the machine ever plans; a wake-up further away means the clock was set back. */
export const longestWait = ({ payWithin: _, recheckAfter, ...waits }: Policy): number =>
  // Twice, because a wait may be the sum of a call and a pause.
  Math.max(...Object.values(waits), ...recheckAfter) * 2
