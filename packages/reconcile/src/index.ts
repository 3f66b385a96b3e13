export type { BillCharset } from './bill/csv.ts'
export { type Bill, type ReadBillOptions, readBill } from './bill/read-bill.ts'
export type {
  AccountRow,
  AccountSummaryRow,
  BillHead,
  BillRow,
  ReadableBillType,
  SummaryRow,
  TradeRow,
  TradeSummaryRow,
  UnknownColumns,
} from './bill/types.ts'
export type { OurRow } from './books/our-row.ts'
export type { RefundLister } from './books/store-books.ts'
export type { BillInput } from './compare/bill-rows.ts'
export { BUCKETS, type Bucket, type DifferenceKind } from './compare/buckets.ts'
export type { CarryOver } from './compare/day-edges.ts'
export type { BillFacts, Difference, OurFacts } from './compare/difference.ts'
export type { FeeRate, FeeRule } from './compare/fees.ts'
export type { HourTotals } from './compare/hours.ts'
export { type ComparisonOptions, type ReconcileOptions, reconcile } from './compare/reconcile.ts'
export type { BucketTotals, Reconciliation } from './compare/reconciliation.ts'
export type { Reason, RepairAction, Suggestion } from './compare/suggestion.ts'
export type { SideTotals } from './compare/tallies.ts'
export { type DailyReconcile, dailyReconcile } from './daily/daily-reconcile.ts'
export { type DailyProgress, type DailyState, fileState } from './daily/daily-state.ts'
export type { DailyAlert, DailyReconcileOptions } from './daily/options.ts'
export { carriedBefore } from './day/carried-before.ts'
export type { CompareDay, DayOptions, DayResult } from './day/options.ts'
export { type Desk, type ReconciliationDeskOptions, reconciliationDesk } from './desk/reconciliation-desk.ts'
export type { BillGateway, EmptyReason } from './download/ask-link.ts'
export { type BillDownload, type DownloadBillOptions, downloadBill } from './download/download-bill.ts'
export type { FetchFile, Progress } from './download/fetch-file.ts'
export type { Deliver, Delivery } from './repair/actions.ts'
export type { RepairGateway } from './repair/ask-alipay.ts'
export {
  type AuditLog,
  type AuditRecord,
  type AuditStage,
  fileAudit,
  memoryAudit,
  type RepairResult,
} from './repair/audit.ts'
export { type RepairOptions, type RepairOutcome, refundsMade, repair } from './repair/repair.ts'
export { reportCsv } from './report/report-csv.ts'
export { reportHtml } from './report/report-html.ts'
export { reportTable } from './report/report-table.ts'
export type { ReportLocale } from './report/words.ts'
export { type ReportFiles, reportJson, writeReports } from './report/write-reports.ts'
