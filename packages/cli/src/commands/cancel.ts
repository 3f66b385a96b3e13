import { isSettled } from '@f2f/core'
import { defineCommand } from '../command.ts'
import { ALIPAY_OPTIONS, STORE_OPTIONS } from '../config/names.ts'
import { EXIT } from '../exit.ts'
import { withShop } from '../shop/shop.ts'
import { paymentJson, paymentLines } from '../shop/show.ts'
import { text } from '../text.ts'
import { settledOrLeft } from './settled.ts'

export const cancel = defineCommand({
  name: 'cancel',
  about: text('撤销一笔未完成的付款', 'cancel a payment that is not settled'),
  more: text(
    '买家若已付款，款项退回。已支付的付款不能撤销，请用 f2f refund。',
    'Money taken meanwhile goes back. What is paid already stays paid: use f2f refund.',
  ),
  arguments: [{ name: 'out-trade-no', about: text('商户订单号', 'your number') }],
  options: { ...ALIPAY_OPTIONS, ...STORE_OPTIONS },
  examples: ['f2f cancel F20260101120000A1B2C3D4E5'],
  async run(call) {
    const { args, output } = call
    return withShop(call, async ({ cashier }) => {
      const first = await cashier.cancel(args[0] ?? '')
      const payment = isSettled(first) ? first : await settledOrLeft(call, cashier, first)
      output.result(paymentJson(payment), () => paymentLines(payment, output))
      if (payment.status === 'closed' || payment.status === 'reversed') return EXIT.ok
      return isSettled(payment) ? EXIT.no : EXIT.unknown
    })
  },
})
