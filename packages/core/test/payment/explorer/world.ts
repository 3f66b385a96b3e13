import type { Effect, Payment, PaymentEvent, Policy, Transition } from '../../../src/index.ts'

/** One unit of time: a minute, because Alipay counts the life of a QR code in minutes. */
export const UNIT = 60_000

export const EXPLORED_POLICY: Policy = {
  firstQueryAfter: UNIT,
  pollEvery: UNIT,
  payWithin: 2 * UNIT,
  callTimeout: UNIT,
  cancelRetryFrom: UNIT,
  cancelRetryTo: UNIT,
  attentionAfter: UNIT,
  recheckAfter: [UNIT, 2 * UNIT],
  refundRetryFrom: UNIT,
  reportWithin: UNIT,
  reportRetryFrom: UNIT,
}

export type Machine = (payment: Payment, event: PaymentEvent, policy: Policy) => Transition<Payment>
export type Unstamped<E> = E extends unknown ? Omit<E, 'at'> : never
export type News = Unstamped<PaymentEvent>

/** What Alipay's books say about our number. */
export type Trade = 'none' | 'waiting' | 'paid' | 'closed' | 'refunded'

/** A call on the network. Once nobody waits for it any more it may still arrive, or never. */
export interface Call {
  readonly kind: 'pay' | 'offer' | 'query' | 'cancel'
  readonly awaited: boolean
  /** What Alipay answered; undefined while the request is on its way. */
  readonly answer: News | undefined
  /** The payment's version when it was sent. */
  readonly asOf: number
}

/** An effect not yet carried out, and the version of the row it came from. */
export interface Pending {
  readonly effect: Effect
  readonly asOf: number
}

/** Everything there is: our books, our memory, the network, Alipay, the buyer. */
export interface World {
  readonly now: number
  /** The committed row. */
  readonly payment: Payment
  /** Lost in a crash: what this process still means to do. */
  readonly pending: readonly Pending[]
  readonly calls: readonly Call[]
  /** The shop's code has run for this report; committing that is still to come. Lost in a crash. */
  readonly telling: News | undefined
  /** The last status the shop was told. */
  readonly told: string | undefined
  readonly trade: Trade
  /** Notifications still to be delivered, duplicates included. */
  readonly paidNotifications: number
  readonly closedNotifications: number
  /** Alipay will not cancel this trade any more. */
  readonly cancelForbidden: boolean
  readonly paysSent: number
  readonly tillCancelled: boolean
  readonly everPaid: boolean
  /** A cancel changed the trade after `paid` had been committed. */
  readonly reversedAfterPaid: boolean
  /** The buyer has seen a QR code; no reply of ours takes it back. */
  readonly qrShown: boolean
}

/** Two minutes to pay make a QR code live three, from the moment Alipay made it: at most one call after we asked. */
const QR_LIFE = 3 * UNIT + EXPLORED_POLICY.callTimeout

/** True while somebody who saw the QR code can still scan it. */
export const canBeScanned = ({ qrShown, payment, now }: World): boolean =>
  qrShown && now < payment.createdAt.getTime() + QR_LIFE

const relative = (moment: Date | undefined, now: number, least = -1): number | string => {
  if (moment === undefined) return '-'
  return Math.max(least, Math.ceil((moment.getTime() - now) / UNIT))
}

const short = (value: unknown): string => {
  if (value === undefined) return '-'
  const { type, outcome, news } = value as { type: string; outcome?: { is: string }; news?: { is: string } }
  return `${type}:${outcome?.is ?? news?.is ?? ''}`
}

/** Two worlds with the same key behave alike for ever: absolute time, ids and the audit trail do not matter. */
export const keyOf = (world: World): string => {
  const { payment: p, now } = world
  const reportIndex = (id: number) => p.reports.findIndex((report) => report.id === id)
  const fresh = (kind: string, asOf: number) => (kind === 'query' && asOf >= p.askFrom ? '+' : '')
  const effect = ({ effect: each, asOf }: Pending) =>
    each.type === 'report' ? `report${reportIndex(each.report.id)}` : `${each.type}${fresh(each.type, asOf)}`
  const telling = world.telling as { type: string; reportId: number } | undefined
  const c = p.cancellation
  return [
    p.status,
    relative(p.nextAt, now),
    relative(p.deadlineAt, now, world.qrShown ? -2 : -1),
    p.settledAt === undefined ? '-' : Math.min(3, (now - p.settledAt.getTime()) / UNIT),
    `${p.payUnknown}${p.needsAttention}${p.lateSuccess}`,
    p.rechecks,
    c === undefined ? '-' : `${c.next}${c.reason === 'late'}${Math.min(2, (now - c.startedAt.getTime()) / UNIT)}`,
    p.reports.map((report) => relative(report.dueAt, now)).join(),
    world.pending.map(effect).join(),
    world.calls
      .map((call) => `${call.kind}${call.awaited ? '!' : '?'}${fresh(call.kind, call.asOf)}${short(call.answer)}`)
      .sort()
      .join(),
    telling === undefined ? '-' : `${telling.type}${reportIndex(telling.reportId)}`,
    world.told,
    world.trade,
    world.paidNotifications,
    world.closedNotifications,
    `${world.cancelForbidden}${world.tillCancelled}${world.everPaid}${world.reversedAfterPaid}${world.qrShown}`,
    world.paysSent,
  ].join('|')
}
