import type { Cancellation, PaymentStatus } from '@f2f/core'
import type { EventName } from '../explore.ts'

export type Language = 'en' | 'zh'
export type Words = Readonly<Record<Language, string>>

interface StatusWords {
  readonly means: Words
  /** What of the buyer's money Alipay has for this payment. */
  readonly money: Words
}

const NOT_KNOWN: Words = { en: 'not known yet', zh: '尚不确定' }
const NONE: Words = { en: 'none', zh: '没有' }

export const STATUS_WORDS: Readonly<Record<PaymentStatus, StatusWords>> = {
  created: { means: { en: 'checked, not yet written down', zh: '已校验，尚未落库' }, money: NONE },
  paying: { means: { en: 'written down; the request is on its way', zh: '已落库，请求正在途中' }, money: NOT_KNOWN },
  confirming: {
    means: { en: 'waiting for the buyer, or for an answer of Alipay', zh: '等顾客确认，或等支付宝给出结果' },
    money: NOT_KNOWN,
  },
  cancelling: {
    means: { en: 'being cancelled, until the cancel has been answered', zh: '正在撤销，直到撤销有了答复' },
    money: NOT_KNOWN,
  },
  paid: { means: { en: 'Alipay has the money', zh: '支付宝已收到这笔钱' }, money: { en: 'all of it', zh: '全额' } },
  failed: { means: { en: 'Alipay refused', zh: '支付宝拒绝' }, money: NONE },
  closed: { means: { en: 'ended without payment', zh: '未付款，交易已关闭' }, money: NONE },
  reversed: {
    means: { en: 'the buyer had paid, and the cancel gave it back', zh: '顾客已付款，撤销时已原路退回' },
    money: { en: 'given back', zh: '已退回' },
  },
}

export const REASON_WORDS: Readonly<Record<Cancellation['reason'], Words>> = {
  deadline: { en: 'not paid within `payWithin`', zh: '在 `payWithin` 之内没有付款' },
  requested: { en: 'the till cancelled it', zh: '收银端主动撤销' },
  late: {
    en: 'settled as not paid, then found alive or paid: it is cancelled again, and the money goes back',
    zh: '已按未付款结束，后来发现交易还在或已付款：再次撤销，钱原路退回',
  },
  unoffered: { en: 'nobody knows whether the QR code was made', zh: '不知道二维码是否已生成' },
}

/** What happened, short enough for an arrow. */
export const EVENT_WORDS: Readonly<Record<EventName, Words>> = {
  start: { en: 'sent', zh: '发送' },
  wake: { en: 'time is up', zh: '到时' },
  cancelRequested: { en: 'the till cancels', zh: '收银端撤销' },
  'payReply paid': { en: 'pay: paid', zh: '支付：已付款' },
  'payReply waiting': { en: 'pay: waiting', zh: '支付：等待付款' },
  'payReply refused': { en: 'pay: refused', zh: '支付：被拒绝' },
  'payReply unknown': { en: 'pay: no answer', zh: '支付：无答复' },
  'offerReply offered': { en: 'QR: made', zh: '二维码：已生成' },
  'offerReply refused': { en: 'QR: refused', zh: '二维码：被拒绝' },
  'offerReply unknown': { en: 'QR: no answer', zh: '二维码：无答复' },
  'queryReply paid': { en: 'query: paid', zh: '查询：已付款' },
  'queryReply waiting': { en: 'query: waiting', zh: '查询：等待付款' },
  'queryReply closed': { en: 'query: closed', zh: '查询：已关闭' },
  'queryReply notFound': { en: 'query: no such trade', zh: '查询：无此交易' },
  'queryReply unknown': { en: 'query: no answer', zh: '查询：无答复' },
  'cancelReply closed': { en: 'cancel: closed', zh: '撤销：已关闭' },
  'cancelReply refunded': { en: 'cancel: money back', zh: '撤销：已退回' },
  'cancelReply nothing': { en: 'cancel: no such trade', zh: '撤销：无此交易' },
  'cancelReply impossible': { en: 'cancel: not possible', zh: '撤销：不可撤销' },
  'cancelReply again': { en: 'cancel: again', zh: '撤销：需重试' },
  'notify paid': { en: 'notified: paid', zh: '通知：已付款' },
  'notify waiting': { en: 'notified: waiting', zh: '通知：等待付款' },
  'notify closed': { en: 'notified: closed', zh: '通知：已关闭' },
}
