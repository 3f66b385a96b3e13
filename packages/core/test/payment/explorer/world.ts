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

/** The shop's code has run for a report, or thrown. */
export type Telling = Extract<News, { type: 'reported' | 'reportFailed' }>

/** Everything there is: our books, our memory, the network, Alipay, the buyer. */
export interface World {
  readonly now: number
  /** The committed row. */
  readonly payment: Payment
  /** Lost in a crash: what this process still means to do. */
  readonly pending: readonly Pending[]
  readonly calls: readonly Call[]
  /** The shop's code has run for this report; committing that is still to come. Lost in a crash. */
  readonly telling: Telling | undefined
  /** The last status the shop was told. */
  readonly told: Payment['status'] | undefined
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
