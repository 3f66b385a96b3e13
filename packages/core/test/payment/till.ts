import { expect } from 'vitest'
import {
  completePolicy,
  type Effect,
  type Failure,
  type Payment,
  type PaymentEvent,
  type PayOutcome,
  type Policy,
  prepareBarcode,
  prepareQr,
  type QueryOutcome,
  type TradeFacts,
  transition,
} from '../../src/index.ts'

/** The instant every payment of these tests is created. */
export const START = Date.UTC(2026, 2, 29, 1, 2, 3)

type Unstamped<E> = E extends unknown ? Omit<E, 'at' | 'asOf'> & { readonly asOf?: number } : never
/** An event as tests write it: the time is the till's, and an answer is to a question just asked. */
export type News = Unstamped<PaymentEvent>

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const member of Object.values(value)) deepFreeze(member)
  }
  return value
}

export interface TillOptions {
  readonly kind?: 'barcode' | 'qr'
  readonly policy?: Partial<Policy>
  readonly payWithin?: number
}

const ORDER = { outTradeNo: 'T1', totalAmount: '88.88', subject: 'tea' }

/** One payment and its machine. Every event is checked to leave its input alone and to count versions rightly. */
export class Till {
  readonly policy: Policy
  payment: Payment
  effects: readonly Effect[] = []
  /** ms after {@link START}. */
  now = 0

  constructor({ kind = 'barcode', policy = {}, payWithin }: TillOptions = {}) {
    this.policy = deepFreeze(completePolicy(policy))
    const prepared =
      kind === 'qr'
        ? prepareQr({ ...ORDER, payWithin }, this.policy, START)
        : prepareBarcode({ ...ORDER, payWithin, authCode: '281234567890123456' }, this.policy, START)
    this.payment = deepFreeze(prepared.payment)
  }

  /** Moves the clock to `seconds` after {@link START}. */
  at(seconds: number): this {
    this.now = Math.round(seconds * 1_000)
    return this
  }

  on(news: News): this {
    const before = this.payment
    const event = { asOf: before.version, ...news, at: START + this.now } as PaymentEvent
    const { payment, effects } = transition(before, deepFreeze(event), this.policy)
    if (payment !== before) {
      expect(payment).not.toEqual(before)
      expect(payment.version).toBe(before.version + 1)
      expect(payment.updatedAt).toEqual(new Date(START + this.now))
    }
    this.payment = deepFreeze(payment)
    this.effects = deepFreeze(effects)
    return this
  }

  wake(seconds: number): this {
    return this.at(seconds).on({ type: 'wake' })
  }

  /** Wakes at the very moment that is due. */
  wakeWhenDue(): this {
    const { dueAt } = this.payment
    if (dueAt === undefined) throw new Error('nothing is due')
    return this.wake((dueAt.getTime() - START) / 1_000)
  }

  /** Status, what is to be done, and when the status wants to be looked at next, in seconds. */
  get shown(): string {
    const what = this.effects.map(({ type }) => type).join('+')
    return `${this.payment.status} · ${what || '-'} · ${seconds(this.payment.nextAt)}`
  }
}

/** Seconds after {@link START}, or `-`. */
export const seconds = (moment: Date | undefined): string =>
  moment === undefined ? '-' : `${(moment.getTime() - START) / 1_000} s`

export const failure = (subCode: string | undefined, code = '40004'): Failure => ({ code, subCode, message: 'words' })
export const NO_ANSWER: Failure = { code: 'UNKNOWN_TIMEOUT', subCode: undefined, message: 'no answer in time' }
export const UNKNOWN = { is: 'unknown', problem: NO_ANSWER } as const
export const OURS: TradeFacts = { totalAmount: '88.88', tradeNo: '2026032922001', buyerLogonId: '159****5620' }
export const FOREIGN: TradeFacts = { totalAmount: '5.00', tradeNo: '2025010122001' }
export const PAID_AT = new Date(START + 4_000)

export const pays = (outcome: PayOutcome): News => ({ type: 'payReply', outcome })
export const answers = (outcome: QueryOutcome, asOf?: number): News =>
  asOf === undefined ? { type: 'queryReply', outcome } : { type: 'queryReply', outcome, asOf }
export const paid = (facts = OURS) => ({ is: 'paid', facts }) as const
export const waiting = (facts = OURS) => ({ is: 'waiting', facts }) as const
export const closed = (facts = OURS) => ({ is: 'closed', facts }) as const
export const NOT_FOUND = { is: 'notFound' } as const
export const refused = (subCode = 'ACQ.BUYER_BALANCE_NOT_ENOUGH', certain = true) =>
  ({ is: 'refused', failure: failure(subCode), certain }) as const
export const cancels = (is: 'closed' | 'refunded' | 'nothing', facts: TradeFacts = OURS): News => ({
  type: 'cancelReply',
  outcome: { is, facts },
})
export const CANCEL_AGAIN: News = { type: 'cancelReply', outcome: { is: 'again', problem: NO_ANSWER, blocked: false } }
export const CANCEL_BLOCKED: News = {
  type: 'cancelReply',
  outcome: { is: 'again', problem: failure('ACQ.SELLER_BALANCE_NOT_ENOUGH'), blocked: true },
}
export const CANCEL_IMPOSSIBLE: News = {
  type: 'cancelReply',
  outcome: { is: 'impossible', problem: failure('ACQ.TRADE_CANCEL_TIME_OUT') },
}
export const notifies = (is: 'paid' | 'waiting' | 'closed', facts: TradeFacts = OURS): News => ({
  type: 'notify',
  news: { is, facts },
})
export const CANCEL: News = { type: 'cancelRequested' }
export const WAKE: News = { type: 'wake' }

export type Situation =
  | 'created'
  | 'paying'
  | 'confirming'
  | 'unsure'
  | 'recalling'
  | 'cancelling'
  | 'asking'
  | 'paid'
  | 'failed'
  | 'closed'
  | 'watched'
  | 'reversed'
  | 'late'
  | 'qrAsked'
  | 'qrShown'

/** A payment in every situation the machine knows, each reached the way it is reached in life. */
export const SITUATIONS: Readonly<Record<Situation, () => Till>> = {
  created: () => new Till(),
  /** The money was asked for at 0 s. */
  paying: () => new Till().on({ type: 'start' }),
  /** 10003 at 1 s. */
  confirming: () => SITUATIONS.paying().at(1).on(pays(waiting())),
  /** `pay` timed out at 10 s. */
  unsure: () => SITUATIONS.paying().at(10).on(pays(UNKNOWN)),
  /** The till cancelled at 2 s, before the pay reply. */
  recalling: () => SITUATIONS.paying().at(2).on(CANCEL),
  /** The deadline passed at 60 s. */
  cancelling: () => SITUATIONS.confirming().at(60).on(answers(waiting())),
  /** The cancel was impossible at 61 s. */
  asking: () => SITUATIONS.cancelling().at(61).on(CANCEL_IMPOSSIBLE),
  paid: () => SITUATIONS.paying().at(1).on(pays(paid())),
  failed: () => SITUATIONS.paying().at(1).on(pays(refused())),
  /** Closed for good by a cancel. */
  closed: () => SITUATIONS.cancelling().at(61).on(cancels('closed')),
  /** Alipay knew no such trade at 61 s; looked at again 30 s and 300 s later. */
  watched: () => SITUATIONS.cancelling().at(61).on(cancels('nothing', {})),
  reversed: () => SITUATIONS.cancelling().at(61).on(cancels('refunded')),
  /** Found paid at 91 s, though closed. */
  late: () => SITUATIONS.watched().wake(91).on(answers(paid())),
  qrAsked: () => new Till({ kind: 'qr' }).on({ type: 'start' }),
  qrShown: () =>
    SITUATIONS.qrAsked()
      .at(1)
      .on({ type: 'offerReply', outcome: { is: 'offered', qrCode: 'https://qr/1' } }),
}
