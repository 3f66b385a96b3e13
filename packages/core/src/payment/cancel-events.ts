import type { CancelOutcome, PayOutcome, QueryOutcome, TradeFacts } from './event.ts'
import type { Cancellation, Payment } from './payment.ts'
import type { Policy } from './policy.ts'
import {
  after,
  beginCancel,
  change,
  enter,
  insist,
  isForeign,
  learn,
  problemAt,
  type Step,
  settle,
  settleForeign,
  stay,
} from './step.ts'
import { noteFacts } from './waiting-events.ts'

/** The till wants it cancelled. While the pay reply is awaited, the cancel follows it at once. */
export const onCancelRequested = (payment: Payment, at: number, policy: Policy): Step => {
  if (payment.status === 'confirming') return beginCancel(payment, 'requested', at, policy)
  if (payment.status !== 'paying') return stay(payment)
  const cancellation: Cancellation = { reason: 'requested', startedAt: new Date(at), attempts: 0, next: 'reply' }
  return change(enter(payment, 'cancelling', 'requested', at), { cancellation })
}

/** Alipay's own word on the trade is to decide. */
const ask = (payment: Payment, cancellation: Cancellation, at: number, policy: Policy): Step =>
  change(
    payment,
    {
      cancellation: { ...cancellation, next: 'ask' },
      askFrom: payment.version + 1,
      nextAt: after(at, policy.callTimeout + policy.cancelRetryFrom),
    },
    { type: 'query' },
  )

const sendCancel = (payment: Payment, cancellation: Cancellation, at: number, policy: Policy): Step =>
  change(
    payment,
    {
      cancellation: { ...cancellation, next: 'cancel' },
      nextAt: after(at, policy.callTimeout + policy.cancelRetryFrom),
    },
    { type: 'cancel' },
  )

/** The pay reply arrives after the till asked to cancel: money taken in between goes back. */
export const onPayReplyWhileCancelling = (
  payment: Payment,
  cancellation: Cancellation,
  outcome: PayOutcome,
  at: number,
  policy: Policy,
): Step => {
  if ('facts' in outcome) {
    if (isForeign(payment, outcome.facts)) return settleForeign(payment, outcome.facts, at, policy)
    if (cancellation.next !== 'reply') return noteFacts(payment, outcome.facts)
    return sendCancel(learn(payment, outcome.facts), cancellation, at, policy)
  }
  if (outcome.is === 'unknown' && outcome.tradeExisted === true) {
    // A trade was there before ours, so it is asked about and left alone.
    return ask({ ...payment, payUnknown: true, failure: outcome.problem }, cancellation, at, policy)
  }
  if (cancellation.next !== 'reply') return stay(payment)
  if (outcome.is === 'unknown') {
    const unknown: Payment = { ...payment, payUnknown: true, problem: problemAt(outcome.problem, at) }
    return sendCancel(unknown, cancellation, at, policy)
  }
  const refused: Payment = { ...payment, payUnknown: payment.payUnknown || !outcome.certain }
  return settle(refused, 'failed', 'refused before the cancel', at, policy, { failure: outcome.failure })
}

/** What is paid after it had been settled as not paid is a late success, even when no look saw it paid. */
const wasPaid = (payment: Payment, { reason }: Cancellation, facts: TradeFacts): Payment => ({
  ...learn(payment, facts),
  lateSuccess: payment.lateSuccess || reason === 'late',
})

/** The answer to a cancel. */
export const onCancelReply = (
  payment: Payment,
  cancellation: Cancellation,
  outcome: CancelOutcome,
  at: number,
  policy: Policy,
): Step => {
  switch (outcome.is) {
    case 'closed':
      // Known to have been paid: an earlier cancel whose reply we missed gave it back, or the answer is wrong.
      return payment.paidAt === undefined
        ? settle(learn(payment, outcome.facts), 'closed', 'cancelled before it was paid', at, policy)
        : ask(payment, cancellation, at, policy)
    case 'refunded':
      return settle(
        wasPaid(payment, cancellation, outcome.facts),
        'reversed',
        'cancelled; the money went back',
        at,
        policy,
      )
    case 'nothing':
      // Alipay knows no such trade yet: the request may still be on its way, so it is looked at again.
      return settle({ ...payment, payUnknown: true }, 'closed', 'Alipay knows no such trade', at, policy)
    case 'impossible':
      return ask({ ...payment, problem: problemAt(outcome.problem, at) }, cancellation, at, policy)
    case 'again':
      return insist(payment, cancellation, outcome.problem, outcome.blocked, at, policy)
  }
}

/** Alipay refused to cancel, so its own word on the trade decides. */
export const onAskedInstead = (
  payment: Payment,
  cancellation: Cancellation,
  outcome: QueryOutcome,
  at: number,
  policy: Policy,
): Step => {
  switch (outcome.is) {
    case 'paid':
      if (isForeign(payment, outcome.facts)) return settleForeign(payment, outcome.facts, at, policy)
      // A sale that was given up is paid after all and cannot be undone by a cancel: somebody must refund or deliver.
      return settle(
        wasPaid(payment, cancellation, outcome.facts),
        'paid',
        'cannot be cancelled any more: it is paid',
        at,
        policy,
        { needsAttention: true },
      )
    case 'closed': {
      const closed = learn(payment, outcome.facts)
      // Paid once and closed now: a cancel whose reply we missed has given the money back.
      const status = closed.paidAt !== undefined || closed.lateSuccess ? 'reversed' : 'closed'
      return settle(closed, status, `cannot be cancelled any more: it is ${status}`, at, policy)
    }
    case 'notFound':
      return settle({ ...payment, payUnknown: true }, 'closed', 'Alipay knows no such trade', at, policy)
    case 'waiting':
      return insist(
        learn(payment, outcome.facts),
        { ...cancellation, next: payment.failure === undefined ? 'cancel' : 'ask' },
        undefined,
        false,
        at,
        policy,
      )
    case 'unknown':
      return insist(payment, cancellation, outcome.problem, false, at, policy)
  }
}
