import { onAskedInstead, onCancelReply, onCancelRequested, onPayReplyWhileCancelling } from './cancel-events.ts'
import type { NotifyNews, OfferOutcome, PaymentEvent, PayOutcome, QueryOutcome, Transition } from './event.ts'
import { findRefund, isSettled, type Payment, type Refund } from './payment.ts'
import type { Policy } from './policy.ts'
import { look, lookAgain, onRecheck } from './recheck-events.ts'
import { onRefundQueryReply, onRefundReply, onRefundRequested, wakeRefund } from './refund-events.ts'
import { onReported, onReportFailed, onReportLeft, takeDueReport } from './report-events.ts'
import { andThen, attentionAt, isDue, type Step, stay } from './step.ts'
import {
  askAfterUnknown,
  NO_REPLY_RECORDED,
  noteFacts,
  onOfferReply,
  onPayReply,
  onStart,
  onWaitingNotify,
  onWaitingQuery,
  unoffered,
} from './waiting-events.ts'

const isWaiting = (payment: Payment): boolean =>
  payment.status === 'created' || payment.status === 'paying' || payment.status === 'confirming'

const onPay = (payment: Payment, outcome: PayOutcome, at: number, policy: Policy): Step => {
  if (isWaiting(payment)) return onPayReply(payment, outcome, at, policy)
  if (payment.status === 'cancelling' && payment.cancellation !== undefined) {
    return onPayReplyWhileCancelling(payment, payment.cancellation, outcome, at, policy)
  }
  return outcome.is === 'paid' ? lookAgain(payment, at, policy) : stay(payment)
}

const asPayOutcome = (outcome: OfferOutcome): PayOutcome =>
  outcome.is === 'offered' ? { is: 'waiting', facts: {} } : outcome

const onQuery = (payment: Payment, outcome: QueryOutcome, asOf: number, at: number, policy: Policy): Step => {
  if (isWaiting(payment)) return onWaitingQuery(payment, outcome, at, policy)
  if (asOf < payment.askFrom) return stay(payment)
  if (isSettled(payment)) return onRecheck(payment, outcome, at, policy)
  return payment.cancellation?.next === 'ask'
    ? onAskedInstead(payment, payment.cancellation, outcome, at, policy)
    : stay(payment)
}

const onNotify = (payment: Payment, news: NotifyNews, at: number, policy: Policy): Step => {
  if (isWaiting(payment)) return onWaitingNotify(payment, news, at, policy)
  if (payment.status === 'cancelling') return noteFacts(payment, news.facts)
  return news.is === 'paid' ? lookAgain(payment, at, policy) : stay(payment)
}

/** The part of a wake-up that belongs to the status. */
const wakeStatus = (payment: Payment, at: number, policy: Policy): Step => {
  if (isDue(payment, attentionAt(payment, policy), at, policy)) {
    return wakeStatus({ ...payment, needsAttention: true }, at, policy)
  }
  if (!isDue(payment, payment.nextAt, at, policy)) return stay(payment)
  switch (payment.status) {
    case 'created':
    case 'paying':
      return payment.kind === 'qr'
        ? unoffered(payment, NO_REPLY_RECORDED.problem, at, policy)
        : askAfterUnknown(payment, NO_REPLY_RECORDED, at, policy)
    case 'cancelling':
      return wakeCancelling(payment, at, policy)
    case 'confirming':
      return { payment, effects: [{ type: 'query' }] }
    default:
      return look(payment, at, policy)
  }
}

const wakeCancelling = (payment: Payment, at: number, policy: Policy): Step => {
  const cancellation = payment.cancellation
  if (cancellation?.next === 'ask') return { payment, effects: [{ type: 'query' }] }
  if (cancellation?.next !== 'reply') return { payment, effects: [{ type: 'cancel' }] }
  return onPayReplyWhileCancelling(payment, cancellation, NO_REPLY_RECORDED, at, policy)
}

const wakeRefunds = (payment: Payment, at: number, policy: Policy): Step => {
  const due = payment.refunds.filter((refund) => isDue(payment, refund.dueAt, at, policy))
  return due.reduce<Step>(
    (before, refund) => andThen(before, (next) => wakeRefund(next, refund, at, policy)),
    stay(payment),
  )
}

const onWake = (payment: Payment, leavesReport: boolean, at: number, policy: Policy): Step => {
  const status = wakeStatus(payment, at, policy)
  const refunds = andThen(status, (next) => wakeRefunds(next, at, policy))
  return leavesReport ? refunds : andThen(refunds, (next) => takeDueReport(next, at, policy))
}

const onRefund = (payment: Payment, outRequestNo: string, next: (refund: Refund) => Step): Step => {
  const refund = findRefund(payment, outRequestNo)
  return refund === undefined ? stay(payment) : next(refund)
}

const step = (payment: Payment, event: PaymentEvent, policy: Policy): Step => {
  const { at } = event
  switch (event.type) {
    case 'start':
      return onStart(payment, at, policy)
    case 'wake':
      return onWake(payment, event.leavesReport ?? false, at, policy)
    case 'payReply':
      return onPay(payment, event.outcome, at, policy)
    case 'offerReply':
      return payment.status === 'cancelling'
        ? onPay(payment, asPayOutcome(event.outcome), at, policy)
        : onOfferReply(payment, event.outcome, at, policy)
    case 'queryReply':
      return onQuery(payment, event.outcome, event.asOf, at, policy)
    case 'cancelRequested':
      return onCancelRequested(payment, at, policy)
    case 'cancelReply':
      return payment.status === 'cancelling' && payment.cancellation !== undefined
        ? onCancelReply(payment, payment.cancellation, event.outcome, at, policy)
        : stay(payment)
    case 'notify':
      return onNotify(payment, event.news, at, policy)
    case 'refundRequested':
      return onRefundRequested(payment, event.refund, event.limit, at, policy)
    case 'refundReply':
      return onRefund(payment, event.outRequestNo, (refund) =>
        onRefundReply(payment, refund, event.outcome, event.asOf, at, policy),
      )
    case 'refundQueryReply':
      return onRefund(payment, event.outRequestNo, (refund) =>
        onRefundQueryReply(payment, refund, event.outcome, event.asOf, at, policy),
      )
    case 'reported':
      return onReported(payment, event.reportId, at, policy)
    case 'reportFailed':
      return onReportFailed(payment, event.reportId, at, policy)
    case 'reportLeft':
      return onReportLeft(payment, event.reportId, at)
  }
}

const earliest = (moments: readonly (Date | undefined)[]): Date | undefined =>
  moments.reduce((best, each) => (each !== undefined && (best === undefined || each < best) ? each : best), undefined)

/** When anything but a report wants to be looked at; undefined when nothing does. */
export const dueBesidesReports = (payment: Payment, policy: Policy): Date | undefined =>
  earliest([payment.nextAt, attentionAt(payment, policy), ...payment.refunds.map((refund) => refund.dueAt)])

const dueAt = (payment: Payment, policy: Policy): Date | undefined =>
  earliest([dueBesidesReports(payment, policy), isSettled(payment) ? payment.reports[0]?.dueAt : undefined])

/**
 * What becomes of a payment when something happens, and what is to be done then. Pure: no I/O, no clock, no chance.
 *
 * The result must be committed before its effects are carried out. When nothing changes, the very same object comes
 * back and nothing needs committing, though there may be effects.
 *
 * @throws F2fError `PAYMENT_NOT_REFUNDABLE`, `REFUND_TOO_MUCH`, `REFUND_CONFLICT`, `AUTH_REFUND_LIMIT` for a refund that
 *   may not be
 */
export const transition = (payment: Payment, event: PaymentEvent, policy: Policy): Transition<Payment> => {
  const { payment: next, effects } = step(payment, event, policy)
  if (next === payment) return { payment, effects }
  const updatedAt = new Date(event.at)
  return { payment: { ...next, version: payment.version + 1, updatedAt, dueAt: dueAt(next, policy) }, effects }
}
