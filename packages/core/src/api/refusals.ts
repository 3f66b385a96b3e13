import { DOCUMENTED_SUB_CODES } from './documented-sub-codes.ts'
import { normalizeSubCode } from './sub-code-prefix.ts'

/** Refused before any business was done: token, missing or wrong arguments, permissions. Source: protocol §3.6. */
const GATEWAY_REFUSALS: ReadonlySet<string> = new Set(['20001', '40001', '40002', '40003', '40005', '40006'])

/** 40005: called too often; the only gateway refusal that waiting cures. */
const TOO_MANY_CALLS = '40005'

const BUSINESS_FAILURE = '40004'

const VAGUE = /SYSTEM_?ERROR|UNKNOW|TIME_?OUT|BUSY|EXCEPTION/i

/** A name that admits to not knowing what happened. `isv.` names are always the caller's fault, so they know. */
const isVague = (name: string): boolean => VAGUE.test(name) && !name.toLowerCase().startsWith('isv.')

const PAY_UNKNOWN: ReadonlySet<string> = new Set([
  'SYSTEM_ERROR',
  'TRADE_HAS_SUCCESS',
  'TRADE_STATUS_ERROR',
  'ENTERPRISE_PAY_BIZ_ERROR',
])

const PAY_REFUSED_FAMILIES =
  /^(?:SUB_MERCHANT|SECONDARY_MERCHANT|AUTH|PRE_AUTH|ZM|CARD|CYCLE_PAY|AGREEMENT|OVER|BEYOND|MERCHANT_PERM_RECEIPT)_|_UNSUPPORT_ADVANCE$/

const nameOf = (subCode: string | undefined): string => normalizeSubCode(subCode ?? '')

/**
 * What a verified reply to `pay` other than 10000 and 10003 says about the money.
 *
 * - `unknown`: it may have moved; ask with a query
 * - `refused`: it has not moved and will not: a documented terminal answer, or refused by the gateway
 * - `unlisted`: a business failure nobody documented; ask once before believing it
 *
 * `TRADE_HAS_SUCCESS` counts as unknown: only a query tells whether the paid trade is this payment.
 *
 * @param code - the reply's `code`
 * @param subCode - the reply's `sub_code`, with or without prefix
 */
export const classifyPayRefusal = (code: string, subCode: string | undefined): 'unknown' | 'refused' | 'unlisted' => {
  const name = nameOf(subCode)
  if (GATEWAY_REFUSALS.has(code)) return isVague(name) ? 'unknown' : 'refused'
  if (code !== BUSINESS_FAILURE || PAY_UNKNOWN.has(name)) return 'unknown'
  if (DOCUMENTED_SUB_CODES.pay.has(name)) return 'refused'
  if (isVague(name)) return 'unknown'
  return PAY_REFUSED_FAMILIES.test(name) ? 'refused' : 'unlisted'
}

const CANCEL_IMPOSSIBLE: ReadonlySet<string> = new Set([
  'TRADE_CANCEL_TIME_OUT',
  'TRADE_HAS_FINISHED',
  'REASON_TRADE_REFUND_FEE_ERR',
  'CANCEL_NOT_ALLOWED',
  'TRADE_HAS_CLOSE',
  'TRADE_STATUS_ERROR',
  'REASON_TRADE_STATUS_INVALID',
  'REASON_ILLEGAL_STATUS',
])

const CANCEL_BLOCKED: ReadonlySet<string> = new Set([
  'SELLER_BALANCE_NOT_ENOUGH',
  'REASON_TRADE_BEEN_FREEZEN',
  'INVALID_PARAMETER',
  'ACCESS_FORBIDDEN',
  'PARTNER_ERROR',
])

/**
 * What a verified reply to `cancel` other than 10000 says.
 *
 * - `again`: cancel again after a pause; nothing is known
 * - `impossible`: no cancel can succeed any more; ask whether the trade is paid or closed
 * - `noTrade`: Alipay knows no such trade
 * - `blocked`: cancel again, but a person must do something first (top up, call Alipay, correct keys or permissions)
 *
 * @param code - the reply's `code`
 * @param subCode - the reply's `sub_code`, with or without prefix
 */
export const classifyCancelRefusal = (
  code: string,
  subCode: string | undefined,
): 'again' | 'impossible' | 'noTrade' | 'blocked' => {
  const name = nameOf(subCode)
  if (GATEWAY_REFUSALS.has(code)) return code === TOO_MANY_CALLS || isVague(name) ? 'again' : 'blocked'
  if (code !== BUSINESS_FAILURE) return 'again'
  if (CANCEL_IMPOSSIBLE.has(name)) return 'impossible'
  if (name === 'TRADE_NOT_EXIST') return 'noTrade'
  return CANCEL_BLOCKED.has(name) ? 'blocked' : 'again'
}

const REFUND_AGAIN: ReadonlySet<string> = new Set(['SYSTEM_ERROR', 'REFUND_CHARGE_ERROR', 'ENTERPRISE_PAY_BIZ_ERROR'])

const isDocumented = (name: string): boolean => Object.values(DOCUMENTED_SUB_CODES).some((names) => names.has(name))

/**
 * What a verified reply to `refund` other than 10000 says.
 *
 * - `again`: repeat with the same `out_request_no` and amount, or ask with the refund query; repeating refunds once
 * - `refused`: this attempt moved nothing, and the same request will not succeed before a person acts. When an earlier
 *   attempt of the same refund ended unknown, ask with the refund query before calling the refund failed.
 *
 * @param code - the reply's `code`
 * @param subCode - the reply's `sub_code`, with or without prefix
 */
export const classifyRefundRefusal = (code: string, subCode: string | undefined): 'again' | 'refused' => {
  const name = nameOf(subCode)
  if (GATEWAY_REFUSALS.has(code)) return code === TOO_MANY_CALLS || isVague(name) ? 'again' : 'refused'
  if (code !== BUSINESS_FAILURE || REFUND_AGAIN.has(name)) return 'again'
  return isDocumented(name) ? 'refused' : 'again'
}

/**
 * What a verified reply to `query` other than 10000 says: Alipay knows no such trade (yet), or nothing at all.
 *
 * @param code - the reply's `code`
 * @param subCode - the reply's `sub_code`, with or without prefix
 */
export const classifyQueryRefusal = (code: string, subCode: string | undefined): 'notFound' | 'unknown' =>
  code === BUSINESS_FAILURE && nameOf(subCode) === 'TRADE_NOT_EXIST' ? 'notFound' : 'unknown'
