import type { Effect, TradeFacts, Transition } from './event.ts'
import type { Cancellation, Failure, Payment, PaymentStatus, Problem, Report, SettledStatus } from './payment.ts'
import { backoff, longestWait, type Policy } from './policy.ts'

/** What one event makes of a payment, before version, `updatedAt` and `dueAt` are brought up to date. */
export type Step = Transition<Payment>

export const stay = (payment: Payment): Step => ({ payment, effects: [] })

export const change = (payment: Payment, patch: Partial<Payment>, ...effects: Effect[]): Step => ({
  payment: { ...payment, ...patch },
  effects,
})

/** One step after another: both their effects, in order. */
export const andThen = (first: Step, next: (payment: Payment) => Step): Step => {
  const second = next(first.payment)
  return { payment: second.payment, effects: [...first.effects, ...second.effects] }
}

export const after = (at: number, ms: number): Date => new Date(at + ms)

/** A row this much before its time is still taken: timers may fire a moment early. */
const EARLY = 50

/** Two machines' clocks may differ by so much, ms; what lies further ahead was written before the clock was set back. */
const CLOCKS_DIFFER = 60_000

const wasSetBack = (written: Date, at: number): boolean => at < written.getTime() - CLOCKS_DIFFER

/**
 * When to look at a payment whose moment `planned` is, ms. At once when the clock has been set back since it was
 * planned: better one query too many than a customer who waits until the clock has caught up.
 */
export const wakeAt = (payment: Payment, planned: Date, at: number, policy: Policy): number =>
  wasSetBack(payment.updatedAt, at) || planned.getTime() - at > longestWait(policy) ? at : planned.getTime()

/** Whether a moment of a payment has come. */
export const isDue = (payment: Payment, moment: Date | undefined, at: number, policy: Policy): boolean =>
  moment !== undefined && at + EARLY >= wakeAt(payment, moment, at, policy)

/** The buyer's time is over: by the clock, or because the clock says the payment has not even begun. */
export const isPastDeadline = (payment: Payment, at: number): boolean =>
  at >= payment.deadlineAt.getTime() || wasSetBack(payment.createdAt, at)

export const enter = (payment: Payment, status: PaymentStatus, why: string, at: number): Payment => ({
  ...payment,
  status,
  history: [...payment.history, { at: new Date(at), status, why }],
})

const known = (facts: TradeFacts): Partial<Payment> => {
  const { totalAmount: _, ...rest } = facts
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
}

/** The payment with what Alipay told about its trade. */
export const learn = (payment: Payment, facts: TradeFacts): Payment => ({ ...payment, ...known(facts) })

/** True when `facts` would tell the payment nothing new. */
export const knows = (payment: Payment, facts: TradeFacts): boolean =>
  Object.entries(known(facts)).every(([name, value]) => {
    const mine = payment[name as keyof Payment]
    return value instanceof Date && mine instanceof Date ? value.getTime() === mine.getTime() : value === mine
  })

/** A trade under our number that is not ours: one number is one trade at Alipay, so ours does not exist. */
export const isForeign = (payment: Payment, facts: TradeFacts): boolean =>
  facts.totalAmount !== undefined && facts.totalAmount !== payment.totalAmount

export const problemAt = (failure: Failure, at: number): Problem => ({ ...failure, at: new Date(at) })

const nextReportId = (reports: readonly Report[], history: number): number =>
  Math.max(history, ...reports.map((report) => report.id)) + 1

/** The reports about anything but this: what has changed since need not be told any more. */
export const reportsBut = (payment: Payment, kind: Report['kind'], outRequestNo: string | undefined): Report[] =>
  payment.reports.filter((report) => report.kind !== kind || report.outRequestNo !== outRequestNo)

/** The shop's code may be at it right now: it is the first report's turn, and its next try lies ahead. */
export const isBusyWith = (
  payment: Payment,
  kind: Report['kind'],
  outRequestNo: string | undefined,
  at: number,
  policy: Policy,
): boolean => {
  const [head] = payment.reports
  return (
    head !== undefined &&
    head.kind === kind &&
    head.outRequestNo === outRequestNo &&
    !isDue(payment, head.dueAt, at, policy)
  )
}

/**
 * Adds a report; it takes the place of one about the same thing not yet told. It is told at once when no other report
 * of this payment is waiting, and in its turn otherwise. The shop's code may still be busy with the one it replaces, so
 * it waits until that is over: or the older news would be the last to be written down.
 */
export const withReport = (
  payment: Payment,
  kind: Report['kind'],
  outRequestNo: string | undefined,
  at: number,
  policy: Policy,
): Step => {
  const waiting = reportsBut(payment, kind, outRequestNo)
  const id = nextReportId(payment.reports, payment.version)
  const busyUntil = isBusyWith(payment, kind, outRequestNo, at, policy) ? payment.reports[0]?.dueAt : undefined
  const report: Report = { id, kind, outRequestNo, attempts: 0, dueAt: after(at, policy.reportWithin) }
  if (busyUntil !== undefined) {
    const [next = report, ...rest] = [...waiting, report]
    return change(payment, { reports: [{ ...next, dueAt: busyUntil }, ...rest] })
  }
  return change(
    payment,
    { reports: [...waiting, report] },
    ...(waiting.length === 0 ? [{ type: 'report' as const, report }] : []),
  )
}

interface Settlement {
  readonly failure?: Failure
  readonly needsAttention?: boolean
}

/** Ends the payment, plans the looks afterwards and the report to the shop. */
export const settle = (
  payment: Payment,
  status: SettledStatus,
  why: string,
  at: number,
  policy: Policy,
  { failure, needsAttention = false }: Settlement = {},
): Step => {
  const firstRecheck = status !== 'paid' && payment.payUnknown ? policy.recheckAfter[0] : undefined
  const settled: Payment = {
    ...enter(payment, status, why, at),
    failure,
    needsAttention,
    problem: needsAttention ? payment.problem : undefined,
    settledAt: new Date(at),
    rechecks: 0,
    askFrom: payment.version + 1,
    nextAt: firstRecheck === undefined ? undefined : after(at, firstRecheck),
  }
  return withReport(settled, 'settled', undefined, at, policy)
}

/** Settles as failed because the trade under this number is somebody else's; it is never cancelled. */
export const settleForeign = (payment: Payment, facts: TradeFacts, at: number, policy: Policy): Step => {
  const failure: Failure = {
    code: 'REPLY_MISMATCH',
    subCode: undefined,
    message: `Alipay has a trade of ${facts.totalAmount} yuan under this number, so this payment was not taken. Number reused?`,
  }
  const mine: Payment = { ...payment, payUnknown: false, problem: problemAt(failure, at) }
  return settle(mine, 'failed', 'the trade under this number is not ours', at, policy, {
    failure,
    needsAttention: true,
  })
}

/**
 * Commits to cancelling; from here on nothing but the cancel's outcome settles the payment. A trade that was there
 * before ours may be another sale's, so it is only asked about.
 */
export const beginCancel = (payment: Payment, reason: Cancellation['reason'], at: number, policy: Policy): Step => {
  const mayBeAnothers = reason !== 'late' && payment.failure !== undefined
  const cancelling: Payment = {
    ...enter(payment, 'cancelling', reason, at),
    settledAt: undefined,
    failure: mayBeAnothers ? payment.failure : undefined,
    cancellation: { reason, startedAt: new Date(at), attempts: 0, next: mayBeAnothers ? 'ask' : 'cancel' },
    askFrom: mayBeAnothers ? payment.version + 1 : payment.askFrom,
    nextAt: after(at, policy.callTimeout + policy.cancelRetryFrom),
  }
  return { payment: cancelling, effects: [{ type: mayBeAnothers ? 'query' : 'cancel' }] }
}

/** When an unanswered cancel becomes a person's business; undefined when it is already, or there is none. */
export const attentionAt = (payment: Payment, policy: Policy): Date | undefined =>
  payment.status !== 'cancelling' || payment.needsAttention || payment.cancellation === undefined
    ? undefined
    : after(payment.cancellation.startedAt.getTime(), policy.attentionAfter)

/** The cancel, or the question after it, got no useful answer: later again. */
export const insist = (
  payment: Payment,
  cancellation: Cancellation,
  problem: Failure | undefined,
  blocked: boolean,
  at: number,
  policy: Policy,
): Step => {
  return change(payment, {
    cancellation: { ...cancellation, attempts: cancellation.attempts + 1 },
    problem: problem === undefined ? payment.problem : problemAt(problem, at),
    needsAttention: payment.needsAttention || blocked,
    nextAt: after(at, backoff(policy.cancelRetryFrom, policy.cancelRetryTo, cancellation.attempts)),
  })
}
