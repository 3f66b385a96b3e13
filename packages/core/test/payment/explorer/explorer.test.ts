import { describe, expect, test } from 'vitest'
import { type Payment, transition } from '../../../src/index.ts'
import { explore } from './explore.ts'
import type { Scope } from './moves.ts'
import { report } from './search.ts'
import { EXPLORED_POLICY, type Machine } from './world.ts'

/** `F2F_EXPLORE=full` follows everything at once; without it the telling of the shop is followed on a calmer network. */
const scopes = (kind: Scope['kind']): Scope[] =>
  process.env.F2F_EXPLORE === 'full'
    ? [{ kind, reports: true, inTheAir: 2 }]
    : [
        { kind, reports: false, inTheAir: 2 },
        { kind, reports: true, inTheAir: 1 },
      ]

const BARCODE: Scope = { kind: 'barcode', reports: true, inTheAir: 2 }
const CALM: Scope = { kind: 'barcode', reports: false, inTheAir: 1 }

/** The machine with a deliberate fault put into what it returns. */
const withFault =
  (fault: (before: Payment, after: Payment, event: Parameters<Machine>[1]) => Payment): Machine =>
  (payment, event, policy) => {
    const right = transition(payment, event, policy)
    return { ...right, payment: fault(payment, right.payment, event) }
  }

describe('every reachable state of machine × network × Alipay × crash', () => {
  for (const scope of [...scopes('barcode'), ...scopes('qr')]) {
    const what = `a ${scope.kind} payment ${scope.reports ? 'and its reports' : 'alone'}, ${scope.inTheAir} in the air`
    test(`the invariants hold for ${what}`, { timeout: 600_000 }, () => {
      const found = explore(transition, scope)
      report(what, found)
      expect(found.counterexample).toBeUndefined()
      expect(found.states).toBeGreaterThan(1_000)
    })
  }
})

describe('a seeded fault is caught, with a shortest way to it', () => {
  test('no look at Alipay after a cancel that found no trade', () => {
    const found = explore(
      withFault((_, after, event) =>
        event.type === 'cancelReply' && event.outcome.is === 'nothing' ? { ...after, nextAt: undefined } : after,
      ),
      BARCODE,
    )
    report('without re-check', found)
    expect(found.counterexample?.broken).toMatch(/^I1/)
  })

  test('no look at Alipay for as long as the QR code can be scanned', () => {
    const found = explore(
      withFault((_, after) =>
        after.rechecks < EXPLORED_POLICY.recheckAfter.length ? after : { ...after, nextAt: undefined },
      ),
      { kind: 'qr', reports: false, inTheAir: 1 },
    )
    expect(found.counterexample?.broken).toMatch(/^I1.*can be scanned/)
  })

  test('a notification settles as paid while a cancel is under way', () => {
    const found = explore(
      (payment, event, policy) =>
        event.type === 'notify' && event.news.is === 'paid' && payment.status === 'cancelling'
          ? transition({ ...payment, status: 'confirming' }, event, policy)
          : transition(payment, event, policy),
      BARCODE,
    )
    expect(found.counterexample?.broken).toMatch(/^I[14]/)
  })

  test('the wake-up of an unfinished payment is forgotten', () => {
    const found = explore(
      withFault((_, after, event) => (event.type === 'cancelReply' ? { ...after, dueAt: undefined } : after)),
      BARCODE,
    )
    expect(found.counterexample?.broken).toMatch(/^I[25]/)
  })

  test('an unfinished payment counts on a notification', () => {
    const found = explore((payment, event, policy) => {
      if (event.type !== 'wake' || payment.status !== 'confirming') return transition(payment, event, policy)
      const dueAt = new Date(event.at + policy.pollEvery)
      return { payment: { ...payment, nextAt: dueAt, dueAt }, effects: [] }
    }, CALM)
    report('without queries', found)
    expect(found.counterexample?.broken).toMatch(/^I2/)
  })

  test('a crash sends pay again', () => {
    const found = explore((payment, event, policy) => {
      const right = transition(payment, event, policy)
      return event.type === 'wake' && payment.status === 'paying' ? { ...right, effects: [{ type: 'pay' }] } : right
    }, BARCODE)
    expect(found.counterexample?.broken).toMatch(/^I3/)
  })

  test('a settlement is committed without its report', () => {
    const found = explore(
      withFault((before, after) =>
        before.status === 'paid' || after.status !== 'paid' ? after : { ...after, reports: [], dueAt: undefined },
      ),
      BARCODE,
    )
    expect(found.counterexample?.broken).toMatch(/^I5/)
  })
})
