import { type OrderRequest, orderFields, partsAddUp, timeout } from './order.ts'
import type { Reply } from './reply.ts'
import { type Breach, type Members, type Rule, shape, text } from './rules.ts'

/**
 * alipay.trade.precreate: makes a QR code for the buyer to scan. Set `product_code` to `QR_CODE_OFFLINE` for the
 * product 订单码支付. Source: protocol §6.2.
 */
export interface TradePrecreateRequest extends OrderRequest {
  /** The payee's user id, at most 32 characters (28 in older documents). Default: the contract's account. */
  readonly seller_id?: string | undefined
  /** How long the QR code can be paid, counted from its making: `1m` to `15d` or `1c`; never more than 2 hours. */
  readonly qr_code_timeout_express?: string | undefined
  /** Funding the buyer may use, comma-separated, at most 128 characters; not with `disable_pay_channels`. */
  readonly enable_pay_channels?: string | undefined
  /** At most 100 characters. */
  readonly buyer_logon_id?: string | undefined
  /** `share_code` asks for `share_code` in the reply. */
  readonly code_type?: string | undefined
}

/** The trade itself is made only when the buyer scans. Source: protocol §6.2. */
export interface TradePrecreateReply extends Reply {
  readonly out_trade_no?: string
  /** The text of the QR code, at most 1024 characters, such as `https://qr.alipay.com/bax…`; valid for 2 hours. */
  readonly qr_code?: string
  readonly share_code?: string
}

const channelsExclude = (order: Members): Breach | undefined =>
  order.enable_pay_channels === undefined || order.disable_pay_channels === undefined
    ? undefined
    : { field: 'enable_pay_channels', rule: 'must not be given together with disable_pay_channels' }

/** The rules of {@link TradePrecreateRequest}. */
export const tradePrecreateRules: Rule = shape<TradePrecreateRequest>({
  required: ['out_trade_no', 'subject', 'total_amount'],
  fields: {
    ...orderFields,
    seller_id: text(32),
    qr_code_timeout_express: timeout,
    enable_pay_channels: text(128),
    buyer_logon_id: text(100),
    code_type: text(),
  },
  also: [partsAddUp, channelsExclude],
})
