import { type Payment, type PaymentStatus, type Refund, refundedAmount } from '@f2f/core'
import { paymentView, refundView } from '@f2f/core/http'
import { columns } from '../columns.ts'
import { EXIT, type ExitCode } from '../exit.ts'
import { plain } from '../harmless.ts'
import type { Output } from '../output.ts'
import { type Text, text } from '../text.ts'

export const STATUS: Readonly<Record<PaymentStatus, Text>> = {
  created: text('已登记', 'created'),
  paying: text('支付中', 'paying'),
  confirming: text('确认中', 'confirming'),
  cancelling: text('撤销中', 'cancelling'),
  paid: text('已支付', 'paid'),
  failed: text('失败', 'failed'),
  closed: text('已关闭', 'closed'),
  reversed: text('已撤销退回', 'reversed'),
}

export const coloured = (output: Output, status: PaymentStatus): string => {
  const words = output.say(STATUS[status])
  if (status === 'paid') return output.color.green(words)
  return ['failed', 'closed', 'reversed'].includes(status) ? output.color.red(words) : output.color.yellow(words)
}

/** Paid is yes; settled otherwise is no, or never sent; anything else is not known yet. */
export const exitOfPayment = ({ status, failure }: Payment): ExitCode => {
  if (status === 'paid') return EXIT.ok
  if (status === 'failed' && failure?.code === 'NOT_SENT') return EXIT.unreachable
  return ['failed', 'closed', 'reversed'].includes(status) ? EXIT.no : EXIT.unknown
}

export const paymentJson = (payment: Payment): object => paymentView(payment)
export const refundJson = (refund: Refund): object => refundView(refund)

const row = (label: string, value: string | undefined): readonly (readonly [string, string])[] =>
  value === undefined ? [] : [[label, plain(value)]]

export const paymentLines = (payment: Payment, output: Output): readonly string[] => {
  const say = (zh: string, en: string) => output.say(text(zh, en))
  const refunded = refundedAmount(payment)
  const why = payment.failure ?? payment.problem
  return [
    `${output.color.bold(payment.outTradeNo)}  ${coloured(output, payment.status)}  ¥${payment.totalAmount}`,
    ...columns([
      ...row(say('商品', 'subject'), payment.subject),
      ...row(say('支付宝交易号', "Alipay's number"), payment.tradeNo),
      ...row(say('买家', 'buyer'), payment.buyerLogonId),
      ...row(say('已退款', 'refunded'), refunded === '0.00' ? undefined : `¥${refunded}`),
      ...row(say('原因', 'why'), why === undefined ? undefined : `${why.subCode ?? why.code} ${why.message}`),
    ]),
    ...(payment.needsAttention ? [output.color.yellow(say('需要人工处理', 'A person should look at this.'))] : []),
  ]
}
