import type { Clock } from '../clock.ts'
import { F2fError } from '../errors.ts'
import { isSettled, type Payment } from '../payment/payment.ts'
import type { Watchers } from './watchers.ts'

export interface Waiting {
  readonly find: (outTradeNo: string) => Promise<Payment | undefined>
  readonly watchers: Watchers
  readonly clock: Clock
  /** Milliseconds before a look that the store failed is tried again. */
  readonly lookEvery: number
  readonly onProblem: (error: unknown, outTradeNo: string) => void
}

const aborted = (outTradeNo: string): F2fError =>
  new F2fError('WAIT_ABORTED', `The caller stopped waiting for payment ${outTradeNo}.`, { details: { outTradeNo } })

const cashierClosed = (outTradeNo: string): F2fError =>
  new F2fError(
    'WAIT_CASHIER_CLOSED',
    `The cashier closed while payment ${outTradeNo} was unfinished; it goes on after a restart.`,
  )

const load = async ({ find }: Waiting, outTradeNo: string): Promise<Payment> => {
  const payment = await find(outTradeNo)
  if (payment !== undefined) return payment
  throw new F2fError('PAYMENT_NOT_FOUND', `There is no payment ${outTradeNo}.`, { details: { outTradeNo } })
}

/**
 * Resolves with the payment once it is what is waited for. It is in the books and its request is on its way, so a store
 * that fails to show it ends nothing: whoever waits must not hear of a failure while the customer pays.
 */
export const until = (
  isReached: (payment: Payment) => boolean,
  waiting: Waiting,
  outTradeNo: string,
  signal?: AbortSignal,
): Promise<Payment> =>
  new Promise((resolve, reject) => {
    const { watchers, clock, lookEvery, onProblem } = waiting
    let cancelTimer = (): void => undefined
    let ended = false
    const end = (finish: () => void): void => {
      ended = true
      unwatch()
      cancelTimer()
      signal?.removeEventListener('abort', abort)
      finish()
    }
    const fail = (error: unknown): void => end(() => reject(error))
    const abort = (): void => fail(aborted(outTradeNo))
    const changed = (payment: Payment): void => {
      if (isReached(payment)) end(() => resolve(payment))
    }
    const unwatch = watchers.add(outTradeNo, { changed, closed: () => fail(cashierClosed(outTradeNo)) })
    if (watchers.isClosed) return fail(cashierClosed(outTradeNo))
    if (signal?.aborted === true) return abort()
    signal?.addEventListener('abort', abort)
    const look = (): void => {
      load(waiting, outTradeNo).then(changed, (error: unknown) => {
        if (ended) return
        onProblem(error, outTradeNo)
        cancelTimer = clock.setTimeout(look, lookEvery)
      })
    }
    look()
  })

/** The payment as it stands, then every change seen, until it is settled. */
export async function* changes(
  waiting: Waiting,
  outTradeNo: string,
  signal?: AbortSignal,
): AsyncGenerator<Payment, void, undefined> {
  const { watchers } = waiting
  const seen: Payment[] = []
  let wake = (): void => undefined
  const stir = (): void => wake()
  const changed = (payment: Payment): void => {
    seen.push(payment)
    stir()
  }
  const unwatch = watchers.add(outTradeNo, { changed, closed: stir })
  signal?.addEventListener('abort', stir)
  try {
    seen.unshift(await load(waiting, outTradeNo))
    let version = 0
    for (;;) {
      const payment = seen.shift()
      if (payment === undefined) {
        if (signal?.aborted === true) throw aborted(outTradeNo)
        if (watchers.isClosed) throw cashierClosed(outTradeNo)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      } else if (payment.version > version) {
        version = payment.version
        yield payment
        if (isSettled(payment)) return
      }
    }
  } finally {
    unwatch()
    signal?.removeEventListener('abort', stir)
  }
}
