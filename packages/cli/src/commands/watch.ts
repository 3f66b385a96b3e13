import { beijingTimestamp, F2fError } from '@f2f/core'
import { defineCommand } from '../command.ts'
import { ALIPAY_OPTIONS, STORE_OPTIONS } from '../config/names.ts'
import { withShop } from '../shop/shop.ts'
import { coloured, exitOfPayment, paymentJson, paymentLines } from '../shop/show.ts'
import { text } from '../text.ts'
import { settledOrLeft } from './settled.ts'

export const watch = defineCommand({
  name: 'watch',
  about: text('跟踪一笔付款直到有结果', 'follow a payment to its end'),
  more: text(
    '同时继续处理库中所有未完成的付款（崩溃或 Ctrl-C 之后用它）。',
    'Goes on with every unfinished payment of the store meanwhile: what to run after a crash or Ctrl-C.',
  ),
  arguments: [{ name: 'out-trade-no', about: text('商户订单号', 'your number') }],
  options: { ...ALIPAY_OPTIONS, ...STORE_OPTIONS },
  examples: ['f2f watch F20260101120000A1B2C3D4E5'],
  async run(call) {
    const { args, output } = call
    const [outTradeNo = ''] = args
    return withShop(call, async ({ cashier }) => {
      const present = await cashier.find(outTradeNo)
      if (present === undefined) throw new F2fError('PAYMENT_NOT_FOUND', 'There is no such payment in the store.')
      await cashier.recover()
      const changes: { status: string; at: Date }[] = []
      const payment = await settledOrLeft(call, cashier, present, ({ status, updatedAt }) => {
        if (changes.at(-1)?.status === status) return
        changes.push({ status, at: updatedAt })
        output.line(`${output.color.dim(beijingTimestamp(updatedAt.getTime()))}  ${coloured(output, status)}`)
      })
      output.result({ ...paymentJson(payment), changes }, () => paymentLines(payment, output))
      return exitOfPayment(payment)
    })
  },
})
