import { type GoodsMembers, goodsOnly, MAX_GOODS } from './goods.ts'
import type { BuyerMembers, Documented, OpenMembers, Reply, TradeFundBill, VoucherDetail } from './reply.ts'
import { type RoyaltyMembers, royaltyShape } from './royalty.ts'
import { amount, id, list, oneOf, type Rule, shape, text } from './rules.ts'
import { eitherTradeId, outRequestNo, type TradeId, tradeIdFields } from './trade-id.ts'

/** Goods that come back. Source: protocol §6.5. */
export interface RefundGoodsDetail {
  /** As in the payment, at most 64 characters (32 in older documents). */
  readonly goods_id: string
  /** Yuan given back for them. */
  readonly refund_amount: string
  /** At most 64 characters. */
  readonly out_item_id?: string | undefined
  /** At most 64 characters. */
  readonly out_sku_id?: string | undefined
  readonly out_certificate_no_list?: readonly string[] | undefined
}

/** What a {@link TradeRefundRequest} says besides the trade. */
export interface TradeRefundMembers {
  /** Yuan as a decimal string, 0.01 up to what is left of the payment, the marketing part included. */
  readonly refund_amount: string
  /**
   * The refund's own number, 1 to 64 characters, unique for the trade. Repeat with the same number **and** amount and
   * Alipay refunds once. Alipay lets a full refund go without; this toolkit never does.
   */
  readonly out_request_no: string
  /** At most 256 characters. */
  readonly refund_reason?: string | undefined
  /** The cashier, at most 30 characters. */
  readonly operator_id?: string | undefined
  /** At most 32 characters. */
  readonly store_id?: string | undefined
  /** At most 32 characters. */
  readonly terminal_id?: string | undefined
  /** At most 8 characters. */
  readonly refund_currency?: string | undefined
  /** Banks only: 16 characters. */
  readonly org_pid?: string | undefined
  /** At most 150 lines. */
  readonly goods_detail?: readonly GoodsMembers[] | undefined
  readonly refund_goods_detail?: readonly RefundGoodsDetail[] | undefined
  /** Shares to take back; a plain face-to-face payment needs none. */
  readonly refund_royalty_parameters?: readonly RoyaltyMembers[] | undefined
  /** `refund_detail_item_list`, `deposit_back_info`, `refund_voucher_detail_list`. */
  readonly query_options?: readonly string[] | undefined
  readonly refund_advance_account?: string | undefined
  readonly refund_advance_account_type?: 'default' | 'userId' | 'loginName' | undefined
  readonly refund_trans_out?: string | undefined
  readonly refund_trans_out_type?: 'userId' | 'loginName' | undefined
  readonly related_settle_confirm_no?: string | undefined
}

/**
 * alipay.trade.refund: gives money back, in whole or in part. No other members are let through, at any depth: Alipay
 * warns that they can make refunds fail or happen twice. Source: protocol §6, §6.5.
 */
export type TradeRefundRequest = TradeId & TradeRefundMembers

/** A fee given back. Amounts are yuan. */
export interface RefundChargeInfo extends OpenMembers {
  readonly refund_charge_fee?: string
  readonly switch_fee_rate?: string
  readonly charge_type?: Documented<'trade' | 'hbfq' | 'charge'>
  readonly refund_sub_fee_detail_list?: readonly OpenMembers[]
}

/** Code 10000 alone is no success: `fund_change` `Y` is, otherwise ask with the refund query. Source: protocol §6.5. */
export interface TradeRefundReply extends Reply, BuyerMembers {
  readonly trade_no?: string
  readonly out_trade_no?: string
  /** `Y`: this call moved money. `N`: it did not, for example because it repeats a refund already done. */
  readonly fund_change?: Documented<'Y' | 'N'>
  /** Yuan: everything refunded of this trade so far, this refund included. */
  readonly refund_fee?: string
  /** `yyyy-MM-dd HH:mm:ss` in UTC+8. */
  readonly gmt_refund_pay?: string
  readonly refund_detail_item_list?: readonly TradeFundBill[]
  readonly refund_voucher_detail_list?: readonly VoucherDetail[]
  readonly store_name?: string
  /** Yuan the merchant really gave back. */
  readonly send_back_fee?: string
  readonly refund_currency?: string
  readonly refund_hyb_amount?: string
  readonly refund_charge_amount?: string
  readonly refund_charge_info_list?: readonly RefundChargeInfo[]
  readonly refund_settlement_id?: string
  readonly present_refund_buyer_amount?: string
  readonly present_refund_discount_amount?: string
  readonly present_refund_mdiscount_amount?: string
  readonly has_deposit_back?: string
}

const UNDOCUMENTED = 'is not documented for a refund: such fields can make it fail or happen twice'

const refundGoods = shape<RefundGoodsDetail>({
  required: ['goods_id', 'refund_amount'],
  closed: UNDOCUMENTED,
  fields: {
    goods_id: id(64),
    refund_amount: amount('0.00'),
    out_item_id: text(64),
    out_sku_id: text(64),
    out_certificate_no_list: list(text()),
  },
})

/** The rules of {@link TradeRefundRequest}. */
export const tradeRefundRules: Rule = shape<TradeRefundRequest>({
  anyOf: eitherTradeId,
  required: ['refund_amount', 'out_request_no'],
  closed: UNDOCUMENTED,
  fields: {
    ...tradeIdFields,
    refund_amount: amount(),
    out_request_no: outRequestNo,
    refund_reason: text(256),
    operator_id: text(30),
    store_id: text(32),
    terminal_id: text(32),
    refund_currency: text(8),
    org_pid: text(16),
    goods_detail: list(goodsOnly(UNDOCUMENTED), MAX_GOODS),
    refund_goods_detail: list(refundGoods),
    refund_royalty_parameters: list(shape<RoyaltyMembers>({ ...royaltyShape, closed: UNDOCUMENTED })),
    query_options: list(text(1024)),
    refund_advance_account: text(),
    refund_advance_account_type: oneOf('default', 'userId', 'loginName'),
    refund_trans_out: text(),
    refund_trans_out_type: oneOf('userId', 'loginName'),
    related_settle_confirm_no: text(),
  },
})
