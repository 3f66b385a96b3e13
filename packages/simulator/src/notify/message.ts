import { beijingTimestamp, yuan } from '@f2f/core'
import type { Merchant } from '../identity/apps.ts'
import { refundedAmount, type Trade, wasPaid } from '../ledger/trade.ts'
import type { News } from './news.ts'

/** A notification to be sent: the trade as it was when the news arose, and the id every attempt carries. */
export interface Notification {
  readonly notifyId: string
  readonly news: News
  readonly trade: Trade
}

/** The parameters of one attempt, without signature (protocol §8.2). Undefined ones are not sent. */
export const notifyParams = (
  { notifyId, trade, news }: Notification,
  seller: Merchant | undefined,
  at: number,
): Readonly<Record<string, string | undefined>> => ({
  notify_id: notifyId,
  notify_time: beijingTimestamp(at),
  notify_type: 'trade_status_sync',
  version: '1.0',
  charset: trade.notify?.charset,
  app_id: trade.appId,
  auth_app_id: trade.authAppId,
  out_trade_no: trade.outTradeNo,
  trade_no: trade.tradeNo,
  trade_status: trade.status,
  subject: trade.subject,
  body: trade.body,
  passback_params: trade.passbackParams,
  total_amount: yuan(trade.total),
  buyer_id: trade.buyer.userId,
  buyer_logon_id: trade.buyer.logonId,
  seller_id: trade.sellerId,
  seller_email: seller?.email,
  gmt_create: beijingTimestamp(trade.createdAt),
  ...paidParams(trade),
  ...(news === 'refunded' ? refundParams(trade) : {}),
  gmt_close: trade.closedAt === undefined ? undefined : beijingTimestamp(trade.closedAt),
})

const paidParams = (trade: Trade) => {
  if (!wasPaid(trade)) return {}
  const total = yuan(trade.total)
  return {
    gmt_payment: beijingTimestamp(trade.paidAt),
    receipt_amount: total,
    invoice_amount: total,
    buyer_pay_amount: total,
    point_amount: '0.00',
    fund_bill_list: JSON.stringify([{ amount: total, fundChannel: 'ALIPAYACCOUNT' }]),
  }
}

const refundParams = (trade: Trade) => {
  const refund = trade.refunds.at(-1)
  if (refund === undefined) return {}
  return {
    refund_fee: yuan(refundedAmount(trade)),
    send_back_fee: yuan(refund.amount),
    out_biz_no: refund.outRequestNo,
    gmt_refund: `${beijingTimestamp(refund.at)}.${String(refund.at % 1000).padStart(3, '0')}`,
  }
}
