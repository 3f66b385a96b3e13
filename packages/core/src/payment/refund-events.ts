import type { Effect, RefundOrder, RefundOutcome, RefundQueryOutcome } from './event.ts'
import { type Failure, findRefund, type Payment, type Refund } from './payment.ts'
import { backoff, type Policy } from './policy.ts'
import { checkRefund, isRepeat } from './refund-rules.ts'
import { after, isBusyWith, problemAt, reportsBut, type Step, stay, withReport } from './step.ts'

const putRefund = (payment: Payment, refund: Refund, ...effects: Effect[]): Step => {
  const others = payment.refunds.filter((each) => each.outRequestNo !== refund.outRequestNo)
  const place = payment.refunds.findIndex((each) => each.outRequestNo === refund.outRequestNo)
  const refunds = place < 0 ? [...others, refund] : others.toSpliced(place, 0, refund)
  return { payment: { ...payment, refunds }, effects }
}

/** How long a call may take, and the pause after it. */
const callAndPause = (policy: Policy): number => policy.callTimeout + policy.refundRetryFrom

/** A request without an answer arrives no later than this, or never: what the re-checks of payments assume too. */
const requestLife = (policy: Policy): number => Math.max(policy.callTimeout, ...policy.recheckAfter)

/** Sends the request, or sends it again. Only the answer to the newest call counts from here on. */
const sendRefund = (payment: Payment, refund: Refund, at: number, policy: Policy): Step => {
  const sent: Refund = {
    ...refund,
    failure: undefined,
    next: 'send',
    askFrom: payment.version + 1,
    mayLandUntil: after(at, requestLife(policy)),
    dueAt: after(at, callAndPause(policy)),
  }
  return putRefund(payment, sent, { type: 'refund', outRequestNo: refund.outRequestNo })
}

const earlier = (a: Date | undefined, b: Date): Date => (a !== undefined && a < b ? a : b)

const askRefund = (payment: Payment, refund: Refund, at: number, policy: Policy): Step => {
  const asked: Refund = {
    ...refund,
    next: 'ask',
    askFrom: payment.version + 1,
    // What was sent before now arrives no later than that, also when the clock has been set back since.
    mayLandUntil: earlier(refund.mayLandUntil, after(at, requestLife(policy))),
    dueAt: after(at, callAndPause(policy)),
  }
  return putRefund(payment, asked, { type: 'refundQuery', outRequestNo: refund.outRequestNo })
}

/** When the refund query was asked whose answer counts: {@link askRefund} planned the next one from that moment. */
const askedAt = (refund: Refund, policy: Policy): number => (refund.dueAt?.getTime() ?? 0) - callAndPause(policy)

/**
 * What was to be told of a refund that is sent again is out of date. What the shop's code may be busy with keeps its
 * place, so that the end of the new attempt is told after it.
 */
const withoutUntold = (payment: Payment, outRequestNo: string, at: number, policy: Policy): Payment => {
  const others = reportsBut(payment, 'refund', outRequestNo)
  const busy = isBusyWith(payment, 'refund', outRequestNo, at, policy) ? payment.reports.slice(0, 1) : []
  return { ...payment, reports: [...busy, ...others] }
}

/** Journals a refund; the same number and amount again is the same refund, and sends a failed one again. */
export const onRefundRequested = (
  payment: Payment,
  order: RefundOrder,
  limit: string | undefined,
  at: number,
  policy: Policy,
): Step => {
  checkRefund(payment, order, limit)
  const known = findRefund(payment, order.outRequestNo)
  if (known !== undefined && isRepeat(known, order)) return stay(payment)
  const refund: Refund = {
    ...order,
    status: 'pending',
    failure: undefined,
    problem: undefined,
    needsAttention: false,
    requestedAt: new Date(at),
    settledAt: undefined,
    attempts: 0,
    next: 'send',
    askFrom: 0,
    mayLandUntil: undefined,
    dueAt: undefined,
  }
  return sendRefund(withoutUntold(payment, order.outRequestNo, at, policy), refund, at, policy)
}

const isOverdue = (refund: Refund, at: number, policy: Policy): boolean =>
  at >= refund.requestedAt.getTime() + policy.attentionAfter

/** A refund whose time has come. An earlier request without a recorded answer counts as unknown from now on. */
export const wakeRefund = (payment: Payment, refund: Refund, at: number, policy: Policy): Step => {
  const woken: Refund = {
    ...refund,
    attempts: Math.max(1, refund.attempts),
    needsAttention: isOverdue(refund, at, policy),
  }
  return refund.next === 'ask' ? askRefund(payment, woken, at, policy) : sendRefund(payment, woken, at, policy)
}

const settleRefund = (
  payment: Payment,
  refund: Refund,
  failure: Failure | undefined,
  at: number,
  policy: Policy,
): Step => {
  const settled: Refund = {
    ...refund,
    status: failure === undefined ? 'succeeded' : 'failed',
    failure,
    problem: undefined,
    needsAttention: false,
    settledAt: new Date(at),
    next: undefined,
    mayLandUntil: undefined,
    dueAt: undefined,
  }
  return withReport(putRefund(payment, settled).payment, 'refund', refund.outRequestNo, at, policy)
}

/** No useful answer, and none to the same call any more: the next try after a pause that grows, and the last question no later than it can be the last. */
const laterAgain = (
  payment: Payment,
  refund: Refund,
  problem: Failure | undefined,
  at: number,
  policy: Policy,
): Step => {
  const wait = after(at, backoff(policy.refundRetryFrom, policy.cancelRetryTo, refund.attempts))
  const { mayLandUntil } = refund
  const lastQuestion = refund.next === 'ask' && mayLandUntil !== undefined && mayLandUntil.getTime() > at
  return putRefund(payment, {
    ...refund,
    attempts: refund.attempts + 1,
    problem: problem === undefined ? refund.problem : problemAt(problem, at),
    needsAttention: isOverdue(refund, at, policy),
    askFrom: payment.version + 1,
    dueAt: lastQuestion && mayLandUntil < wait ? mayLandUntil : wait,
  })
}

/** Alipay has given the money back, whenever and by whichever request: proof, so it also corrects a failed refund. */
const onRefunded = (payment: Payment, refund: Refund, at: number, policy: Policy): Step =>
  refund.status === 'succeeded' ? stay(payment) : settleRefund(payment, refund, undefined, at, policy)

/** The answer to a refund request. After an unknown attempt a refusal proves nothing: the first one may have worked. */
export const onRefundReply = (
  payment: Payment,
  refund: Refund,
  outcome: RefundOutcome,
  asOf: number,
  at: number,
  policy: Policy,
): Step => {
  if (outcome.is === 'refunded') return onRefunded(payment, refund, at, policy)
  if (refund.status !== 'pending' || asOf < refund.askFrom) return stay(payment)
  switch (outcome.is) {
    case 'accepted':
      return askRefund(payment, { ...refund, failure: undefined }, at, policy)
    case 'refused':
      return refund.attempts === 0
        ? settleRefund(payment, refund, outcome.failure, at, policy)
        : askRefund(payment, { ...refund, failure: outcome.failure }, at, policy)
    case 'unknown':
      return laterAgain(payment, { ...refund, failure: undefined, next: 'send' }, outcome.problem, at, policy)
  }
}

/**
 * The answer to a refund query. Found is refunded. Not found is sent again; after a refusal it confirms the refusal,
 * once no earlier request can arrive any more.
 */
export const onRefundQueryReply = (
  payment: Payment,
  refund: Refund,
  outcome: RefundQueryOutcome,
  asOf: number,
  at: number,
  policy: Policy,
): Step => {
  if (outcome.is === 'refunded') return onRefunded(payment, refund, at, policy)
  if (refund.status !== 'pending' || asOf < refund.askFrom) return stay(payment)
  if (outcome.is === 'unknown') return laterAgain(payment, refund, outcome.problem, at, policy)
  const { failure, mayLandUntil } = refund
  if (failure === undefined) return laterAgain(payment, { ...refund, next: 'send' }, undefined, at, policy)
  return mayLandUntil !== undefined && askedAt(refund, policy) < mayLandUntil.getTime()
    ? laterAgain(payment, refund, undefined, at, policy)
    : settleRefund(payment, refund, failure, at, policy)
}
