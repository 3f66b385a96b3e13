import type { Failure, HistoryEntry, Payment, Problem, Refund, Report } from '@f2f/core'

/** The parts of a payment that are objects or lists. */
export type Nested = Pick<Payment, 'failure' | 'problem' | 'cancellation' | 'refunds' | 'reports' | 'history'>

/** What becomes of a value in JSON: dates are ISO texts, undefined members are left out. */
type Stored<T> = T extends Date
  ? string
  : T extends readonly (infer E)[]
    ? readonly Stored<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Stored<T[K]> }
      : T

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text))

const failure = ({ code, subCode, message }: Stored<Failure>): Failure => ({ code, subCode, message })

const problem = (stored: Stored<Problem>): Problem => ({ ...failure(stored), at: new Date(stored.at) })

const refund = (stored: Stored<Refund>): Refund => ({
  outRequestNo: stored.outRequestNo,
  refundAmount: stored.refundAmount,
  reason: stored.reason,
  operatorId: stored.operatorId,
  status: stored.status,
  failure: stored.failure && failure(stored.failure),
  problem: stored.problem && problem(stored.problem),
  needsAttention: stored.needsAttention,
  requestedAt: new Date(stored.requestedAt),
  settledAt: instant(stored.settledAt),
  attempts: stored.attempts,
  next: stored.next,
  askFrom: stored.askFrom,
  mayLandUntil: instant(stored.mayLandUntil),
  dueAt: instant(stored.dueAt),
})

const report = ({ id, kind, outRequestNo, attempts, dueAt }: Stored<Report>): Report => ({
  id,
  kind,
  outRequestNo,
  attempts,
  dueAt: new Date(dueAt),
})

const historyEntry = ({ at, status, why }: Stored<HistoryEntry>): HistoryEntry => ({ at: new Date(at), status, why })

const cancellation = (stored: Stored<Payment['cancellation']>): Payment['cancellation'] =>
  stored && { ...stored, startedAt: new Date(stored.startedAt) }

export const encodeNested = (payment: Nested): string => {
  const { failure, problem, cancellation, refunds, reports, history } = payment
  const nested: Nested = { failure, problem, cancellation, refunds, reports, history }
  return JSON.stringify(nested)
}

/** Absent members come back as undefined, so that what is read equals what was written. */
export const decodeNested = (text: string): Nested => {
  const stored: Stored<Nested> = JSON.parse(text)
  return {
    failure: stored.failure && failure(stored.failure),
    problem: stored.problem && problem(stored.problem),
    cancellation: cancellation(stored.cancellation),
    refunds: stored.refunds.map(refund),
    reports: stored.reports.map(report),
    history: stored.history.map(historyEntry),
  }
}
