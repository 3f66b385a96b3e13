import type { AuthCodeKind } from '@f2f/pos-scanner'

/** What becomes of a scanned code: charged, or named to the cashier. */
export type Verdict = 'charge' | 'noAmount' | 'busy' | 'wechat' | 'unionpay' | 'other'

/**
 * @param amount - yuan, when the cashier has entered one
 * @param busy - a payment is on the screen and not over
 */
export const judge = (kind: AuthCodeKind, amount: string | undefined, busy: boolean): Verdict => {
  if (busy) return 'busy'
  if (kind === 'wechat' || kind === 'unionpay') return kind
  if (kind !== 'alipay') return 'other'
  return amount === undefined ? 'noAmount' : 'charge'
}
