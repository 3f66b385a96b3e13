import {
  type ApiReplies,
  classifyCancelRefusal,
  classifyPayRefusal,
  classifyQueryRefusal,
  classifyRefundRefusal,
  normalizeSubCode,
} from '../api/index.ts'
import { isF2fError, neverSent } from '../errors.ts'
import { fen, yuan } from '../money.ts'
import type {
  CancelOutcome,
  NotifyNews,
  OfferOutcome,
  PayOutcome,
  QueryOutcome,
  RefundOutcome,
  RefundQueryOutcome,
  TradeFacts,
  Unknown,
} from '../payment/event.ts'
import type { Failure } from '../payment/payment.ts'
import { parseBeijing } from '../protocol/time.ts'

interface TradeFields {
  readonly trade_no?: unknown
  readonly total_amount?: unknown
  readonly buyer_logon_id?: unknown
  readonly buyer_user_id?: unknown
  readonly buyer_id?: unknown
  readonly receipt_amount?: unknown
  readonly buyer_pay_amount?: unknown
  readonly gmt_payment?: unknown
  readonly send_pay_date?: unknown
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** Alipay's amounts come as text or number, with or without decimals; ours have two. */
const amount = (value: unknown): string | undefined => {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  try {
    return yuan(fen(String(value)))
  } catch {
    return undefined
  }
}

/** What a verified reply or notification says about its trade. */
const tradeFacts = (fields: TradeFields): TradeFacts => {
  const paidAt = text(fields.gmt_payment) ?? text(fields.send_pay_date)
  return {
    tradeNo: text(fields.trade_no),
    totalAmount: amount(fields.total_amount),
    buyerLogonId: text(fields.buyer_logon_id),
    buyerUserId: text(fields.buyer_user_id) ?? text(fields.buyer_id),
    receiptAmount: amount(fields.receipt_amount),
    buyerPayAmount: amount(fields.buyer_pay_amount),
    paidAt: paidAt === undefined ? undefined : parseBeijing(paidAt),
  }
}

interface Answer {
  readonly code: string
  readonly msg?: unknown
  readonly sub_code?: unknown
  readonly sub_msg?: unknown
}

const failureOf = (reply: Answer): Failure => ({
  code: reply.code,
  subCode: text(reply.sub_code),
  message: text(reply.sub_msg) ?? text(reply.msg)?.trim() ?? 'Alipay gave no words.',
})

/** A failed call as a problem to show: codes and words, no causes. */
export const problemOf = (error: unknown): Failure =>
  isF2fError(error)
    ? { code: error.code, subCode: text(error.details.subCode), message: error.message }
    : { code: 'UNKNOWN_CONNECTION_LOST', subCode: undefined, message: 'The call ended without a reply.' }

export const unknownBy = (error: unknown): Unknown => ({ is: 'unknown', problem: problemOf(error) })

const refusalOf = (reply: Answer): PayOutcome & OfferOutcome => {
  const failure = failureOf(reply)
  const kind = classifyPayRefusal(reply.code, failure.subCode)
  if (kind === 'unknown') {
    const tradeExisted = normalizeSubCode(failure.subCode ?? '') === 'TRADE_HAS_SUCCESS'
    return { is: 'unknown', problem: failure, tradeExisted }
  }
  return { is: 'refused', failure, certain: kind === 'refused' }
}

/** The reply to `alipay.trade.pay`. Protocol §6.1, §7. */
export const payOutcome = (reply: ApiReplies['pay']): PayOutcome => {
  if (reply.code === '10000') return { is: 'paid', facts: tradeFacts(reply) }
  // Amounts other than the total read 0.00 while the buyer has not confirmed.
  if (reply.code === '10003')
    return { is: 'waiting', facts: { ...tradeFacts(reply), receiptAmount: undefined, buyerPayAmount: undefined } }
  return refusalOf(reply)
}

/** A failed pay or precreate call: refused for certain when it never left, otherwise unknown. */
export const failedRequest = (error: unknown): PayOutcome & OfferOutcome =>
  neverSent(error) ? { is: 'refused', failure: problemOf(error), certain: true } : unknownBy(error)

/** The reply to `alipay.trade.precreate`. Protocol §6.2. */
export const offerOutcome = (reply: ApiReplies['precreate']): OfferOutcome => {
  if (reply.code !== '10000') return refusalOf(reply)
  const qrCode = text(reply.qr_code)
  return qrCode === undefined ? { is: 'unknown', problem: failureOf(reply) } : { is: 'offered', qrCode }
}

/** The reply to `alipay.trade.query`. Protocol §6.3. */
export const queryOutcome = (reply: ApiReplies['query']): QueryOutcome => {
  const problem = failureOf(reply)
  if (reply.code !== '10000') {
    return classifyQueryRefusal(reply.code, problem.subCode) === 'notFound'
      ? { is: 'notFound' }
      : { is: 'unknown', problem }
  }
  return statusNews(reply.trade_status, tradeFacts(reply)) ?? { is: 'unknown', problem }
}

const statusNews = (status: unknown, facts: TradeFacts): NotifyNews | undefined => {
  switch (status) {
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED':
      return { is: 'paid', facts }
    case 'TRADE_CLOSED':
      return { is: 'closed', facts }
    case 'WAIT_BUYER_PAY':
      return { is: 'waiting', facts: { ...facts, receiptAmount: undefined, buyerPayAmount: undefined } }
    default:
      return undefined
  }
}

/** A verified notification's news, or undefined when it is not about a trade's status. Protocol §8.3. */
export const notifyNews = (notification: TradeFields & { readonly trade_status?: unknown }): NotifyNews | undefined =>
  statusNews(notification.trade_status, tradeFacts(notification))

/** The reply to `alipay.trade.cancel`. Protocol §6.4. */
export const cancelOutcome = (reply: ApiReplies['cancel']): CancelOutcome => {
  const problem = failureOf(reply)
  if (reply.code === '10000') {
    if (reply.retry_flag === 'Y') return { is: 'again', problem, blocked: false }
    const facts: TradeFacts = { tradeNo: text(reply.trade_no) }
    switch (text(reply.action)) {
      case 'close':
        return { is: 'closed', facts }
      case 'refund':
        return { is: 'refunded', facts }
      case undefined:
        return { is: 'nothing', facts }
      default:
        // Something was done that nobody documented: a query says what.
        return { is: 'impossible', problem }
    }
  }
  switch (classifyCancelRefusal(reply.code, problem.subCode)) {
    case 'again':
      return { is: 'again', problem, blocked: false }
    case 'blocked':
      return { is: 'again', problem, blocked: true }
    case 'noTrade':
      return { is: 'nothing', facts: {} }
    case 'impossible':
      return { is: 'impossible', problem }
  }
}

/** The reply to `alipay.trade.refund`: only `fund_change=Y` is success. Protocol §6.5. */
export const refundOutcome = (reply: ApiReplies['refund']): RefundOutcome => {
  if (reply.code === '10000') return { is: reply.fund_change === 'Y' ? 'refunded' : 'accepted' }
  const failure = failureOf(reply)
  return classifyRefundRefusal(reply.code, failure.subCode) === 'refused'
    ? { is: 'refused', failure }
    : { is: 'unknown', problem: failure }
}

/** The reply to `alipay.trade.fastpay.refund.query`; an unknown number answers 10000 with no data. Protocol §6.6. */
export const refundQueryOutcome = (reply: ApiReplies['refundQuery'], refundAmount: string): RefundQueryOutcome => {
  const problem = failureOf(reply)
  if (reply.code !== '10000') return { is: 'unknown', problem }
  const shown = amount(reply.refund_amount)
  if (shown !== undefined && shown !== refundAmount) return { is: 'unknown', problem }
  if (reply.refund_status === 'REFUND_SUCCESS') return { is: 'refunded' }
  if (reply.refund_status === undefined) return { is: shown === undefined ? 'nothing' : 'refunded' }
  return { is: 'unknown', problem }
}
