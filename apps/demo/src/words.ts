import type { Payment } from '@f2f/core'

export type Language = 'en' | 'zh'

const STATUS = {
  en: {
    created: 'made',
    paying: 'journalled, asking for the money',
    confirming: 'not known yet, waiting and asking',
    cancelling: 'not paid in time, cancelling',
    paid: 'PAID',
    failed: 'failed, no money taken',
    closed: 'closed, no money taken',
    reversed: 'reversed, the money went back',
  },
  zh: {
    created: '已建立',
    paying: '已落账，正在请求扣款',
    confirming: '结果未知，等待并查询',
    cancelling: '超时未付，正在撤销',
    paid: '已支付',
    failed: '支付失败，未扣款',
    closed: '已关闭，未扣款',
    reversed: '已撤销，款项已退回',
  },
} as const

const WORDS = {
  en: {
    title: 'f2f demo: a till and a wallet over real HTTP, with a simulated Alipay',
    scenes: {
      atOnce: 'A customer pays at once',
      waits: 'A customer must confirm with a password, and does',
      never: 'A customer never confirms',
      lost: 'The money moves, but the reply is lost',
      refund: 'A paid order is refunded in part',
    },
    asked: 'asked',
    answered: 'answered',
    noAnswer: 'no answer',
    known: 'known',
    refunded: (amount: string) => `refunded ${amount} yuan`,
    books: 'Alipay’s ledger beside ours',
    columns: ['order', 'ours', 'paid', 'refunded', 'Alipay', 'paid', 'refunded', 'pay sent', 'same'],
    equal: (count: number) => `${count} payments, the two books are equal.`,
    differ: 'The two books DIFFER.',
    till: 'till',
    wallet: 'wallet',
    code: 'enrolment code',
    metrics: 'metrics',
    open: 'Open both addresses side by side: charge at the till, pay with the wallet. The code is good once, for ten minutes.',
    serving: 'Still serving. Press Ctrl-C to stop.',
    portTaken: (port: number) => `Port ${port} is taken. Choose another with --port, or leave it out for a free one.`,
    usage: 'Usage: demo [--once] [--port N] [--lang en|zh]',
  },
  zh: {
    title: 'f2f 演示：收银台与钱包，通过真实 HTTP 连接模拟支付宝',
    scenes: {
      atOnce: '顾客立即付款',
      waits: '顾客需要输入密码，随后付款',
      never: '顾客一直没有付款',
      lost: '钱已扣，但应答丢失',
      refund: '已付订单部分退款',
    },
    asked: '请求',
    answered: '应答',
    noAnswer: '没有应答',
    known: '所知',
    refunded: (amount: string) => `已退款 ${amount} 元`,
    books: '支付宝账本与我方账本对照',
    columns: ['订单号', '我方', '实收', '退款', '支付宝', '实收', '退款', 'pay 次数', '一致'],
    equal: (count: number) => `共 ${count} 笔，两边账目一致。`,
    differ: '两边账目不一致！',
    till: '收银台',
    wallet: '钱包',
    code: '注册码',
    metrics: '监控指标',
    open: '把两个地址并排打开：在收银台收款，用钱包付款。注册码十分钟内有效，只能用一次。',
    serving: '服务仍在运行，按 Ctrl-C 结束。',
    portTaken: (port: number) => `端口 ${port} 已被占用。请用 --port 换一个，或不指定以使用空闲端口。`,
    usage: '用法：demo [--once] [--port N] [--lang en|zh]',
  },
} as const

export const wordsOf = (language: Language) => ({
  ...WORDS[language],
  status: (payment: Payment): string => {
    const reason = payment.failure?.subCode ?? payment.failure?.code
    return `${STATUS[language][payment.status]}${reason === undefined ? '' : ` (${reason})`}`
  },
})

export type Words = ReturnType<typeof wordsOf>

/** Chinese when the terminal speaks Chinese, otherwise English. */
export const languageOf = (
  asked: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Language => {
  const locale = asked ?? environment.LC_ALL ?? environment.LC_MESSAGES ?? environment.LANG ?? ''
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
