import type { OurEntry } from './our-entry.ts'

/** Our side of a comparison. */
export interface Books {
  /** Every entry that Alipay may have booked in the period; others do no harm. */
  readonly entries: () => AsyncIterable<OurEntry>
  /** Every entry under an order number, whenever it was; asked for bill rows that `entries` has nothing for. */
  readonly lookUp: ((outTradeNo: string) => Promise<readonly OurEntry[]>) | undefined
}
