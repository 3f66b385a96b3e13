import { defineCommand } from '../command.ts'
import { ALIPAY_OPTIONS, STORE_OPTIONS } from '../config/names.ts'
import { EXIT } from '../exit.ts'
import { withShop } from '../shop/shop.ts'
import { paymentJson, paymentLines } from '../shop/show.ts'
import { text } from '../text.ts'

export const query = defineCommand({
  name: 'query',
  about: text('向支付宝查询交易，并与本地账对照', 'ask Alipay about a trade, beside our own books'),
  more: text(
    '只读，不改变任何东西。查无此交易时退出码为 1。',
    'Reads only. Exit code 1 when Alipay knows no such trade.',
  ),
  arguments: [{ name: 'out-trade-no', about: text('商户订单号', 'your number') }],
  options: { ...ALIPAY_OPTIONS, ...STORE_OPTIONS },
  examples: ['f2f query F20260101120000A1B2C3D4E5 --json'],
  async run(call) {
    const { args, output, context } = call
    const [outTradeNo = ''] = args
    return withShop(call, async ({ alipay, cashier }) => {
      const reply = await alipay.query({ out_trade_no: outTradeNo }, { signal: context.signal })
      const payment = await cashier.find(outTradeNo)
      const { code, sub_code, sub_msg, trade_status, trade_no, total_amount } = reply
      const books = payment === undefined ? null : paymentJson(payment)
      output.result({ alipay: reply, books }, () => [
        `${output.color.bold(output.say(text('支付宝', 'Alipay')))}  ${trade_status ?? sub_code ?? code}  ${
          total_amount === undefined ? (sub_msg ?? '') : `¥${total_amount}  ${trade_no ?? ''}`
        }`,
        output.color.bold(output.say(text('本地账', 'Our books'))),
        ...(payment === undefined ? [`  ${output.say(text('没有', 'none'))}`] : paymentLines(payment, output)),
      ])
      if (code === '10000') return EXIT.ok
      return sub_code === 'ACQ.TRADE_NOT_EXIST' ? EXIT.no : EXIT.unknown
    })
  },
})
