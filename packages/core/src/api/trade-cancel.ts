import type { Documented, OpenMembers, Reply } from './reply.ts'
import { type Rule, shape } from './rules.ts'
import { eitherTradeId, type TradeId, tradeIdFields } from './trade-id.ts'

/**
 * alipay.trade.cancel: undoes a payment whose outcome is unknown or overdue: closes the trade, or gives the money back
 * when it was paid. Possible for 24 hours. Source: protocol §6.4.
 */
export type TradeCancelRequest = TradeId & OpenMembers

/** Source: protocol §6.4. */
export interface TradeCancelReply extends Reply {
  /** Only when a trade was closed or refunded. */
  readonly trade_no?: string
  readonly out_trade_no?: string
  /** `Y`: cancel again. */
  readonly retry_flag?: Documented<'Y' | 'N'>
  /** `close`: it was unpaid; `refund`: it was paid and the money goes back; absent: no such trade, or the call failed. */
  readonly action?: Documented<'close' | 'refund'>
  /** Banks only: `yyyy-MM-dd HH:mm:ss` in UTC+8. */
  readonly gmt_refund_pay?: string
  readonly refund_settlement_id?: string
}

/** The rules of {@link TradeCancelRequest}. */
export const tradeCancelRules: Rule = shape<TradeCancelRequest>({ anyOf: eitherTradeId, fields: tradeIdFields })
