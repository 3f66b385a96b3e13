import type { OpenMembers, Reply } from './reply.ts'
import { anyObject, matching, type Rule, shape, text } from './rules.ts'
import { eitherTradeId, merchantNo, type TradeId } from './trade-id.ts'

/** What one may add to a {@link TradeCloseRequest}. */
export interface TradeCloseMembers extends OpenMembers {
  /** The cashier, at most 28 characters. */
  readonly operator_id?: string | undefined
  readonly extend_params?: OpenMembers | undefined
}

/**
 * alipay.trade.close: closes a trade that waits for its buyer. `trade_no` has 16 to 64 characters here.
 * When the outcome is unknown use cancel. Source: protocol §6.7.
 */
export type TradeCloseRequest = TradeId & TradeCloseMembers

/** Source: protocol §6.7. */
export interface TradeCloseReply extends Reply {
  readonly trade_no?: string
  readonly out_trade_no?: string
}

/** The rules of {@link TradeCloseRequest}. */
export const tradeCloseRules: Rule = shape<TradeCloseRequest>({
  anyOf: eitherTradeId,
  fields: {
    out_trade_no: merchantNo,
    trade_no: matching(/^\S{16,64}$/u, 'must be a string of 16 to 64 characters without blanks'),
    operator_id: text(28),
    extend_params: anyObject,
  },
})
