import type { Effect } from './event.ts'
import { findRefund, isSettled, type Payment, type Report } from './payment.ts'
import { backoff, type Policy } from './policy.ts'
import { after, isDue, type Step, stay } from './step.ts'

const withReports = (payment: Payment, reports: readonly Report[]): Payment => ({ ...payment, reports })

/** The shop's code has been told, so it need not be told again; the next report has its turn. */
export const onReported = (payment: Payment, reportId: number, at: number, policy: Policy): Step => {
  const left = payment.reports.filter((report) => report.id !== reportId)
  if (left.length === payment.reports.length) return stay(payment)
  return payment.reports[0]?.id === reportId
    ? takeReport(withReports(payment, left), at, policy)
    : stay(withReports(payment, left))
}

/** The shop's code threw or took too long: it is told again later. */
export const onReportFailed = (payment: Payment, reportId: number, at: number, policy: Policy): Step => {
  const failed = payment.reports.find((report) => report.id === reportId)
  if (failed === undefined) return stay(payment)
  const wait = backoff(policy.reportRetryFrom, policy.cancelRetryTo, failed.attempts)
  const again: Report = { ...failed, attempts: failed.attempts + 1, dueAt: after(at, wait) }
  return stay(
    withReports(
      payment,
      payment.reports.map((report) => (report === failed ? again : report)),
    ),
  )
}

/** It stays the first, due at once for whoever tells it. */
export const onReportLeft = (payment: Payment, reportId: number, at: number): Step =>
  stay(
    withReports(
      payment,
      payment.reports.map((report) => (report.id === reportId ? { ...report, dueAt: new Date(at) } : report)),
    ),
  )

/** A refund that is sent again has nothing to be told until it has ended again. */
const isTrue = (payment: Payment, { outRequestNo }: Report): boolean =>
  outRequestNo === undefined || findRefund(payment, outRequestNo)?.status !== 'pending'

/** Hands out the first report, its next try pushed back while the shop's code runs. */
const takeReport = (payment: Payment, at: number, policy: Policy): Step => {
  if (!isSettled(payment)) return stay(payment)
  const [head, ...rest] = payment.reports.filter((report) => isTrue(payment, report))
  if (head === undefined) return stay(withReports(payment, []))
  const taken: Report = { ...head, dueAt: after(at, policy.reportWithin) }
  const effects: Effect[] = [{ type: 'report', report: taken }]
  return { payment: withReports(payment, [taken, ...rest]), effects }
}

/** The first report, when it is due. One at a time, in order: a later report never overtakes an earlier one. */
export const takeDueReport = (payment: Payment, at: number, policy: Policy): Step =>
  isDue(payment, payment.reports[0]?.dueAt, at, policy) ? takeReport(payment, at, policy) : stay(payment)
