import { type Clock, holdingClock } from '../clock.ts'
import { F2fError, isF2fError } from '../errors.ts'
import type { PaymentStore } from '../store/payment-store.ts'

/** The caller's store, with one kind of error and a simulated clock standing still while it works. */
export const guardStore = (store: PaymentStore, clock: Clock): PaymentStore => {
  const failed = (doing: string, cause: unknown): F2fError =>
    isF2fError(cause) ? cause : new F2fError('STORE_UNAVAILABLE', `The store failed to ${doing}.`, { cause })

  const guarded = <T>(doing: string, work: () => Promise<T>): Promise<T> =>
    holdingClock(clock, async () => {
      try {
        return await work()
      } catch (cause) {
        throw failed(doing, cause)
      }
    })
  const { subscribe } = store
  return {
    ...(subscribe === undefined ? {} : { subscribe: (changed) => subscribe.call(store, changed) }),
    insert: (payment) => guarded('journal a payment', () => store.insert(payment)),
    find: (outTradeNo) => guarded('find a payment', () => store.find(outTradeNo)),
    replace: (next, expectedVersion) => guarded('change a payment', () => store.replace(next, expectedVersion)),
    due: (before, limit) => guarded('list due payments', () => store.due(before, limit)),
    async *list(filter) {
      try {
        yield* store.list(filter)
      } catch (cause) {
        throw failed('list payments', cause)
      }
    },
  }
}
