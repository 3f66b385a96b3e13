import { describe, expect, test } from 'vitest'
import type { FaultRule } from '../../src/faults/fault.ts'
import { FaultPlan } from '../../src/faults/fault-plan.ts'
import { createRandom } from '../../src/random.ts'

const CALL = { method: 'alipay.trade.fastpay.refund.query', shortName: 'refundQuery', outTradeNo: 'a' }
const plan = (...rules: FaultRule[]) => new FaultPlan(createRandom(1), rules)
const rule = (changes: Partial<FaultRule> = {}): FaultRule => ({ method: 'refundQuery', fault: 'drop', ...changes })

describe('a fault rule', () => {
  test.each(['alipay.trade.fastpay.refund.query', 'refundQuery', 'fastpay.refund.query'])(
    'fits by the name %s',
    (method) => {
      expect(plan(rule({ method })).take(CALL, 'before')).toMatchObject({ fault: 'drop' })
    },
  )

  test.each([
    ['another method', rule({ method: 'refund' })],
    ['another order', rule({ outTradeNo: 'b' })],
    ['the other moment', rule({ when: 'after' })],
    ['no chance', rule({ probability: 0 })],
  ])('does not strike for %s', (_name, other) => {
    expect(plan(other).take(CALL, 'before')).toBeUndefined()
  })

  test('strikes as often as it says, then is gone', () => {
    const two = plan(rule({ times: 2 }))
    expect([two.take(CALL, 'before'), two.take(CALL, 'before'), two.take(CALL, 'before')].map(Boolean)).toEqual([
      true,
      true,
      false,
    ])
    expect(two.rules).toEqual([])
  })

  test('without a number strikes until it is cleared', () => {
    const forever = plan(rule())
    for (let call = 0; call < 20; call++) expect(forever.take(CALL, 'before')).toBeDefined()
    forever.clear()
    expect(forever.take(CALL, 'before')).toBeUndefined()
  })

  test('strikes with its probability, the same way for the same seed', () => {
    const strikes = () => {
      const half = plan(rule({ probability: 0.5 }))
      return Array.from({ length: 400 }, () => half.take(CALL, 'before') !== undefined)
    }
    const share = strikes().filter(Boolean).length / 400
    expect(share).toBeGreaterThan(0.4)
    expect(share).toBeLessThan(0.6)
    expect(strikes()).toEqual(strikes())
  })

  test('the first that fits wins', () => {
    const first = plan(rule({ fault: 'http500', times: 1 }), rule({ fault: 'garbage' }))
    expect(first.take(CALL, 'before')?.fault).toBe('http500')
    expect(first.take(CALL, 'before')?.fault).toBe('garbage')
  })
})
