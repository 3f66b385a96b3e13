import type { Bucket } from './buckets.ts'
import type { CarryOver } from './day-edges.ts'
import type { Difference } from './difference.ts'
import type { HourTotals } from './hours.ts'
import type { SideTotals } from './tallies.ts'

/** What one bucket holds. */
export interface BucketTotals {
  /** Pairs, and rows without a partner. */
  readonly count: number
  readonly bill: SideTotals
  readonly ours: SideTotals
}

/** A day's bill held against our books. On each side the buckets add up to the whole: to `bill`, and to `ours`. */
export interface Reconciliation {
  /** `yyyy-MM-dd` or `yyyy-MM`. */
  readonly day: string
  /** As in the bill; undefined when it did not say. */
  readonly account: string | undefined
  /** True when there is no difference. */
  readonly isClean: boolean
  readonly differenceCount: number
  readonly buckets: Readonly<Record<Bucket, BucketTotals>>
  /** Every row of the bill that was compared. */
  readonly bill: SideTotals
  /** Every entry of ours that is in a bucket; amounts count only where money moved. */
  readonly ours: SideTotals
  /** Entries of ours without a bill row that are no difference. */
  readonly excused: {
    /** No money moved, and Alipay says so too. */
    readonly nothing: number
    /** Near the end of the day; the next bill may have them. */
    readonly waiting: number
    /** They stand in another day's bill. */
    readonly elsewhere: number
  }
  /** Bill rows that `belongs` left out. */
  readonly ignored: number
  /** Alipay's business by hour of the day. */
  readonly hours: readonly HourTotals[]
  /** Oldest first; at most `keep` of them. */
  readonly differences: readonly Difference[]
  /** Differences beyond `keep`: counted, and given to `onDifference`, but not in `differences`. */
  readonly omitted: number
  /** Give this to the next day's `reconcile`. */
  readonly carried: CarryOver
}
