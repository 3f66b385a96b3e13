import type { Cashier } from '../cashier/cashier.ts'
import type { Clock } from '../clock.ts'
import { isF2fError } from '../errors.ts'
import { isSettled, type Payment } from '../payment/payment.ts'
import type { Call } from './call.ts'

/** True for the error that ends a watch because its watcher wanted that. */
export const isWaitAborted = (error: unknown): boolean => isF2fError(error) && error.code === 'WAIT_ABORTED'

/** A signal of our own that is also aborted when the client has gone; `release` no longer looks for that. */
export const following = (
  call: Pick<Call, 'whenGone'>,
): { readonly controller: AbortController; readonly release: () => void } => {
  const controller = new AbortController()
  return { controller, release: call.whenGone(() => controller.abort()) }
}

/** The payment once it is settled, or as it stands when `ms` milliseconds are over or the client has gone. */
export const settledWithin = async (
  { cashier, clock }: { readonly cashier: Cashier; readonly clock: Clock },
  payment: Payment,
  ms: number,
  call: Pick<Call, 'whenGone'>,
): Promise<Payment> => {
  if (isSettled(payment) || ms === 0) return payment
  const { controller, release } = following(call)
  const cancelTimer = clock.setTimeout(() => controller.abort(), ms)
  let latest = payment
  try {
    for await (const seen of cashier.watch(payment.outTradeNo, { signal: controller.signal })) latest = seen
  } catch (error) {
    if (!isWaitAborted(error)) throw error
  } finally {
    cancelTimer()
    release()
  }
  return latest
}
