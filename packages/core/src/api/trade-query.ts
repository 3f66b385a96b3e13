import type { GoodsDetail } from './goods.ts'
import type { Documented, OpenMembers, PaidMembers, Reply } from './reply.ts'
import { list, type Rule, shape, text } from './rules.ts'
import { eitherTradeId, type TradeId, tradeIdFields } from './trade-id.ts'

/** What one may add to a {@link TradeQueryRequest}. */
export interface TradeQueryMembers extends OpenMembers {
  /** Names of further reply members to send, such as `fund_bill_list`, `voucher_detail_list`, `trade_settle_info`. */
  readonly query_options?: readonly string[] | undefined
  /** Banks only: 16 characters. */
  readonly org_pid?: string | undefined
}

/** alipay.trade.query: where a trade stands. Source: protocol §6.3. */
export type TradeQueryRequest = TradeId & TradeQueryMembers

/**
 * `WAIT_BUYER_PAY` made and unpaid; `TRADE_SUCCESS` paid; `TRADE_FINISHED` paid and past refunding; `TRADE_CLOSED`
 * closed unpaid, or refunded in full. Source: protocol §6.3.
 */
export type TradeStatus = 'WAIT_BUYER_PAY' | 'TRADE_CLOSED' | 'TRADE_SUCCESS' | 'TRADE_FINISHED'

/** Settlement of a trade, with `trade_settle_info` in `query_options`. Amounts are yuan. */
export interface TradeSettleInfo extends OpenMembers {
  readonly trade_settle_detail_list?: readonly OpenMembers[]
  readonly trade_unsettled_amount?: string
}

/** Code 10000 says only that the query was answered; `trade_status` says where the trade stands. Source: protocol §6.3. */
export interface TradeQueryReply extends Reply, PaidMembers {
  readonly trade_no?: string
  readonly out_trade_no?: string
  readonly trade_status?: Documented<TradeStatus>
  /** When the money went to the seller, `yyyy-MM-dd HH:mm:ss` in UTC+8; only when paid. */
  readonly send_pay_date?: string
  readonly store_id?: string
  readonly terminal_id?: string
  readonly alipay_store_id?: string
  readonly subject?: string
  readonly body?: string
  /** JSON text, such as `{"action":"cancel"}`. */
  readonly ext_infos?: string
  readonly passback_params?: string
  readonly trade_settle_info?: TradeSettleInfo
  readonly req_goods_detail?: readonly GoodsDetail[]
  /** JSON text. */
  readonly medical_insurance_info?: string
}

/** The rules of {@link TradeQueryRequest}. */
export const tradeQueryRules: Rule = shape<TradeQueryRequest>({
  anyOf: eitherTradeId,
  fields: { ...tradeIdFields, query_options: list(text(1024)), org_pid: text(16) },
})
