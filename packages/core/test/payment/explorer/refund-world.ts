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

const relative = (moment: Date | undefined, now: number): string =>
  moment === undefined ? '-' : String(Math.max(-1, Math.ceil((moment.getTime() - now) / UNIT)))

const answerOf = ({ answer }: RefundCall): string => (answer === undefined ? '' : answer.outcome.is)

/** Two worlds with the same key behave alike for ever. */
export const refundKeyOf = (world: RefundWorld): string => {
  const { now, payment } = world
  const fresh = (outRequestNo: string, asOf: number): string =>
    asOf >= (payment.refunds.find((refund) => refund.outRequestNo === outRequestNo)?.askFrom ?? 0) ? '+' : ''
  return [
    payment.refunds
      .map((refund) =>
        [
          refund.outRequestNo,
          refund.status,
          refund.next,
          relative(refund.dueAt, now),
          relative(refund.mayLandUntil, now),
          refund.attempts > 0,
          refund.failure !== undefined,
        ].join(),
      )
      .join(';'),
    world.pending
      .map(({ type, outRequestNo }) => `${type}${outRequestNo}`)
      .sort()
      .join(),
    world.calls
      .map((call) =>
        [
          call.kind,
          call.outRequestNo,
          call.awaited,
          fresh(call.outRequestNo, call.asOf),
          Math.min(REQUEST_LIFE / UNIT + 1, (now - call.sentAt) / UNIT),
          answerOf(call),
        ].join(),
      )
      .sort()
      .join(';'),
    Object.entries(world.givenBack)
      .map(([outRequestNo, at]) => `${outRequestNo}${Math.min(REQUEST_LIFE / UNIT + 1, (now - at) / UNIT)}`)
      .sort()
      .join(),
    world.asksLeft,
  ].join('|')
}
