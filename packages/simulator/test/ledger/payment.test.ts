import { describe, expect, test } from 'vitest'
import { declineTrade, expireTrade, payTrade, repeatOrder } from '../../src/ledger/payment.ts'
import { HOUR, order, paid, T0, waiting } from '../support/ledger.ts'

describe('a new trade', () => {
  test('waits for its buyer and remembers that it was created', () => {
    expect(waiting()).toMatchObject({
      status: 'WAIT_BUYER_PAY',
      createdAt: T0,
      refunds: [],
      history: [{ at: T0, event: 'created', status: 'WAIT_BUYER_PAY' }],
    })
  })

  test('is paid once', () => {
    const trade = payTrade(waiting(), T0 + 5)
    expect(trade).toMatchObject({ status: 'TRADE_SUCCESS', paidAt: T0 + 5 })
    expect(trade.history.map(({ event }) => event)).toEqual(['created', 'paid'])
    expect(() => payTrade(trade, T0 + 6)).toThrow('ACQ.TRADE_HAS_SUCCESS')
  })

  test('can be declined, and then neither paid nor declined', () => {
    const trade = declineTrade(waiting(), T0 + 5)
    expect(trade).toMatchObject({ status: 'TRADE_CLOSED', closedAt: T0 + 5 })
    expect(() => payTrade(trade, T0 + 6)).toThrow('ACQ.TRADE_HAS_CLOSE')
    expect(() => declineTrade(trade, T0 + 6)).toThrow('ACQ.TRADE_HAS_CLOSE')
  })
})

describe('the time limit', () => {
  test.each([
    [3 * HOUR - 1, 'WAIT_BUYER_PAY'],
    [3 * HOUR, 'TRADE_CLOSED'],
  ])('%i ms after creation the unpaid trade is %s', (ms, status) => {
    expect(expireTrade(waiting(), T0 + ms).status).toBe(status)
  })

  test('does nothing to a paid trade', () => {
    const trade = paid()
    expect(expireTrade(trade, T0 + 30 * HOUR)).toBe(trade)
  })
})

describe('a number used again', () => {
  test('goes on with the waiting trade when the content is the same', () => {
    expect(() => repeatOrder(waiting(), order())).not.toThrow()
  })

  test.each([[{ total: 10_001 }], [{ subject: '茶' }]])('is refused with other content %o', (changes) => {
    expect(() => repeatOrder(waiting(), order(changes))).toThrow('ACQ.CONTEXT_INCONSISTENT')
  })

  test('says so when the number is paid or closed', () => {
    expect(() => repeatOrder(paid(), order())).toThrow('ACQ.TRADE_HAS_SUCCESS')
    expect(() => repeatOrder(declineTrade(waiting(), T0), order())).toThrow('ACQ.TRADE_HAS_CLOSE')
  })
})
