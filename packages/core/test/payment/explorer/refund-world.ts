import type { Effect, Payment, PaymentEvent } from '../../../src/index.ts'
import { UNIT, type Unstamped } from './world.ts'

/** No request arrives, and no refund stays invisible, longer than this; the last re-check comes later. */
export const REQUEST_LIFE = UNIT

export type RefundNews = Unstamped<Extract<PaymentEvent, { type: 'refundReply' | 'refundQueryReply' }>>
export type RefundEffect = Extract<Effect, { type: 'refund' | 'refundQuery' }>

/** A call about one refund. Once nobody waits for it any more it may still arrive, or never. */
export interface RefundCall {
  readonly kind: RefundEffect['type']
  readonly outRequestNo: string
  readonly awaited: boolean
  readonly sentAt: number
  /** What Alipay answered; undefined while the request is on its way. */
  readonly answer: RefundNews | undefined
  /** The payment's version when it was sent. */
  readonly asOf: number
}

/** Our books, the network and Alipay, about one paid payment and its refunds. */
export interface RefundWorld {
  readonly now: number
  readonly payment: Payment
  /** Lost in a crash: what some worker still means to do. It does so before time passes. */
  readonly pending: readonly RefundEffect[]
  readonly calls: readonly RefundCall[]
  /** When Alipay gave back each refund's money. The same number gives it back once, whatever arrives how often. */
  readonly givenBack: Readonly<Record<string, number>>
  /** How often the shop may still ask for a refund. */
  readonly asksLeft: number
}

/** The sum that Alipay has given back, in fen. It does not refuse too much, so that only our books prevent it. */
export const sumGivenBack = ({ givenBack }: RefundWorld, amounts: Readonly<Record<string, number>>): number =>
  Object.keys(givenBack).reduce((sum, outRequestNo) => sum + (amounts[outRequestNo] ?? 0), 0)

/** A request that may still give money back. */
export const mayStillArrive = (world: RefundWorld, call: RefundCall): boolean =>
  call.kind === 'refund' && call.answer === undefined && world.now - call.sentAt <= REQUEST_LIFE
