import type { Refund, RefundOutcome, RefundQueryOutcome } from '../../src/index.ts'
import { failure, type News, SITUATIONS, seconds, type Till, UNKNOWN } from './till.ts'

export const BALANCE = failure('ACQ.SELLER_BALANCE_NOT_ENOUGH')
export const REFUSED: RefundOutcome = { is: 'refused', failure: BALANCE }

export const ask = (outRequestNo: string, refundAmount: string, reason?: string): News => ({
  type: 'refundRequested',
  refund: { outRequestNo, refundAmount, reason, operatorId: undefined },
})
export const reply = (outcome: RefundOutcome, outRequestNo = 'R1', asOf?: number): News =>
  asOf === undefined
    ? { type: 'refundReply', outRequestNo, outcome }
    : { type: 'refundReply', outRequestNo, outcome, asOf }
export const found = (outcome: RefundQueryOutcome, outRequestNo = 'R1', asOf?: number): News =>
  asOf === undefined
    ? { type: 'refundQueryReply', outRequestNo, outcome }
    : { type: 'refundQueryReply', outRequestNo, outcome, asOf }

export const refund = (till: Till, outRequestNo = 'R1'): Refund => {
  const known = till.payment.refunds.find((each) => each.outRequestNo === outRequestNo)
  if (known === undefined) throw new Error(`no refund ${outRequestNo}`)
  return known
}

/** Status, what is to be done, and when the refund wants to be looked at next. */
export const shown = (till: Till): string => {
  const { status, dueAt } = refund(till)
  return `${status} · ${till.effects.map(({ type }) => type).join('+') || '-'} · ${seconds(dueAt)}`
}

/** Paid at 1 s, told to the shop, and a refund of 30.00 yuan asked for at 100 s. */
export const pending = (): Till => {
  const till = SITUATIONS.paid()
  const [settled] = till.payment.reports
  return till
    .on({ type: 'reported', reportId: settled?.id ?? 0 })
    .at(100)
    .on(ask('R1', '30.00'))
}

export type State = 'pending' | 'unanswered' | 'resent' | 'asked' | 'doubted' | 'failed' | 'succeeded'

export const STATES: Readonly<Record<State, () => Till>> = {
  pending,
  /** The first request went unanswered. */
  unanswered: () => pending().at(110).on(reply(UNKNOWN)),
  /** Sent again at 113 s. */
  resent: () => STATES.unanswered().wake(113),
  /** Alipay took the request; no money moved with that answer. */
  asked: () =>
    pending()
      .at(101)
      .on(reply({ is: 'accepted' })),
  /** Refused at 114 s, after an unanswered request. */
  doubted: () => STATES.resent().at(114).on(reply(REFUSED)),
  failed: () => pending().at(101).on(reply(REFUSED)),
  succeeded: () =>
    pending()
      .at(101)
      .on(reply({ is: 'refunded' })),
}
