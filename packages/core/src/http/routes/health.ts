import { isF2fError } from '../../errors.ts'
import { type Answer, json } from '../call.ts'
import type { Route, Shop } from '../route.ts'

/** Unfinished payments are counted up to this many. */
const MOST_COUNTED = 100
/** Milliseconds after which a part that has not answered counts as failing. */
const ANSWER_WITHIN = 5_000

interface PartHealth {
  readonly status: 'ok' | 'failing'
  /** An error code, when it is one of ours. */
  readonly code?: string | undefined
}

const FAILING: PartHealth = { status: 'failing' }

/** What `look` finds, or that it failed or took too long. */
const partHealth = async <T extends object>(
  { clock, onProblem }: Shop,
  look: () => Promise<T>,
): Promise<PartHealth | (PartHealth & T)> => {
  let cancelTimer = (): void => undefined
  const tooLate = new Promise<PartHealth>((resolve) => {
    cancelTimer = clock.setTimeout(() => resolve(FAILING), ANSWER_WITHIN)
  })
  const looked = look().then(
    (found) => ({ status: 'ok' as const, ...found }),
    (error: unknown) => {
      onProblem(error, 'health')
      return { ...FAILING, code: isF2fError(error) ? error.code : undefined }
    },
  )
  try {
    return await Promise.race([looked, tooLate])
  } finally {
    cancelTimer()
  }
}

/** Reads from the store; both counts stop at {@link MOST_COUNTED}. */
const countUnfinished = async ({ cashier }: Shop): Promise<{ unfinished: number; needsAttention: number }> => {
  let unfinished = 0
  let needsAttention = 0
  for await (const payment of cashier.list({ unfinished: true, limit: MOST_COUNTED })) {
    unfinished++
    if (payment.needsAttention) needsAttention++
  }
  return { unfinished, needsAttention }
}

/** The counts among what wake-ups say of themselves. */
const countsOf = (health: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(Object(health) as object).filter(
      ([name, value]) => name !== 'status' && Number.isSafeInteger(value),
    ),
  )

const instant = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString())

const healthOf = async (shop: Shop): Promise<Answer> => {
  const { alipay, cashier, wakeups } = shop
  const [store, queue] = await Promise.all([
    partHealth(shop, () => countUnfinished(shop)),
    wakeups?.health === undefined ? undefined : partHealth(shop, async () => countsOf(await wakeups.health?.())),
  ])
  // Closing, it answers those who wait; whoever sends it customers should send them elsewhere.
  const isFailing = cashier.isClosed || [store, queue].some((part) => part?.status === 'failing')
  return json(isFailing ? 503 : 200, {
    status: isFailing ? 'failing' : 'ok',
    code: cashier.isClosed ? 'CASHIER_CLOSED' : undefined,
    store,
    queue,
    alipay: alipay && { lastVerifiedReplyAt: instant(alipay.lastVerifiedReplyAt) },
  })
}

/** GET /health */
export const healthRoutes = (shop: Shop): readonly Route[] => {
  // Open to all, so however many ask at once, the store is asked by one.
  let asking: Promise<Answer> | undefined
  return [
    {
      operation: 'health',
      method: 'GET',
      path: '/health',
      scopes: [],
      handle() {
        asking ??= healthOf(shop).finally(() => {
          asking = undefined
        })
        return asking
      },
    },
  ]
}
