import { fen } from '../money.ts'
import { moment } from './calendar.ts'
import { type GoodsDetail, goods, MAX_GOODS } from './goods.ts'
import {
  type BusinessParams,
  businessParams,
  type ExtendParams,
  extendParams,
  type SettleInfo,
  type SubMerchant,
  settleInfo,
  subMerchant,
} from './order-params.ts'
import type { Documented, OpenMembers } from './reply.ts'
import { amount, anyObject, type Breach, list, type Members, must, type Rule, text } from './rules.ts'
import { merchantNo } from './trade-id.ts'

/** What `pay` and `precreate` have in common. Amounts are yuan as decimal strings. Source: protocol §6.1, §6.2. */
export interface OrderRequest extends OpenMembers {
  /** 1 to 64 letters, digits and `_`. Unique per merchant; never used again, not even after a failure or a cancel. */
  readonly out_trade_no: string
  /** 1 to 256 characters, without `/`, `=` and `&`. */
  readonly subject: string
  /** 0.01 to 100000000.00, such as `'88.88'`. */
  readonly total_amount: string
  /** The part on which discounts apply; `'0.00'`: none. With all three given, it and the next add up to the total. */
  readonly discountable_amount?: string | undefined
  /** The part on which no discount applies. */
  readonly undiscountable_amount?: string | undefined
  /** At most 400 characters (128 in some documents). Comes back in notifications and bills. */
  readonly body?: string | undefined
  /** At most 150 lines. */
  readonly goods_detail?: readonly GoodsDetail[] | undefined
  /** The cashier, at most 28 characters. */
  readonly operator_id?: string | undefined
  /** The merchant's own store number, at most 32 characters, no Chinese. Alipay asks for it on every payment. */
  readonly store_id?: string | undefined
  /** The till, at most 32 characters. */
  readonly terminal_id?: string | undefined
  /** Alipay's number of the store. */
  readonly alipay_store_id?: string | undefined
  readonly extend_params?: ExtendParams | undefined
  /** An object, or its JSON text of at most 512 characters. */
  readonly business_params?: BusinessParams | string | undefined
  /** How long the buyer may pay: `1m` to `15d` (minutes, hours, days), or `1c` until midnight. Default 3h. */
  readonly timeout_express?: string | undefined
  /** The moment after which nobody can pay, `yyyy-MM-dd HH:mm:ss` in UTC+8; wins over `timeout_express`. */
  readonly time_expire?: string | undefined
  /** At most 64 characters. Default `FACE_TO_FACE_PAYMENT`. */
  readonly product_code?: Documented<'FACE_TO_FACE_PAYMENT' | 'OFFLINE_PAYMENT' | 'QR_CODE_OFFLINE'> | undefined
  /** The merchant's original order number, at most 32 characters. */
  readonly merchant_order_no?: string | undefined
  /** Names of further reply members to send, each at most 1024 characters. */
  readonly query_options?: readonly string[] | undefined
  /** Funding the buyer may not use, comma-separated, at most 128 characters. */
  readonly disable_pay_channels?: string | undefined
  /** Comes back in notifications; url-encoded, at most 512 characters. */
  readonly passback_params?: string | undefined
  readonly ext_user_info?: OpenMembers | undefined
  readonly settle_info?: SettleInfo | undefined
  readonly sub_merchant?: SubMerchant | undefined
}

const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 }
const LONGEST_MINUTES = 15 * 1440

const isTimeout = (value: unknown): boolean => {
  if (value === '1c') return true
  const match = typeof value === 'string' ? /^([1-9]\d{0,4})([mhd])$/.exec(value) : null
  return match !== null && Number(match[1]) * (MINUTES[match[2] ?? ''] ?? Number.NaN) <= LONGEST_MINUTES
}

/** A relative time-out. Source: protocol §6.1. */
export const timeout: Rule = must(
  'must be 1m to 15d, such as 90m, 2h or 1d without decimals, or 1c (until midnight)',
  isTimeout,
)

const subjectLength = text(256)
const subjectCharacters = must('must not be blank and must not contain / = &', (value) =>
  /^(?=.*\S)[^/=&]+$/s.test(String(value)),
)

const subject: Rule = (value) => subjectLength(value) ?? subjectCharacters(value)

/** The rules of {@link OrderRequest}'s members. */
export const orderFields = {
  out_trade_no: merchantNo,
  subject,
  total_amount: amount(),
  discountable_amount: amount('0.00'),
  undiscountable_amount: amount('0.00'),
  body: text(400),
  goods_detail: list(goods, MAX_GOODS),
  operator_id: text(28),
  store_id: text(32),
  terminal_id: text(32),
  alipay_store_id: text(),
  extend_params: extendParams,
  business_params: businessParams,
  timeout_express: timeout,
  time_expire: moment,
  product_code: text(64),
  merchant_order_no: text(32),
  query_options: list(text(1024)),
  disable_pay_channels: text(128),
  passback_params: text(512),
  ext_user_info: anyObject,
  settle_info: settleInfo,
  sub_merchant: subMerchant,
}

/** `total_amount` = `discountable_amount` + `undiscountable_amount` when all three are there. Source: protocol §6.1. */
export const partsAddUp = (order: Members): Breach | undefined => {
  const { total_amount: total, discountable_amount: part, undiscountable_amount: rest } = order
  if (typeof total !== 'string' || typeof part !== 'string' || typeof rest !== 'string') return undefined
  if (fen(part) + fen(rest) === fen(total)) return undefined
  return { field: 'total_amount', rule: 'must be discountable_amount plus undiscountable_amount' }
}
