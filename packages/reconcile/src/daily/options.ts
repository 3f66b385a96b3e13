import type { Clock, PaymentStore } from '@f2f/core'
import type { RefundLister } from '../books/store-books.ts'
import type { BillInput } from '../compare/bill-rows.ts'
import type { CarryOver } from '../compare/day-edges.ts'
import type { ComparisonOptions } from '../compare/reconcile.ts'
import type { Reconciliation } from '../compare/reconciliation.ts'
import type { BillGateway } from '../download/ask-link.ts'
import type { DownloadBillOptions } from '../download/download-bill.ts'
import type { AuditLog } from '../repair/audit.ts'
import type { ReportLocale } from '../report/words.ts'
import type { ReportFiles } from '../report/write-reports.ts'
import type { DailyState } from './daily-state.ts'

/** A day that is done. */
export interface DailyResult {
  readonly result: Reconciliation
  readonly reports: ReportFiles
  /** The bill's file; undefined for a day without one. */
  readonly billPath: string | undefined
}

/**
 * Something a person should know.
 *
 * - `differences`: a day is done, and the books differ from the bill.
 * - `late`: the bill should be there by now and is not; it is asked for again until it comes.
 * - `failed`: something went wrong; it is tried again. Told once for each day and code.
 * - `skipped`: the run was stopped for so long that the days from `day` until before `until` are left out.
 */
export type DailyAlert =
  | ({ readonly kind: 'differences'; readonly day: string } & DailyResult)
  | { readonly kind: 'late'; readonly day: string; readonly since: Date }
  | { readonly kind: 'failed'; readonly day: string; readonly error: unknown }
  | { readonly kind: 'skipped'; readonly day: string; readonly until: string }

/** One day's comparison, when it is not of a `PaymentStore`. */
export type CompareDay = (day: {
  readonly bill: BillInput
  readonly day: string
  readonly carried: CarryOver | undefined
  readonly signal: AbortSignal
}) => Promise<Reconciliation>

type FromDownload = Pick<DownloadBillOptions, 'appAuthToken' | 'fetch' | 'maxBytes'>
type FromComparison = Pick<ComparisonOptions, 'merchantId' | 'sellerId' | 'belongs' | 'fees' | 'edge' | 'keep'>

/** Give `store`, or `compare` for any other books, for example in an SQL database. */
export type DailyReconcileOptions = FromDownload &
  FromComparison & {
    readonly alipay: BillGateway
    /** For bills, reports and progress. */
    readonly folder: string
    /** Default: the clock of `alipay`. */
    readonly clock?: Clock | undefined
    /** When yesterday's bill is asked for: ms after midnight in Beijing. Default 09:00. */
    readonly startAt?: number | undefined
    /** Between two attempts, ms. Default 600,000. */
    readonly retryEvery?: number | undefined
    /** How late a bill may be before somebody is told, ms. Default 10,800,000 (noon). */
    readonly lateAfter?: number | undefined
    /** Missed days done after a stop, at most. Default 7. */
    readonly catchUp?: number | undefined
    /** Default: a file in `folder`. */
    readonly state?: DailyState | undefined
    /** The trail of `repair`, whose refunds the books do not have. */
    readonly audit?: AuditLog | undefined
    /** Language of the reports. Default `en`. */
    readonly locale?: ReportLocale | undefined
    /** Told of every day, at least once. */
    readonly onResult?: ((result: DailyResult) => void | Promise<void>) | undefined
    readonly onAlert: (alert: DailyAlert) => void | Promise<void>
  } & (
    | { readonly store: PaymentStore | (PaymentStore & RefundLister); readonly compare?: undefined }
    | { readonly compare: CompareDay; readonly store?: undefined }
  )
