import { describe, expect, test } from 'vitest'
import { type Payment, type Refund, type RefundOrder, transition } from '../../../src/index.ts'
import { exploreRefunds } from './explore-refunds.ts'
import type { RefundScope } from './refund-moves.ts'
import { report } from './search.ts'
import type { Machine } from './world.ts'

const order = (outRequestNo: string): RefundOrder => ({
  outRequestNo,
  refundAmount: '0.60',
  reason: undefined,
  operatorId: undefined,
})

const FULL = process.env.F2F_EXPLORE === 'full'
const ONE: RefundScope = { orders: [order('R1')], asks: 2, inTheAir: 4 }
/** Together they would give back more than was paid. */
const TWO: RefundScope = { orders: [order('R1'), order('R2')], asks: 3, inTheAir: FULL ? 3 : 2 }

describe('every reachable state of refunds × network × Alipay × crash', () => {
  test.each<[string, RefundScope]>([
    ['one refund, asked for twice', ONE],
    ['two refunds, asked for three times', TWO],
  ])('the invariants hold for %s', { timeout: 600_000 }, (what, scope) => {
    const found = exploreRefunds(transition, scope)
    report(what, found)
    expect(found.counterexample).toBeUndefined()
    expect(found.states).toBeGreaterThan(10_000)
  })
})

type Event = Parameters<Machine>[1]

/** The machine, believing something about the refunds before each event that is not so. */
const believing =
  (what: (refund: Refund, event: Event) => Partial<Refund>): Machine =>
  (payment, event, policy) => {
    const refunds = payment.refunds.map((refund) => ({ ...refund, ...what(refund, event) }))
    const { payment: next, effects } = transition({ ...payment, refunds }, event, policy)
    return { payment: next, effects }
  }

/** The machine with a deliberate fault put into the refunds it returns. */
const leaving =
  (what: (refund: Refund, event: Event) => Partial<Refund>): Machine =>
  (payment, event, policy) => {
    const { payment: next, effects } = transition(payment, event, policy)
    const refunds = next.refunds.map((refund) => ({ ...refund, ...what(refund, event) }))
    const faulty: Payment = { ...next, refunds }
    return { payment: faulty, effects }
  }

describe('a seeded fault is caught, with a shortest way to it', () => {
  test.each<[string, Machine, RegExp]>([
    [
      'a refusal is believed though an earlier request is still on its way',
      believing((_, event) => (event.type === 'refundReply' ? { attempts: 0 } : {})),
      /^R2/,
    ],
    [
      'a refusal is believed as soon as a query finds nothing',
      believing((_, event) => (event.type === 'refundQueryReply' ? { mayLandUntil: undefined } : {})),
      /^R2/,
    ],
    [
      'an answer counts that was asked for before the refund was sent again',
      believing((_, event) => (event.type.startsWith('refund') ? { askFrom: 0 } : {})),
      /^R2/,
    ],
    [
      'code 10000 alone counts as success',
      (payment, event, policy) =>
        transition(
          payment,
          event.type === 'refundReply' && event.outcome.is === 'accepted'
            ? { ...event, outcome: { is: 'refunded' } }
            : event,
          policy,
        ),
      /^R1/,
    ],
    [
      'a pending refund does not count against what is left',
      (payment, event, policy) => {
        if (event.type !== 'refundRequested') return transition(payment, event, policy)
        const { outRequestNo } = event.refund
        const others = payment.refunds.filter((refund) => refund.outRequestNo !== outRequestNo)
        const asked = transition(
          { ...payment, refunds: payment.refunds.filter((each) => !others.includes(each)) },
          event,
          policy,
        )
        return { ...asked, payment: { ...asked.payment, refunds: [...others, ...asked.payment.refunds] } }
      },
      /^R3/,
    ],
    [
      'the wake-up of a pending refund is forgotten',
      leaving((_, event) => (event.type === 'refundReply' ? { dueAt: undefined } : {})),
      /^R4/,
    ],
  ])('%s', (what, machine, broken) => {
    const found = exploreRefunds(machine, TWO)
    report(what, found)
    expect(found.counterexample?.broken).toMatch(broken)
  })
})
