import type { NotifyNews, OfferOutcome, PayOutcome, QueryOutcome, TradeFacts, Unknown } from './event.ts'
import type { Failure, Payment } from './payment.ts'
import type { Policy } from './policy.ts'
import {
  after,
  beginCancel,
  change,
  enter,
  isForeign,
  isPastDeadline,
  knows,
  learn,
  problemAt,
  type Step,
  settle,
  settleForeign,
  stay,
} from './step.ts'

export const NO_REPLY_RECORDED: Unknown = {
  is: 'unknown',
  problem: {
    code: 'UNKNOWN_CONNECTION_LOST',
    subCode: undefined,
    message: 'No reply was recorded: the process or its connection ended first.',
  },
}

const BUYER_MUST_CONFIRM = 'the buyer must confirm'

/** created → paying: the row is journalled with this state, and then the request leaves. */
export const onStart = (payment: Payment, at: number, policy: Policy): Step => {
  if (payment.status !== 'created') return stay(payment)
  return change(
    enter(payment, 'paying', payment.kind === 'qr' ? 'asking for a QR code' : 'asking for the money', at),
    { nextAt: after(at, policy.callTimeout + policy.firstQueryAfter) },
    { type: payment.kind === 'qr' ? 'offer' : 'pay' },
  )
}

/** The outcome of `pay` is not known: ask at once, and remember that a late request may still land. */
export const askAfterUnknown = (
  payment: Payment,
  { problem, tradeExisted }: Unknown,
  at: number,
  policy: Policy,
): Step =>
  change(
    enter(payment, 'confirming', `the outcome is unknown (${problem.subCode ?? problem.code})`, at),
    {
      payUnknown: true,
      failure: tradeExisted === true ? problem : undefined,
      problem: problemAt(problem, at),
      nextAt: after(at, policy.callTimeout + policy.pollEvery),
    },
    { type: 'query' },
  )

/** The next query, the last one no later than the deadline. */
const nextQuery = (payment: Payment, at: number, wait: number): Date =>
  new Date(Math.min(at + wait, payment.deadlineAt.getTime()))

/** The first reply to `pay`, while nothing else has happened. */
export const onPayReply = (payment: Payment, outcome: PayOutcome, at: number, policy: Policy): Step => {
  if ('facts' in outcome && isForeign(payment, outcome.facts)) return settleForeign(payment, outcome.facts, at, policy)
  switch (outcome.is) {
    case 'paid':
      return settle(learn(payment, outcome.facts), 'paid', 'Alipay took the money', at, policy)
    case 'refused':
      return settle(
        { ...payment, payUnknown: payment.payUnknown || !outcome.certain },
        'failed',
        `refused (${outcome.failure.subCode ?? outcome.failure.code})`,
        at,
        policy,
        { failure: outcome.failure },
      )
    case 'waiting': {
      if (payment.status === 'confirming') return noteFacts(payment, outcome.facts)
      const confirming = enter(learn(payment, outcome.facts), 'confirming', BUYER_MUST_CONFIRM, at)
      return change(confirming, { nextAt: nextQuery(payment, at, policy.firstQueryAfter) })
    }
    case 'unknown':
      if (payment.status !== 'confirming') return askAfterUnknown(payment, outcome, at, policy)
      return outcome.tradeExisted === true ? change(payment, { failure: outcome.problem }) : stay(payment)
  }
}

/** The reply to a request for a QR code. A code that may exist but cannot be shown is cancelled at once. */
export const onOfferReply = (payment: Payment, outcome: OfferOutcome, at: number, policy: Policy): Step => {
  if (payment.status !== 'paying') return stay(payment)
  switch (outcome.is) {
    case 'offered': {
      const confirming = enter(payment, 'confirming', 'the QR code can be scanned', at)
      return change(confirming, { qrCode: outcome.qrCode, nextAt: nextQuery(payment, at, policy.firstQueryAfter) })
    }
    case 'refused':
      return onPayReply(payment, outcome, at, policy)
    case 'unknown':
      return unoffered(payment, outcome.problem, at, policy)
  }
}

/** Nobody has seen the QR code, so nobody can pay it: closing it loses nothing. */
export const unoffered = (payment: Payment, problem: Failure, at: number, policy: Policy): Step =>
  beginCancel({ ...payment, payUnknown: true, problem: problemAt(problem, at) }, 'unoffered', at, policy)

/** A query's answer while the buyer has time. */
export const onWaitingQuery = (payment: Payment, outcome: QueryOutcome, at: number, policy: Policy): Step => {
  if ((outcome.is === 'paid' || outcome.is === 'waiting') && isForeign(payment, outcome.facts)) {
    return settleForeign(payment, outcome.facts, at, policy)
  }
  if (outcome.is === 'paid') return settle(learn(payment, outcome.facts), 'paid', 'a query found it paid', at, policy)
  if (outcome.is === 'closed')
    return settle(learn(payment, outcome.facts), 'closed', 'a query found it closed', at, policy)
  if (payment.status !== 'confirming') return stay(payment)

  const known = outcome.is === 'waiting' ? learn({ ...payment, problem: undefined }, outcome.facts) : payment
  const noted = outcome.is === 'unknown' ? { ...known, problem: problemAt(outcome.problem, at) } : known
  if (isPastDeadline(payment, at)) return beginCancel(noted, 'deadline', at, policy)
  return change(noted, { nextAt: nextQuery(payment, at, policy.pollEvery) })
}

/** A verified notification while the buyer has time. */
export const onWaitingNotify = (payment: Payment, news: NotifyNews, at: number, policy: Policy): Step => {
  if (news.is === 'paid') return settle(learn(payment, news.facts), 'paid', 'Alipay notified: paid', at, policy)
  if (news.is === 'closed' && payment.status === 'confirming') {
    return settle(learn(payment, news.facts), 'closed', 'Alipay notified: closed', at, policy)
  }
  return noteFacts(payment, news.facts)
}

/** Keeps what was said about the trade, without deciding anything by it. */
export const noteFacts = (payment: Payment, facts: TradeFacts): Step =>
  knows(payment, facts) ? stay(payment) : stay(learn(payment, facts))
