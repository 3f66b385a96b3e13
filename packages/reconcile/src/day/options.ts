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

/** A day that is done. */
export interface DayResult {
  readonly result: Reconciliation
  readonly reports: ReportFiles
  /** The bill's file; undefined for a day without one. */
  readonly billPath: string | undefined
}

/** One day's comparison, when it is not of a `PaymentStore`. */
export type CompareDay = (day: {
  readonly bill: BillInput
  readonly day: string
  readonly carried: CarryOver | undefined
  readonly signal: AbortSignal
}) => Promise<Reconciliation>

type FromDownload = Pick<DownloadBillOptions, 'appAuthToken' | 'fetch' | 'maxBytes'>
type FromComparison = Pick<ComparisonOptions, 'merchantId' | 'sellerId' | 'belongs' | 'fees' | 'edge' | 'keep'>

/** What doing a day needs. Give `store`, or `compare` for any other books, for example in an SQL database. */
export type DayOptions = FromDownload &
  FromComparison & {
    readonly alipay: BillGateway
    /** For bills, reports and progress. */
    readonly directory: string
    /** Default: the clock of `alipay`. */
    readonly clock?: Clock | undefined
    /** The trail of `repair`, whose refunds the books do not have. */
    readonly audit?: AuditLog | undefined
    /** Language of the reports. Default `en`. */
    readonly locale?: ReportLocale | undefined
  } & (
    | { readonly store: PaymentStore | (PaymentStore & RefundLister); readonly compare?: undefined }
    | { readonly compare: CompareDay; readonly store?: undefined }
  )
