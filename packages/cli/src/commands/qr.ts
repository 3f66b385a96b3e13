import { renderUnicodeCompact } from 'uqr'
import { defineCommand } from '../command.ts'
import { ALIPAY_OPTIONS, STORE_OPTIONS } from '../config/names.ts'
import { EXIT } from '../exit.ts'
import { newNumber } from '../shop/numbers.ts'
import { withShop } from '../shop/shop.ts'
import { exitOfPayment, paymentJson, paymentLines } from '../shop/show.ts'
import { text } from '../text.ts'
import { ORDER_OPTIONS, orderOf } from './order-options.ts'
import { settledOrLeft } from './settled.ts'

export const qr = defineCommand({
  name: 'qr',
  about: text('收款：让顾客扫二维码', 'take a payment by a QR the customer scans'),
  more: text(
    '二维码画在终端里。--no-wait 只显示二维码，之后用 f2f watch 查看结果。',
    'The QR is drawn in the terminal. With --no-wait it is only shown; f2f watch tells how it ended.',
  ),
  arguments: [{ name: 'amount', about: text('金额，元', 'yuan, such as 8.88') }],
  options: {
    ...ORDER_OPTIONS,
    'no-wait': { type: 'boolean', about: text('不等待付款', 'do not wait') },
    ...ALIPAY_OPTIONS,
    ...STORE_OPTIONS,
  },
  examples: ['f2f qr 5.00 --subject 茶', 'f2f qr 5.00 --no-wait --json'],
  async run(call) {
    const { args, flags, context, output } = call
    return withShop(call, async ({ cashier }) => {
      const outTradeNo = flags['out-trade-no'] ?? newNumber('F', context)
      const offered = await cashier.offer({ ...orderOf(flags, args[0] ?? ''), outTradeNo })
      const { qrCode } = offered
      if (qrCode !== undefined) {
        output.line(renderUnicodeCompact(qrCode, { border: 2 }))
        output.line(`¥${offered.totalAmount}  ${offered.outTradeNo}`)
      }
      const isLeft = flags['no-wait'] === true && qrCode !== undefined
      const payment = isLeft ? offered : await settledOrLeft(call, cashier, offered)
      output.result({ ...paymentJson(payment), qrCode }, () => (isLeft ? [] : paymentLines(payment, output)))
      return isLeft ? EXIT.ok : exitOfPayment(payment)
    })
  },
})
