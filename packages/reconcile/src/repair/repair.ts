import { type Clock, F2fError, isF2fError } from '@f2f/core'
import type { OurRow } from '../books/our-row.ts'
import type { Difference } from '../compare/difference.ts'
import type { RepairAction } from '../compare/suggestion.ts'
import { type ActionOutcome, type Deliver, performDelivery, performQuery, performRefund } from './actions.ts'
import type { RepairGateway } from './ask-alipay.ts'
import type { AuditLog, AuditRecord, AuditStage, RepairResult } from './audit.ts'

export interface RepairOptions {
  /** Differences of a reconciliation, all of them or some. */
  readonly differences: readonly Difference[]
  readonly alipay: RepairGateway
  /** Asked before every repair. Nothing is done without a `true`. */
  readonly confirm: (difference: Difference) => boolean | Promise<boolean>
  /** Where everything is written down, before it is done and after. */
  readonly audit: AuditLog
  /** Who has it done, for the audit trail. */
  readonly by: string
  /** The shop's own part in `deliver` repairs. */
  readonly deliver?: Deliver | undefined
  /** Default: the clock of `alipay`. */
  readonly clock?: Clock | undefined
}

/**
 * What came of one difference.
 *
 * - `forPerson`: only a person can decide; nothing was done.
 * - `declined`: `confirm` said no.
 * - `unknown`: there was no trustworthy answer. Repair again: what was done is not done twice.
 * - otherwise as in the audit trail.
 */
export interface RepairOutcome {
  readonly difference: Difference
  readonly outcome: RepairResult | 'forPerson' | 'declined' | 'unknown'
  /** It had been done before; nothing was done now. */
  readonly again: boolean
  readonly facts: Readonly<Record<string, string | number>>
}

type SafeAction = Exclude<RepairAction, 'ask'>

const ACTIONS: Readonly<
  Record<SafeAction, (options: RepairOptions, difference: Difference) => Promise<ActionOutcome>>
> = {
  query: ({ alipay }, difference) => performQuery(alipay, difference),
  deliver: ({ alipay, deliver }, difference) => performDelivery(alipay, difference, deliver),
  refund: ({ alipay }, difference) => performRefund(alipay, difference),
}

/** Repairs that change something and therefore are done only once. */
const LASTING: ReadonlySet<RepairResult> = new Set<RepairResult>(['refunded', 'delivered'])

const doneBefore = async (audit: AuditLog): Promise<ReadonlyMap<string, AuditRecord>> => {
  const done = new Map<string, AuditRecord>()
  for await (const record of audit.records()) {
    if (record.result !== undefined && LASTING.has(record.result)) done.set(record.id, record)
  }
  return done
}

const plain = (difference: Difference, outcome: RepairOutcome['outcome']): RepairOutcome => ({
  difference,
  outcome,
  again: false,
  facts: {},
})

const perform = async (options: RepairOptions, difference: Difference, action: SafeAction): Promise<RepairOutcome> => {
  const { audit, by, alipay, clock = alipay.clock } = options
  const write = (stage: AuditStage, outcome?: ActionOutcome) => {
    const { id, outTradeNo } = difference
    return audit.append({ id, action, stage, at: new Date(clock.now()).toISOString(), by, outTradeNo, ...outcome })
  }
  if (!(await options.confirm(difference))) {
    await write('declined')
    return plain(difference, 'declined')
  }
  await write('begun')
  try {
    const outcome = await ACTIONS[action](options, difference)
    await write('done', outcome)
    return { difference, outcome: outcome.result, again: false, facts: outcome.facts }
  } catch (error) {
    if (!isF2fError(error) || error.code === 'CONFIG_INVALID') throw error
    return { ...plain(difference, 'unknown'), facts: { code: error.code } }
  }
}

/**
 * Carries out what the differences suggest, one after another, each only after confirmation. Alipay is asked first
 * every time, because a bill is some hours old: a refund or a delivery whose difference is gone is not made. Refunds
 * have a number of their own that is always the same for the same difference, so doing it again is safe; what is in
 * the audit trail as done is not done again. What only a person can decide is left alone.
 *
 * Pass {@link refundsMade} to the next days' reconciliations: the books know nothing of these refunds.
 *
 * @throws F2fError `CONFIG_INVALID`; what `confirm`, `deliver` or the audit trail throws
 */
export const repair = async (options: RepairOptions): Promise<readonly RepairOutcome[]> => {
  if (typeof options.by !== 'string' || options.by === '') {
    throw new F2fError('CONFIG_INVALID', 'Say who has it repaired.', { details: { field: 'by' } })
  }
  const done = await doneBefore(options.audit)
  const outcomes: RepairOutcome[] = []
  for (const difference of options.differences) {
    const { action } = difference.suggestion
    const before = done.get(difference.id)
    if (action === 'ask') outcomes.push(plain(difference, 'forPerson'))
    else if (before?.result !== undefined) {
      outcomes.push({ difference, outcome: before.result, again: true, facts: before.facts ?? {} })
    } else outcomes.push(await perform(options, difference, action))
  }
  return outcomes
}

/**
 * The refunds that repairs have made, each once, as rows for `also` of `reconcile`. The time of one is when the repair
 * was begun: when its outcome was lost, it is written down only by a later attempt.
 */
export const refundsMade = async (audit: AuditLog): Promise<readonly OurRow[]> => {
  const begun = new Map<string, string>()
  const rows = new Map<string, OurRow>()
  for await (const { id, stage, result, facts, outTradeNo, at } of audit.records()) {
    if (stage === 'begun' && !begun.has(id)) begun.set(id, at)
    if (stage !== 'done') continue
    const since = begun.get(id) ?? at
    begun.delete(id)
    const { outRequestNo, amount } = facts ?? {}
    if (result !== 'refunded' || typeof outRequestNo !== 'string' || typeof amount !== 'number') continue
    if (rows.has(outRequestNo)) continue
    rows.set(outRequestNo, { kind: 'refund', outTradeNo, outRequestNo, amount, at: new Date(since) })
  }
  return [...rows.values()]
}
