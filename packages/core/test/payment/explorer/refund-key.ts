import type { Payment, Refund, RefundStatus } from '../../../src/index.ts'
import { findRefund } from '../../../src/payment/payment.ts'
import { age, ahead, byValue, flags } from './key.ts'
import { REQUEST_LIFE, type RefundCall, type RefundEffect, type RefundNews, type RefundWorld } from './refund-world.ts'
import { UNIT } from './world.ts'

const STATUS = { pending: 0, succeeded: 1, failed: 2 } as const satisfies Record<RefundStatus, number>
const NEXT = { send: 1, ask: 2 } as const satisfies Record<NonNullable<Refund['next']>, number>
const KIND = { refund: 0, refundQuery: 1 } as const satisfies Record<RefundEffect['type'], number>
const ANSWER = { refunded: 1, accepted: 2, refused: 3, unknown: 4, nothing: 5 } as const satisfies Record<
  RefundNews['outcome']['is'],
  number
>

/** What is older than a request can get makes no difference. */
const OLD = REQUEST_LIFE / UNIT + 1

/** The refunds are called R1, R2. */
const digit = (outRequestNo: string): number => outRequestNo.charCodeAt(1)

const callCode = ({ kind, outRequestNo, awaited, asOf, sentAt, answer }: RefundCall, world: RefundWorld): number => {
  const isFresh = asOf >= (findRefund(world.payment, outRequestNo)?.askFrom ?? 0)
  const reply = answer === undefined ? 0 : ANSWER[answer.outcome.is]
  return (
    ((digit(outRequestNo) * 8 + flags(KIND[kind] === 1, awaited, isFresh)) * 4 + age(sentAt, world.now, OLD)) * 8 +
    reply
  )
}

const refundCodes = ({ refunds }: Payment, now: number): number[] =>
  refunds.flatMap((refund) => [
    digit(refund.outRequestNo),
    STATUS[refund.status] * 3 + (refund.next === undefined ? 0 : NEXT[refund.next]),
    ahead(refund.dueAt, now),
    ahead(refund.mayLandUntil, now),
    flags(refund.attempts > 0, refund.failure !== undefined),
  ])

/** Two worlds with the same key behave alike for ever. */
export const refundKeyOf = (world: RefundWorld): string => {
  const { now, payment, pending, calls, givenBack, asksLeft } = world
  const given = Object.entries(givenBack).map(([outRequestNo, at]) => digit(outRequestNo) * 4 + age(at, now, OLD))
  return String.fromCharCode(
    asksLeft,
    payment.refunds.length,
    pending.length,
    given.length,
    ...refundCodes(payment, now),
    ...pending.map(({ type, outRequestNo }) => digit(outRequestNo) * 2 + KIND[type]).sort(byValue),
    ...given.sort(byValue),
    ...calls.map((call) => callCode(call, world)).sort(byValue),
  )
}
