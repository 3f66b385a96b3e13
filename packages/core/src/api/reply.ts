/** Lets members pass that are not spelled out: Alipay adds fields often. */
export interface OpenMembers {
  readonly [name: string]: unknown
}

/** Any string, with the documented ones named. */
export type Documented<Literal extends string> = Literal | (string & Record<never, never>)

/**
 * Alipay's public result codes: 10000 accepted and done; 20000 unknown; 20001 token; 40001–40003 the request is
 * refused as it stands; 40004 business failure, see `sub_code`; 40005 too many calls; 40006 no permission.
 * Source: protocol §3.6.
 */
export type ReplyCode = '10000' | '20000' | '20001' | '40001' | '40002' | '40003' | '40004' | '40005' | '40006'

/** What every reply carries. All amounts in replies are yuan as strings with two decimals. Source: protocol §3.1. */
export interface Reply<Code extends string = ReplyCode> extends OpenMembers {
  readonly code: Documented<Code>
  readonly msg: string
  /** Present on failure, such as `ACQ.TRADE_NOT_EXIST`; prefixes vary, see `normalizeSubCode`. */
  readonly sub_code?: string
  /** Words for people, mostly Chinese. */
  readonly sub_msg?: string
}

/** Where part of a payment or refund came from or went to. Source: protocol §6.1. */
export interface TradeFundBill extends OpenMembers {
  /** At most 32 characters, such as `ALIPAYACCOUNT`, `PCREDIT`, `BANKCARD`. */
  readonly fund_channel?: string
  readonly bank_code?: string
  /** Yuan. */
  readonly amount?: string
  /** Yuan really paid through the channel. */
  readonly real_amount?: string
  /** Only with `BANKCARD`. */
  readonly fund_type?: Documented<'DEBIT_CARD' | 'CREDIT_CARD' | 'MIXED_CARD'>
}

/** A voucher used in a payment. Amounts are yuan. Source: protocol §6.1. */
export interface VoucherDetail extends OpenMembers {
  readonly id?: string
  /** At most 64 characters. */
  readonly name?: string
  readonly type?: Documented<
    | 'ALIPAY_FIX_VOUCHER'
    | 'ALIPAY_DISCOUNT_VOUCHER'
    | 'ALIPAY_ITEM_VOUCHER'
    | 'ALIPAY_CASH_VOUCHER'
    | 'ALIPAY_BIZ_VOUCHER'
  >
  /** Face value: what the merchant and others contribute together. */
  readonly amount?: string
  readonly merchant_contribute?: string
  readonly other_contribute?: string
  /** At most 256 characters. */
  readonly memo?: string
  /** At most 64 characters. */
  readonly template_id?: string
  readonly purchase_buyer_contribute?: string
  readonly purchase_merchant_contribute?: string
  readonly purchase_ant_contribute?: string
}

/** Who paid. Source: protocol §6.1. */
export interface BuyerMembers {
  /** At most 100 characters, masked by Alipay, such as `159****5620`. */
  readonly buyer_logon_id?: string
  /** 16 digits beginning with 2088 (field length 28). */
  readonly buyer_user_id?: string
  /** Replaces `buyer_user_id` for newer applications. */
  readonly buyer_open_id?: string
}

/** What was paid, by whom, with what. Amounts are yuan. Source: protocol §6.1, §6.3. */
export interface PaidMembers extends BuyerMembers {
  readonly buyer_user_type?: Documented<'CORPORATE' | 'PRIVATE'>
  readonly total_amount?: string
  /** What the merchant receives; `0.00` while the buyer has not paid. */
  readonly receipt_amount?: string
  readonly buyer_pay_amount?: string
  readonly point_amount?: string
  readonly invoice_amount?: string
  /** The merchant's discount. */
  readonly mdiscount_amount?: string
  /** The platform's discount. */
  readonly discount_amount?: string
  readonly fund_bill_list?: readonly TradeFundBill[]
  readonly voucher_detail_list?: readonly VoucherDetail[]
  /** JSON text, at most 5120 characters. */
  readonly discount_goods_detail?: string
  /** At most 512 characters. */
  readonly store_name?: string
  readonly auth_trade_pay_mode?: string
  readonly charge_amount?: string
  readonly charge_flags?: string
  readonly settlement_id?: string
  readonly pay_amount?: string
  readonly pay_currency?: string
  readonly settle_amount?: string
  readonly settle_currency?: string
  readonly settle_trans_rate?: string
  readonly trans_currency?: string
  readonly trans_pay_rate?: string
}
