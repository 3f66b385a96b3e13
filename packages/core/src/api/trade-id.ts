import { id, matching, type Rule } from './rules.ts'

/**
 * Names one trade by the merchant's number, by Alipay's, or by both; with both, Alipay's wins.
 *
 * `out_trade_no`: the merchant's order number, 1 to 64 letters, digits and `_`.
 * `trade_no`: Alipay's trade number, at most 64 characters, 28 digits in practice. Source: protocol §6.3.
 */
export type TradeId =
  | { readonly out_trade_no: string; readonly trade_no?: string | undefined }
  | { readonly out_trade_no?: string | undefined; readonly trade_no: string }

/** A number the merchant makes up, such as `out_trade_no`. Source: protocol §6.1, §6.10. */
export const merchantNo: Rule = matching(/^\w{1,64}$/, 'must be 1 to 64 letters, digits or underscores')

/** `trade_no`. Source: protocol §6.3. */
export const tradeNo: Rule = id(64)

/** `out_request_no` of a refund. Source: protocol §6.5. */
export const outRequestNo: Rule = id(64)

/** The members of {@link TradeId}. */
export const tradeIdFields = { out_trade_no: merchantNo, trade_no: tradeNo }

/** One member of {@link TradeId} must be there. */
export const eitherTradeId = ['out_trade_no', 'trade_no'] as const
