import { type Cashier, isF2fError, type Payment } from '@f2f/core'
import type { Call } from '../command.ts'
import { STATUS } from '../shop/show.ts'
import { text } from '../text.ts'

/**
 * The payment when it is settled; as it stands when somebody presses Ctrl-C first.
 *
 * @param seen - told of every change
 */
export const settledOrLeft = async (
  { context, output }: Pick<Call, 'context' | 'output'>,
  cashier: Cashier,
  payment: Payment,
  seen: (payment: Payment) => void = () => undefined,
): Promise<Payment> => {
  let latest = payment
  try {
    for await (const next of cashier.watch(payment.outTradeNo, { signal: context.signal })) {
      latest = next
      seen(next)
      const { zh, en } = STATUS[next.status]
      output.progress(text(`${next.outTradeNo} ${zh}…`, `${next.outTradeNo} ${en}…`))
    }
  } catch (error) {
    if (!isF2fError(error) || error.code !== 'WAIT_ABORTED') throw error
    const { outTradeNo } = payment
    output.note(text(`付款仍在进行：f2f watch ${outTradeNo}`, `The payment goes on: f2f watch ${outTradeNo}`))
  }
  return latest
}
