/** Whose payment code it is. */
export type AuthCodeKind = 'alipay' | 'wechat' | 'unionpay' | 'qr-text' | 'unknown'

const ALIPAY = /^(?:(?:2[5-9]|30)\d{14,22}|fp\w{33})$/
const WECHAT = /^1[0-5]\d{16}$/
const UNIONPAY = /^62\d{17}$/
const DIGITS = /^\d*$/

/**
 * Whose wallet shows this code: Alipay (25–30 then 14–22 digits, or a 35-character `fp…` face token), WeChat
 * (18 digits, 10–15), UnionPay (19 digits, 62), some other QR text, or unknown. Sources: protocol §6.1, §11.5.
 *
 * @param code - the code as scanned, without blanks
 */
export const classifyAuthCode = (code: string): AuthCodeKind => {
  // No text: a number would be written out, its last digits rounded, and pass for a code.
  if (code !== String(code)) return 'unknown'
  if (ALIPAY.test(code)) return 'alipay'
  if (WECHAT.test(code)) return 'wechat'
  if (UNIONPAY.test(code)) return 'unionpay'
  return DIGITS.test(code) ? 'unknown' : 'qr-text'
}

/** The only form of a payment code that is ever stored, logged or returned: first two and last four characters. */
export const maskAuthCode = (code: string): string =>
  code.length < 12 ? '*'.repeat(code.length) : `${code.slice(0, 2)}${'*'.repeat(code.length - 6)}${code.slice(-4)}`
