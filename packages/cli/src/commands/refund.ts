import type { RefundStatus } from '@f2f/core'
import { defineCommand } from '../command.ts'
import { ALIPAY_OPTIONS, STORE_OPTIONS } from '../config/names.ts'
import { EXIT, type ExitCode } from '../exit.ts'
import { newNumber } from '../shop/numbers.ts'
import { withShop } from '../shop/shop.ts'
import { refundJson } from '../shop/show.ts'
import { type Text, text } from '../text.ts'

const ENDS: Readonly<Record<RefundStatus, readonly [ExitCode, Text]>> = {
  succeeded: [EXIT.ok, text('已退款', 'refunded')],
  failed: [EXIT.no, text('退款失败', 'refund failed')],
  pending: [EXIT.unknown, text('结果未知', 'not known yet')],
}

export const refund = defineCommand({
  name: 'refund',
  about: text('退款（部分或全部）', 'refund a payment, in part or whole'),
  more: text(
    '退款号是幂等键：结果未知时，用同一个 --out-request-no 和金额再执行一次即可，不会重复退款。',
    'The refund number makes it safe to repeat: when the outcome is not known, run it again with the same --out-request-no and amount.',
  ),
  arguments: [
    { name: 'out-trade-no', about: text('商户订单号', 'your number') },
    { name: 'amount', about: text('退款金额，元', 'yuan') },
  ],
  options: {
    'out-request-no': { type: 'string', value: 'number', about: text('退款号（默认自动生成）', 'default: a new one') },
    reason: { type: 'string', value: 'text', about: text('退款原因', 'why') },
    'operator-id': { type: 'string', value: 'id', about: text('操作员号', 'operator') },
    ...ALIPAY_OPTIONS,
    ...STORE_OPTIONS,
  },
  examples: ['f2f refund F20260101120000A1B2C3D4E5 3.00 --reason 少一份'],
  async run(call) {
    const { args, flags, context, output } = call
    const [outTradeNo = '', refundAmount = ''] = args
    const outRequestNo = flags['out-request-no'] ?? newNumber('R', context)
    return withShop(call, async ({ cashier }) => {
      const request = { outTradeNo, outRequestNo, refundAmount, reason: flags.reason, operatorId: flags['operator-id'] }
      const made = await cashier.refund(request)
      const [exit, words] = ENDS[made.status]
      output.result({ outTradeNo, ...refundJson(made) }, () => [
        `${output.color.bold(outRequestNo)}  ${output.say(words)}  ¥${made.refundAmount}`,
        ...(made.failure === undefined
          ? []
          : [`  ${made.failure.subCode ?? made.failure.code} ${made.failure.message}`]),
      ])
      return exit
    })
  },
})
