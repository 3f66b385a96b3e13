import { fen } from '@f2f/core'
import { askSecretly } from '../ask.ts'
import { defineCommand } from '../command.ts'
import { ALIPAY_OPTIONS, STORE_OPTIONS } from '../config/names.ts'
import { newNumber } from '../shop/numbers.ts'
import { withShop } from '../shop/shop.ts'
import { exitOfPayment, paymentJson, paymentLines } from '../shop/show.ts'
import { text } from '../text.ts'
import { ORDER_OPTIONS, orderOf } from './order-options.ts'
import { settledOrLeft } from './settled.ts'

export const pay = defineCommand({
  name: 'pay',
  about: text('收款：扫顾客的付款码', "take a payment by the customer's code"),
  more: text(
    '付款码从标准输入读取（扫码枪、键盘或管道），或用环境变量 F2F_AUTH_CODE；从不作为命令行参数，也不显示。等待直到有结果；Ctrl-C 只停止等待，不影响付款。',
    'The code is read from standard input (a scanner, a keyboard, a pipe) or from F2F_AUTH_CODE; it is no argument and is never shown. Waits for the end; Ctrl-C ends the waiting, not the payment.',
  ),
  arguments: [{ name: 'amount', about: text('金额，元', 'yuan, such as 8.88') }],
  options: { ...ORDER_OPTIONS, ...ALIPAY_OPTIONS, ...STORE_OPTIONS },
  examples: ['f2f pay 8.88 --subject 拿铁', 'echo 280000000000000000 | f2f pay 8.88 --json'],
  async run(call) {
    const { args, flags, context, output } = call
    const order = orderOf(flags, args[0] ?? '')
    fen(order.totalAmount) // before anybody scans for an amount that is none
    return withShop(call, async ({ cashier }) => {
      const authCode =
        context.env.F2F_AUTH_CODE || (await askSecretly(call, text('请扫付款码…', "Scan the customer's code…")))
      const outTradeNo = flags['out-trade-no'] ?? newNumber('F', context)
      const started = await cashier.start({ ...order, outTradeNo, authCode })
      const payment = await settledOrLeft(call, cashier, started)
      output.result(paymentJson(payment), () => paymentLines(payment, output))
      return exitOfPayment(payment)
    })
  },
})
