/**
 * What our books say of one payment or refund.
 *
 * - `money`: it moved.
 * - `none`: it did not.
 * - `open`: not known yet.
 */
export type OurState = 'money' | 'none' | 'open'

/** One payment or refund as our books have it. */
export interface OurEntry {
  readonly kind: 'payment' | 'refund'
  readonly outTradeNo: string
  /** Empty for payments, and for the money a cancel gave back, which Alipay books under a number of its own. */
  readonly outRequestNo: string
  readonly state: OurState
  /** As our books call it, such as `paid`. */
  readonly status: string
  /** Fen. */
  readonly amount: number
  /** Fen the merchant receives, when it is known. */
  readonly receiptAmount: number | undefined
  readonly tradeNo: string | undefined
  /** The money moved no earlier and no later than this, as far as our books can tell; ms since 1970. */
  readonly earliest: number
  readonly latest: number
  /** How far these times may differ from Alipay's, ms. */
  readonly slack: number
}

/** A moment that has not come. */
export const NEVER = Number.MAX_SAFE_INTEGER

export interface Span {
  readonly from: number
  readonly to: number
}

/** Whether Alipay may have booked the entry within the span. */
export const mayLieIn = ({ earliest, latest, slack }: OurEntry, { from, to }: Span): boolean =>
  earliest - slack < to && latest + slack >= from
