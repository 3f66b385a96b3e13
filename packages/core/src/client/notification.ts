import type { Charset } from '../protocol/charset.ts'
import type { ParsedNotify } from '../protocol/notify.ts'

/** The members of trade notifications that Alipay documents (protocol §8.2). Amounts are yuan, times UTC+8. */
const DOCUMENTED = [
  'notify_id',
  'notify_type',
  'notify_time',
  'version',
  'app_id',
  'auth_app_id',
  'trade_no',
  'out_trade_no',
  'out_biz_no',
  'trade_status',
  'total_amount',
  'receipt_amount',
  'buyer_pay_amount',
  'invoice_amount',
  'point_amount',
  'refund_fee',
  'send_back_fee',
  'buyer_id',
  'buyer_open_id',
  'buyer_logon_id',
  'seller_id',
  'seller_email',
  'subject',
  'body',
  'gmt_create',
  'gmt_payment',
  'gmt_refund',
  'gmt_close',
  'fund_bill_list',
  'voucher_detail_list',
  'passback_params',
] as const

/** The documented members, each a text as Alipay sent it. */
export type NotificationMembers = Readonly<Partial<Record<(typeof DOCUMENTED)[number], string>>>

/**
 * A notification whose signature holds. That proves it comes from Alipay and nothing else: whether it is about an
 * order, an amount, a seller and an application of ours is for the reader to check (protocol §8.5), as
 * `cashier.handleNotify` does.
 */
export interface Notification extends NotificationMembers {
  /** Every member by its wire name, decoded once; without `sign`, `sign_type` and empty ones. */
  readonly params: Readonly<Record<string, string>>
  /** The charset it was written in. */
  readonly charset: Charset
}

/** What a caller sees of a notification, once it is verified. */
export const toNotification = ({ params, charset }: ParsedNotify): Notification => {
  const notification: { -readonly [K in keyof Notification]: Notification[K] } = { params, charset }
  for (const name of DOCUMENTED) {
    const value = params[name]
    if (value !== undefined) notification[name] = value
  }
  return notification
}
