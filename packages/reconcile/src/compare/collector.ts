import type { OurEntry } from '../books/our-entry.ts'
import type { Period } from '../period.ts'
import type { BillEntry } from './bill-entry.ts'
import { BUCKETS, type Bucket, type Comparison, type Verdict } from './buckets.ts'
import { CarryBuilder, type CarryOver } from './day-edges.ts'
import { type Difference, differencesOf, timeOf } from './difference.ts'
import { HourTally } from './hours.ts'
import type { BucketTotals, Reconciliation } from './reconciliation.ts'
import { ourMoney, SideTally } from './tallies.ts'

interface BucketTally {
  count: number
  readonly bill: SideTally
  readonly ours: SideTally
}

const newBucket = (): BucketTally => ({ count: 0, bill: new SideTally(), ours: new SideTally() })

const byTime = (one: Difference, other: Difference): number =>
  timeOf(one) - timeOf(other) || (one.id < other.id ? -1 : 1)

export interface CollectorOptions {
  readonly period: Period
  readonly carried: CarryOver | undefined
  /** Differences kept; further ones are only counted. */
  readonly keep: number
}

/** Gathers what comes out of a comparison. */
export class Collector {
  readonly #options: CollectorOptions
  readonly #buckets: Record<Bucket, BucketTally>
  readonly #bill = new SideTally()
  readonly #ours = new SideTally()
  readonly #excused = { nothing: 0, waiting: 0, elsewhere: 0 }
  readonly #hours = new HourTally()
  readonly #carry: CarryBuilder
  readonly #differences: Difference[] = []
  #omitted = 0
  #ignored = 0

  constructor(options: CollectorOptions) {
    this.#options = options
    this.#carry = new CarryBuilder(options.period, options.carried)
    this.#buckets = Object.fromEntries(BUCKETS.map((bucket) => [bucket, newBucket()])) as Record<Bucket, BucketTally>
  }

  /** A row of the bill, before it is compared. */
  billRow({ kind, at, amount }: BillEntry): void {
    this.#bill.add(kind, amount)
    this.#hours.add(kind, at, amount)
  }

  /** A row of the bill that is not ours to compare. */
  ignore(): void {
    this.#ignored++
  }

  /** Takes everything under one order number; returns its differences. */
  take(comparison: Comparison): readonly Difference[] {
    for (const verdict of comparison.verdicts) this.#file(verdict)
    for (const { why, ours } of comparison.excused) {
      this.#excused[why]++
      if (why === 'waiting') this.#carry.waits(ours)
    }
    const differences = differencesOf(this.#options.period.label, comparison)
    for (const difference of differences) this.#note(difference)
    return differences
  }

  /** Pairs that agree, already counted elsewhere. */
  takeMatched(kind: OurEntry['kind'], count: number, amount: number): void {
    const matched = this.#buckets.matched
    matched.count += count
    for (const side of [matched.bill, matched.ours, this.#ours]) side.add(kind, amount, count)
  }

  #file({ bucket, bill, ours }: Verdict): void {
    const tally = this.#buckets[bucket]
    tally.count++
    if (bill !== undefined) tally.bill.add(bill.kind, bill.amount)
    if (ours === undefined) return
    tally.ours.add(ours.kind, ourMoney(ours))
    this.#ours.add(ours.kind, ourMoney(ours))
    if (bill !== undefined) this.#carry.found(ours)
  }

  #note(difference: Difference): void {
    this.#hours.differ(timeOf(difference))
    if (this.#differences.length < this.#options.keep) this.#differences.push(difference)
    else this.#omitted++
  }

  build(account: string | undefined): Reconciliation {
    const buckets = Object.fromEntries(
      BUCKETS.map((bucket): [Bucket, BucketTotals] => {
        const { count, bill, ours } = this.#buckets[bucket]
        return [bucket, { count, bill: bill.build(), ours: ours.build() }]
      }),
    ) as Record<Bucket, BucketTotals>
    const differenceCount = BUCKETS.reduce((sum, bucket) => sum + (bucket === 'matched' ? 0 : buckets[bucket].count), 0)
    return {
      day: this.#options.period.label,
      account,
      isClean: differenceCount === 0,
      differenceCount,
      buckets,
      bill: this.#bill.build(),
      ours: this.#ours.build(),
      excused: { ...this.#excused },
      ignored: this.#ignored,
      hours: this.#hours.build(),
      differences: this.#differences.sort(byTime),
      omitted: this.#omitted,
      carried: this.#carry.build(),
    }
  }
}
