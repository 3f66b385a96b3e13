import type { Payment, PaymentStatus, RefundStatus } from '@f2f/core'
import { STATUS } from '../shop/show.ts'
import { type Text, text } from '../text.ts'
import type { Customer, Result, Stage } from './stage.ts'

type Seen = Pick<Result, 'verdict' | 'seen' | 'outTradeNo' | 'tradeNo'>

/** One thing to be shown. */
export interface Check {
  readonly id: string
  readonly title: Text
  run(stage: Stage): Promise<Seen>
}

const notDone = (seen: Text): Seen => ({ verdict: 'notDone', seen })

const judged = (passed: boolean, seen: Text, payment?: Payment): Seen => ({
  verdict: passed ? 'passed' : 'failed',
  seen,
  ...(payment === undefined ? {} : { outTradeNo: payment.outTradeNo, tradeNo: payment.tradeNo }),
})

/** What Alipay itself says, asked anew: our books alone prove nothing. */
const alipaysWord = async ({ alipay }: Stage, outTradeNo: string): Promise<string> => {
  const { trade_status, sub_code, code } = await alipay.query({ out_trade_no: outTradeNo })
  return trade_status ?? sub_code ?? code
}

const wayOf = ({ history }: Payment): Text => {
  const way = (language: keyof Text) => history.map(({ status }) => STATUS[status][language]).join(' → ')
  return text(way('zh'), way('en'))
}

const AGREES: Readonly<Partial<Record<PaymentStatus, RegExp>>> = {
  paid: /^TRADE_(SUCCESS|FINISHED)$/,
  closed: /^(TRADE_CLOSED|ACQ\.TRADE_NOT_EXIST)$/,
  failed: /^(TRADE_CLOSED|WAIT_BUYER_PAY|ACQ\.TRADE_NOT_EXIST)$/,
}

interface Expected {
  readonly status: 'paid' | 'closed' | 'failed'
  /** Must have been unknown, or waited for, on the way. */
  readonly confirming: boolean
}

const payment = (id: string, title: Text, customer: Customer, expected: Expected): Check => ({
  id,
  title,
  async run(stage) {
    const shown = await stage.code(customer)
    if ('missing' in shown) return notDone(shown.missing)
    const outTradeNo = stage.number()
    await stage.cashier.start({
      outTradeNo,
      authCode: shown.code,
      totalAmount: stage.amount(customer),
      subject: 'f2f 验收',
    })
    const ended = await stage.settled(outTradeNo)
    const word = await alipaysWord(stage, outTradeNo)
    const confirmed = ended.history.some(({ status }) => status === 'confirming')
    const passed =
      ended.status === expected.status &&
      AGREES[expected.status]?.test(word) === true &&
      (confirmed || !expected.confirming)
    const { zh, en } = wayOf(ended)
    return judged(passed, text(`${zh}；支付宝：${word}`, `${en}; Alipay: ${word}`), ended)
  },
})

const REFUNDED: Readonly<Record<RefundStatus, Text>> = {
  succeeded: text('成功', 'succeeded'),
  failed: text('失败', 'failed'),
  pending: text('未知', 'pending'),
}

const refunds: Check = {
  id: 'refund',
  title: text(
    '退款（可部分退款时分次退），重复退款不多退',
    'refund, in parts where that can be, and the same again changes nothing',
  ),
  async run(stage) {
    const shown = await stage.code('pays')
    if ('missing' in shown) return notDone(shown.missing)
    const outTradeNo = stage.number()
    const { cashier } = stage
    await cashier.start({ outTradeNo, authCode: shown.code, totalAmount: '0.03', subject: 'f2f 验收' })
    const paid = await stage.settled(outTradeNo)
    if (paid.status !== 'paid')
      return judged(false, text(`付款：${STATUS[paid.status].zh}`, `the payment: ${STATUS[paid.status].en}`), paid)
    const amounts = stage.refundsInParts ? ['0.01', '0.02'] : ['0.03']
    const orders = amounts.map((refundAmount, index) => {
      return { outTradeNo, outRequestNo: `${outTradeNo}R${index + 1}`, refundAmount, reason: '验收' }
    })
    const asked = orders.flatMap((order, index) => (index === 0 ? [order, order] : [order]))
    const ends: RefundStatus[] = []
    for (const order of asked) ends.push((await cashier.refund(order)).status)
    const after = (await cashier.find(outTradeNo)) ?? paid
    const passed = ends.every((end) => end === 'succeeded') && after.refunds.length === orders.length
    const seen = (language: keyof Text): string =>
      asked
        .map(({ refundAmount }, index) => `${refundAmount} ${REFUNDED[ends[index] ?? 'pending'][language]}`)
        .join(' → ')
    return judged(
      passed,
      text(`${seen('zh')}；共 ${after.refunds.length} 笔`, `${seen('en')}; ${after.refunds.length} refunds`),
      after,
    )
  },
}

const FORGED = 'out_trade_no=NOBODY&trade_status=TRADE_SUCCESS&total_amount=0.01&sign_type=RSA2&sign=Zm9yZ2Vk'
const CONTENT_TYPE = { contentType: 'application/x-www-form-urlencoded; charset=utf-8' }

const forged: Check = {
  id: 'notify-forged',
  title: text('伪造的异步通知被拒绝', 'a forged notification is refused'),
  async run({ cashier }) {
    const { reply, error } = await cashier.handleNotify(FORGED, CONTENT_TYPE)
    const seen = `${reply} (${error?.code ?? ''})`
    return judged(reply === 'fail' && error?.code.startsWith('NOTIFY_') === true, text(seen, seen))
  },
}

const genuine: Check = {
  id: 'notify-real',
  title: text(
    '真实的异步通知被接受，改动一个字就被拒绝',
    'a genuine notification is taken; with one character changed it is not',
  ),
  async run(stage) {
    const told = await stage.notification()
    if ('missing' in told) return notDone(told.missing)
    const changed = await stage.cashier.handleNotify(told.body.replace('TRADE_SUCCESS', 'TRADE_CLOSED'), CONTENT_TYPE)
    const ended = await stage.cashier.find(told.outTradeNo)
    const seen = `${told.reply}, ${changed.reply}`
    return judged(
      told.reply === 'success' && changed.reply === 'fail' && ended?.status === 'paid',
      text(`真实：${told.reply}，改动后：${changed.reply}`, seen),
      ended,
    )
  },
}

const bill: Check = {
  id: 'bill',
  title: text('下载账单并与本地账核对', 'the bill is downloaded and agrees with the books'),
  async run(stage) {
    const held = await stage.bill()
    return 'missing' in held ? notDone(held.missing) : judged(held.isClean, held.says)
  },
}

/** The acceptance, in the order in which it is played. */
export const CHECKS: readonly Check[] = [
  payment('success', text('付款成功', 'paid at once'), 'pays', { status: 'paid', confirming: false }),
  payment('wait', text('等待用户输入密码，随后成功', 'the customer must confirm, then paid'), 'waits', {
    status: 'paid',
    confirming: true,
  }),
  payment('timeout', text('超时未付，自动撤销', 'not paid in time, cancelled'), 'never', {
    status: 'closed',
    confirming: true,
  }),
  payment(
    'unknown',
    text('返回 20000（服务不可用），查询后成功', 'answered 20000, found paid by asking'),
    'systemError',
    {
      status: 'paid',
      confirming: true,
    },
  ),
  payment('lost', text('响应丢失（断网），查询后成功', 'reply lost, found paid by asking'), 'lost', {
    status: 'paid',
    confirming: true,
  }),
  payment('failure', text('支付失败', 'refused'), 'poor', { status: 'failed', confirming: false }),
  refunds,
  forged,
  genuine,
  bill,
]
