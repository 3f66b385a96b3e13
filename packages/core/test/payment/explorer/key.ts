import type {
  Cancellation,
  CancelOutcome,
  Effect,
  OfferOutcome,
  Payment,
  PayOutcome,
  QueryOutcome,
} from '../../../src/index.ts'
import { type Call, type News, type Pending, type Telling, type Trade, UNIT, type World } from './world.ts'

const STATUS = {
  created: 1,
  paying: 2,
  confirming: 3,
  cancelling: 4,
  paid: 5,
  failed: 6,
  closed: 7,
  reversed: 8,
} as const satisfies Record<Payment['status'], number>
const TRADE = { none: 0, waiting: 1, paid: 2, closed: 3, refunded: 4 } as const satisfies Record<Trade, number>
const NEXT = { reply: 0, cancel: 1, ask: 2 } as const satisfies Record<Cancellation['next'], number>
const CALL = { pay: 0, offer: 1, query: 2, cancel: 3 } as const satisfies Record<Call['kind'], number>
/** What a reply may say. */
const ANSWER = {
  paid: 1,
  waiting: 2,
  refused: 3,
  unknown: 4,
  offered: 5,
  notFound: 6,
  closed: 7,
  refunded: 8,
  nothing: 9,
  impossible: 10,
  again: 11,
} as const satisfies Record<(PayOutcome | OfferOutcome | QueryOutcome | CancelOutcome)['is'], number>
const ANSWERS = 12

/** `moment` in steps from now, none of them further back than `least`; 0 for no moment. */
export const ahead = (moment: Date | undefined, now: number, least = -1): number =>
  moment === undefined ? 0 : 3 + Math.max(least, Math.ceil((moment.getTime() - now) / UNIT))

/** How many steps ago, at most `most`. */
export const age = (at: number, now: number, most: number): number => {
  const steps = (now - at) / UNIT
  if (!Number.isInteger(steps)) throw new Error('time passes in whole steps')
  return Math.min(most, steps)
}

export const flags = (a: boolean, b: boolean, c = false, d = false, e = false): number =>
  Number(a) + 2 * Number(b) + 4 * Number(c) + 8 * Number(d) + 16 * Number(e)

const reportIndex = (payment: Payment, id: number): number => payment.reports.findIndex((report) => report.id === id)

/** 1 for a question whose answer will count. */
const fresh = (asOf: number, payment: Payment): number => Number(asOf >= payment.askFrom)

const effectCode = ({ effect, asOf }: Pending, payment: Payment): number => {
  if (effect.type === 'report') return 16 + reportIndex(payment, effect.report.id)
  if (effect.type === 'query') return 8 + fresh(asOf, payment)
  return CALL[effect.type as Exclude<Effect['type'], 'refund' | 'refundQuery' | 'report'>]
}

const answerCode = (answer: News | undefined): number =>
  answer === undefined || !('outcome' in answer) ? 0 : ANSWER[answer.outcome.is as keyof typeof ANSWER]

const callCode = ({ kind, awaited, answer, asOf }: Call, payment: Payment): number =>
  ((CALL[kind] * 2 + Number(awaited)) * 2 + (kind === 'query' ? fresh(asOf, payment) : 0)) * ANSWERS +
  answerCode(answer)

const tellingCode = (telling: Telling | undefined, payment: Payment): number =>
  telling === undefined ? 0 : 3 + 2 * reportIndex(payment, telling.reportId) + Number(telling.type === 'reported')

const cancellationCode = ({ cancellation }: Payment, now: number): number =>
  cancellation === undefined
    ? 0
    : 1 +
      (NEXT[cancellation.next] * 2 + Number(cancellation.reason === 'late')) * 3 +
      age(cancellation.startedAt.getTime(), now, 2)

export const byValue = (one: number, other: number): number => one - other

/**
 * Two worlds with the same key behave alike for ever: absolute time, ids and the audit trail do not matter. A key has a
 * character for each number: it is made and compared millions of times, so it must be short and in one piece.
 */
export const keyOf = (world: World): string => {
  const { payment: p, now } = world
  const codes = [
    STATUS[p.status],
    ahead(p.nextAt, now),
    ahead(p.deadlineAt, now, world.qrShown ? -2 : -1),
    p.settledAt === undefined ? 0 : 1 + age(p.settledAt.getTime(), now, 3),
    flags(p.payUnknown, p.needsAttention, p.lateSuccess),
    p.rechecks,
    cancellationCode(p, now),
    tellingCode(world.telling, p),
    world.told === undefined ? 0 : STATUS[world.told],
    TRADE[world.trade],
    world.paidNotifications,
    world.closedNotifications,
    flags(world.cancelForbidden, world.tillCancelled, world.everPaid, world.reversedAfterPaid, world.qrShown),
    world.paysSent,
    p.reports.length,
    world.pending.length,
  ]
  for (const { dueAt } of p.reports) codes.push(ahead(dueAt, now))
  for (const each of world.pending) codes.push(effectCode(each, p))
  if (world.calls.length === 1) codes.push(callCode(world.calls[0]!, p))
  else if (world.calls.length > 1) codes.push(...world.calls.map((call) => callCode(call, p)).sort(byValue))
  return String.fromCharCode(...codes)
}
