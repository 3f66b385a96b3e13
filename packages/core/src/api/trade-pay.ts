import { classifyAuthCode } from '../auth-code.ts'
import { type OrderRequest, orderFields, partsAddUp } from './order.ts'
import type { Documented, OpenMembers, PaidMembers, Reply, ReplyCode } from './reply.ts'
import { anyObject, type Breach, oneOf, type Rule, shape, text } from './rules.ts'

/** `promo_params`. Source: protocol §6.1. */
export interface PromoParams extends OpenMembers {
  /** When the buyer really bought, `yyyy-MM-dd HH:mm:ss`, at most 32 characters. */
  readonly actual_order_time?: string | undefined
}

/** alipay.trade.pay: takes money with the buyer's payment code. Source: protocol §6.1. */
export interface TradePayRequest extends OrderRequest {
  /** Default `bar_code`; `security_code` is face payment, `wave_code` sound (2018). */
  readonly scene?: 'bar_code' | 'security_code' | 'wave_code' | 'bar_code,wave_code' | undefined
  /** The buyer's payment code: 16 to 24 digits beginning with 25 to 30, or `fp` and 33 more characters (face). */
  readonly auth_code: string
  /** The payee's user id, at most 28 characters. Default: the contract's account. */
  readonly seller_id?: string | undefined
  /** At most 28 characters. */
  readonly buyer_id?: string | undefined
  readonly promo_params?: PromoParams | undefined
  /** What Alipay's IoT SDK signed, at most 2048 characters. */
  readonly terminal_params?: string | undefined
  /** Pre-authorisation only. At most 32 characters. */
  readonly auth_confirm_mode?: Documented<'COMPLETE' | 'NOT_COMPLETE'> | undefined
  /** Pre-authorisation only. */
  readonly auth_no?: string | undefined
  /** Currency of `total_amount`, at most 8 characters. Default CNY. */
  readonly trans_currency?: string | undefined
  /** At most 8 characters. */
  readonly settle_currency?: string | undefined
  /** Deduction by agreement only. */
  readonly agreement_params?: OpenMembers | undefined
}

/**
 * Code 10003 means the buyer still has to confirm on the phone. Amounts but `total_amount` are `0.00` then.
 * 10000 with a valid signature is "paid". Source: protocol §6.1, §7.1.
 */
export interface TradePayReply extends Reply<ReplyCode | '10003'>, PaidMembers {
  /** Also with 10003. */
  readonly trade_no?: string
  readonly out_trade_no?: string
  /** `yyyy-MM-dd HH:mm:ss` in UTC+8, only when paid. */
  readonly gmt_payment?: string
  /** Yuan left on the buyer's Alipay card. */
  readonly card_balance?: string
  /** JSON text, at most 512 characters. */
  readonly business_params?: string
  readonly async_payment_mode?: Documented<
    'ASYNC_DELAY_PAY' | 'ASYNC_REALTIME_PAY' | 'SYNC_DIRECT_PAY' | 'NORMAL_ASYNC_PAY' | 'QUOTA_OCCUPYIED_ASYNC_PAY'
  >
}

const WALLETS = {
  alipay: 'an Alipay payment code',
  wechat: 'a WeChat Pay payment code',
  unionpay: 'a UnionPay payment code',
  'qr-text': 'no payment code',
  unknown: 'no payment code of a known wallet',
} as const

const refused = (rule: string): Breach => ({ field: '', rule })

const authCode: Rule = (value) => {
  if (typeof value !== 'string') return refused('must be a string')
  const compact = value.replace(/\s+/g, '')
  const wallet = WALLETS[classifyAuthCode(compact)]
  if (compact !== value) return refused(`must not contain blanks; without them it is ${wallet}`)
  if (wallet === WALLETS.alipay) return undefined
  return refused(
    `must be an Alipay payment code (16 to 24 digits beginning with 25 to 30, or fp and 33 more characters); this is ${wallet}`,
  )
}

/** The rules of {@link TradePayRequest}. */
export const tradePayRules: Rule = shape<TradePayRequest>({
  required: ['out_trade_no', 'auth_code', 'subject', 'total_amount'],
  fields: {
    ...orderFields,
    scene: oneOf('bar_code', 'security_code', 'wave_code', 'bar_code,wave_code'),
    auth_code: authCode,
    seller_id: text(28),
    buyer_id: text(28),
    promo_params: shape<PromoParams>({ fields: { actual_order_time: text(32) } }),
    terminal_params: text(2048),
    auth_confirm_mode: text(32),
    auth_no: text(),
    trans_currency: text(8),
    settle_currency: text(8),
    agreement_params: anyObject,
  },
  also: [partsAddUp],
})
