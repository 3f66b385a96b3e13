import type { Documented, OpenMembers, Reply, TradeFundBill, VoucherDetail } from './reply.ts'
import { list, type Rule, shape, text } from './rules.ts'
import { eitherTradeId, outRequestNo, type TradeId, tradeIdFields } from './trade-id.ts'
import type { RefundChargeInfo } from './trade-refund.ts'

/** What a {@link TradeRefundQueryRequest} says besides the trade. */
export interface TradeRefundQueryMembers extends OpenMembers {
  /** The refund's number, 1 to 64 characters; a refund sent without one has the order's `out_trade_no`. */
  readonly out_request_no: string
  /** `refund_detail_item_list`, `gmt_refund_pay`, `deposit_back_info`, `refund_voucher_detail_list`. */
  readonly query_options?: readonly string[] | undefined
  /** Banks only: 16 characters. */
  readonly org_pid?: string | undefined
}

/** alipay.trade.fastpay.refund.query: what became of a refund. Ask 10 s after it or later. Source: protocol §6.6. */
export type TradeRefundQueryRequest = TradeId & TradeRefundQueryMembers

/** A refund to a bank card that went its own way. Source: protocol §6.6. */
export interface DepositBackInfo extends OpenMembers {
  readonly has_deposit_back?: string
  /** `S` done, `F` failed (the money is in the buyer's balance), `P` under way. */
  readonly dback_status?: Documented<'S' | 'F' | 'P'>
  /** Yuan. */
  readonly dback_amount?: string
  /** `yyyy-MM-dd HH:mm:ss` in UTC+8. */
  readonly bank_ack_time?: string
  /** `yyyy-MM-dd HH:mm:ss` in UTC+8. */
  readonly est_bank_receipt_time?: string
}

/** A share taken back. Source: protocol §6.6. */
export interface RefundRoyaltyResult extends OpenMembers {
  /** Yuan. */
  readonly refund_amount?: string
  readonly royalty_type?: Documented<'transfer' | 'replenish'>
  readonly result_code?: string
  readonly trans_out?: string
  readonly trans_out_email?: string
  readonly trans_in?: string
  readonly trans_in_email?: string
}

/**
 * Code 10000 without refund data means that Alipay has no such refund, or that it failed. Everything is optional.
 * Source: protocol §6.6.
 */
export interface TradeRefundQueryReply extends Reply {
  readonly trade_no?: string
  readonly out_trade_no?: string
  readonly out_request_no?: string
  /** Yuan: the order's amount. */
  readonly total_amount?: string
  /** Yuan: this refund. */
  readonly refund_amount?: string
  /** Absent: not received, or failed. */
  readonly refund_status?: Documented<'REFUND_SUCCESS'>
  /** `yyyy-MM-dd HH:mm:ss` in UTC+8, with `gmt_refund_pay` in `query_options`. */
  readonly gmt_refund_pay?: string
  readonly refund_reason?: string
  readonly refund_detail_item_list?: readonly TradeFundBill[]
  readonly refund_voucher_detail_list?: readonly VoucherDetail[]
  /** Yuan the merchant really gave back. */
  readonly send_back_fee?: string
  readonly refund_royaltys?: readonly RefundRoyaltyResult[]
  readonly deposit_back_info?: DepositBackInfo
  readonly refund_hyb_amount?: string
  readonly refund_charge_amount?: string
  readonly refund_charge_info_list?: readonly RefundChargeInfo[]
  readonly refund_settlement_id?: string
  readonly present_refund_buyer_amount?: string
  readonly present_refund_discount_amount?: string
  readonly present_refund_mdiscount_amount?: string
}

/** The rules of {@link TradeRefundQueryRequest}. */
export const tradeRefundQueryRules: Rule = shape<TradeRefundQueryRequest>({
  anyOf: eitherTradeId,
  required: ['out_request_no'],
  fields: { ...tradeIdFields, out_request_no: outRequestNo, query_options: list(text(1024)), org_pid: text(16) },
})
