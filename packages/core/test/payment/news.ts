import { type Arbitrary, array, constant, constantFrom, integer, nat, oneof, record } from 'fast-check'
import type { RefundOutcome, RefundQueryOutcome, TradeFacts } from '../../src/index.ts'
import {
  CANCEL,
  CANCEL_AGAIN,
  CANCEL_BLOCKED,
  CANCEL_IMPOSSIBLE,
  FOREIGN,
  failure,
  type News,
  NOT_FOUND,
  OURS,
  PAID_AT,
  refused,
  SITUATIONS,
  type Situation,
  UNKNOWN,
  WAKE,
} from './till.ts'

/** Something that happens, so many ms after the last; an answer may be to a question asked some versions ago. */
export interface Happening {
  readonly news: News
  readonly after: number
  readonly versionsAgo: number
}

const facts: Arbitrary<TradeFacts> = constantFrom<TradeFacts>({}, OURS, OURS, { ...OURS, paidAt: PAID_AT }, FOREIGN)
const trustedFacts: Arbitrary<TradeFacts> = constantFrom<TradeFacts>({}, OURS, { ...OURS, paidAt: PAID_AT })
const outRequestNo = constantFrom('R1', 'R2', 'R3')
const is = <T extends string>(...values: T[]) => constantFrom(...values)

const pay = oneof(
  record({ is: is('paid', 'waiting'), facts }),
  constant(UNKNOWN),
  constantFrom(refused(), refused('ACQ.NEW', false)),
).map((outcome): News => ({ type: 'payReply', outcome }))

const offer = constantFrom(UNKNOWN, refused(), { is: 'offered', qrCode: 'https://qr/1' } as const).map(
  (outcome): News => ({ type: 'offerReply', outcome }),
)

const query = oneof(record({ is: is('paid', 'waiting', 'closed'), facts }), constantFrom(UNKNOWN, NOT_FOUND)).map(
  (outcome): News => ({ type: 'queryReply', outcome }),
)

const cancel = oneof(
  record({ is: is('closed', 'refunded', 'nothing'), facts }).map((outcome): News => ({ type: 'cancelReply', outcome })),
  constantFrom(CANCEL_AGAIN, CANCEL_BLOCKED, CANCEL_IMPOSSIBLE),
)

const notify = record({ is: is('paid', 'waiting', 'closed'), facts: trustedFacts }).map(
  (news): News => ({ type: 'notify', news }),
)

const refundRequested = record({ outRequestNo, refundAmount: constantFrom('0.01', '30.00', '50.00', '88.88') }).map(
  (refund): News => ({ type: 'refundRequested', refund: { ...refund, reason: undefined, operatorId: undefined } }),
)

const refundReply = record({
  outRequestNo,
  outcome: constantFrom<RefundOutcome>(
    { is: 'refunded' },
    { is: 'accepted' },
    { is: 'refused', failure: failure('ACQ.SELLER_BALANCE_NOT_ENOUGH') },
    UNKNOWN,
  ),
}).map((reply): News => ({ type: 'refundReply', ...reply }))

const refundQueryReply = record({
  outRequestNo,
  outcome: constantFrom<RefundQueryOutcome>({ is: 'refunded' }, { is: 'nothing' }, UNKNOWN),
}).map((reply): News => ({ type: 'refundQueryReply', ...reply }))

const report = record({ type: is('reported', 'reportFailed', 'reportLeft'), reportId: nat(12) })

const news: Arbitrary<News> = oneof(
  { arbitrary: constant(WAKE), weight: 8 },
  { arbitrary: query, weight: 4 },
  { arbitrary: cancel, weight: 4 },
  { arbitrary: pay, weight: 2 },
  { arbitrary: refundRequested, weight: 2 },
  { arbitrary: refundReply, weight: 3 },
  { arbitrary: refundQueryReply, weight: 3 },
  { arbitrary: notify, weight: 1 },
  { arbitrary: offer, weight: 1 },
  { arbitrary: report, weight: 2 },
  { arbitrary: constantFrom<News>(CANCEL, { type: 'start' }), weight: 1 },
)

/** Mostly time goes on a little; sometimes by a lot, and sometimes the clock is set back. */
const after = oneof(
  { arbitrary: integer({ min: 0, max: 20_000 }), weight: 8 },
  { arbitrary: integer({ min: 0, max: 1_000_000 }), weight: 1 },
  { arbitrary: integer({ min: -4_000_000, max: 0 }), weight: 1 },
)

/** Any situation; paid, often, because only what is paid can be refunded. */
export const situations: Arbitrary<Situation> = oneof(
  { arbitrary: constantFrom(...(Object.keys(SITUATIONS) as Situation[])), weight: 3 },
  { arbitrary: constant<Situation>('paid'), weight: 1 },
)

/** Anything, in any order: what no Alipay would send is in it too. */
export const happenings: Arbitrary<Happening[]> = array(
  record({ news, after, versionsAgo: oneof(constant(0), nat(5)) }),
  { maxLength: 60, size: 'max' },
)
