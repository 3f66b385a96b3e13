import { F2fError, type PaymentStore } from '@f2f/core'
import type { TradeRow } from '../bill/types.ts'
import type { Books } from '../books/books.ts'
import { type OurRow, rowBooks } from '../books/our-row.ts'
import { type RefundLister, storeBooks } from '../books/store-books.ts'
import { Spill } from '../spill/spill.ts'
import { SpillFile } from '../spill/spill-file.ts'
import { type BillEntry, billEntry } from './bill-entry.ts'
import { type BillInput, type BillSource, billSource } from './bill-rows.ts'
import type { Comparison } from './buckets.ts'
import { Collector } from './collector.ts'
import { compareGroups } from './compare-groups.ts'
import { type CarryOver, dayEdges } from './day-edges.ts'
import type { Difference } from './difference.ts'
import { billRecord, type EntryRecord, groupsOf, ourRecord } from './entry-records.ts'
import { type FeeRule, feeCheck } from './fees.ts'
import type { Reconciliation } from './reconciliation.ts'

/** What every comparison can be told. */
export interface ComparisonOptions {
  /** The trade bill. */
  readonly bill: BillInput
  /** The bill's day `yyyy-MM-dd` or month `yyyy-MM`, Beijing time. Default: what the bill says. */
  readonly day?: string | undefined
  /** Only this merchant's payments, when the books hold those of several. */
  readonly merchantId?: string | undefined
  /** Refuses the bill of another account. */
  readonly sellerId?: string | undefined
  /** Rows of ours that the books do not have, such as refunds made by `repair`: see `refundsMade`. */
  readonly also?: Iterable<OurRow> | undefined
  /** Which bill rows are ours to compare, when other systems sell through the same account. Default: all. */
  readonly belongs?: ((row: TradeRow) => boolean) | undefined
  /** What Alipay may charge. Default: fees are not checked. */
  readonly fees?: FeeRule | undefined
  /** `carried` of the day before. Without it, what is missing at the very start of the day counts as that day's. */
  readonly carried?: CarryOver | undefined
  /** How far the times in our books may differ from Alipay's. Milliseconds, default 60,000. */
  readonly edge?: number | undefined
  /** Differences in the result; further ones are counted and given to `onDifference`. Default 10,000. */
  readonly keep?: number | undefined
  /** Told of every difference. */
  readonly onDifference?: ((difference: Difference) => void | Promise<void>) | undefined
  readonly signal?: AbortSignal | undefined
}

/** Give `store`, or `ours` for books of your own. */
export type ReconcileOptions = ComparisonOptions & {
  /**
   * How long before the day a payment may have been created, ms. Default: 16 days for a store that can list its
   * refunds, as those of `@f2f/sql` can; otherwise a year, because refunds are found through their payments.
   */
  readonly lookBack?: number | undefined
  /** Folder for temporary files. Default: the system's. */
  readonly tempDir?: string | undefined
} & (
    | { readonly store: PaymentStore | (PaymentStore & RefundLister); readonly ours?: undefined }
    | { readonly ours: AsyncIterable<OurRow> | Iterable<OurRow>; readonly store?: undefined }
  )

export const DEFAULT_EDGE = 60_000
const DEFAULT_KEEP = 10_000

const booksOf = (options: ReconcileOptions, { period }: BillSource): Books => {
  const { merchantId, edge: slack = DEFAULT_EDGE, lookBack } = options
  if (options.store !== undefined) return storeBooks({ store: options.store, merchantId, slack, lookBack }, period)
  if (options.ours !== undefined) return rowBooks(options.ours, slack)
  throw new F2fError('CONFIG_INVALID', 'Give a store, or rows of your own.', { details: { field: 'store' } })
}

export const collectorFor = (options: ComparisonOptions, { period }: BillSource): Collector =>
  new Collector({ period, carried: options.carried, keep: options.keep ?? DEFAULT_KEEP })

/** Files what was compared, and tells of the differences in it. */
export const taker =
  ({ onDifference }: ComparisonOptions, collector: Collector) =>
  (comparison: Comparison): Promise<void> | undefined => {
    const differences = collector.take(comparison)
    return differences.length === 0 || onDifference === undefined ? undefined : tellAll(differences, onDifference)
  }

const tellAll = async (
  differences: readonly Difference[],
  tell: NonNullable<ComparisonOptions['onDifference']>,
): Promise<void> => {
  for (const difference of differences) await tell(difference)
}

/** The rows of the bill that are to be compared, in batches; the collector is told of every row. */
export async function* billEntries(
  { belongs = () => true, fees, signal }: ComparisonOptions,
  source: BillSource,
  collector: Collector,
): AsyncGenerator<readonly BillEntry[]> {
  const expectedFee = feeCheck(fees)
  for await (const rows of source.batches()) {
    signal?.throwIfAborted()
    const entries: BillEntry[] = []
    for (const row of rows) {
      if (belongs(row)) entries.push(billEntry(row, expectedFee(row)))
      else collector.ignore()
    }
    for (const entry of entries) collector.billRow(entry)
    yield entries
  }
}

/**
 * Holds a day's bill against our books. Every bill row and every payment or refund of ours comes out in exactly one
 * bucket, or is excused by what the other days' bills have.
 *
 * Memory does not grow with the number of rows: they are dealt by order number to a temporary file and compared part
 * by part. For books in an SQL database, `@f2f/reconcile/sql` compares within it.
 *
 * ```ts
 * const result = await reconcile({ store, bill: readBill('2026-01-01.csv.zip'), day: '2026-01-01' })
 * ```
 *
 * @throws F2fError `BILL_*` for a bill that cannot be trusted or is not of that day; `REQUEST_INVALID` for a row of
 *   ours; `CONFIG_INVALID`; what the store throws
 */
export const reconcile = async (options: ReconcileOptions): Promise<Reconciliation> => {
  const source = await billSource(options.bill, options.day, options.sellerId)
  const books = booksOf(options, source)
  const collector = collectorFor(options, source)
  const file = new SpillFile(options.tempDir)
  try {
    const spill = new Spill<EntryRecord>(file)
    await setBillAside(options, source, collector, spill)
    const also = rowBooks(options.also ?? [], options.edge ?? DEFAULT_EDGE)
    for (const { entries } of [books, also]) {
      for await (const entry of entries()) {
        const full = spill.add(ourRecord(entry))
        if (full !== undefined) await full
      }
    }
    const absence = dayEdges(source.period, options.carried)
    for await (const records of spill.parts()) {
      options.signal?.throwIfAborted()
      await compareGroups(groupsOf(records), absence, books.lookUp, taker(options, collector))
    }
    return collector.build(source.account)
  } finally {
    await file.remove()
  }
}

const setBillAside = async (
  options: ComparisonOptions,
  source: BillSource,
  collector: Collector,
  spill: Spill<EntryRecord>,
): Promise<void> => {
  for await (const entries of billEntries(options, source, collector)) {
    for (const entry of entries) {
      const full = spill.add(billRecord(entry))
      if (full !== undefined) await full
    }
  }
}
