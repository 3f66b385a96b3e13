import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closeTrade } from '../../src/ledger/cancellation.ts'
import { finishTrade, refundTrade, settleTrade } from '../../src/ledger/refunding.ts'
import { Refusal } from '../../src/ledger/refusal.ts'
import { refundedAmount, settledAmount, type Trade } from '../../src/ledger/trade.ts'
import { DAY, paid, T0, waiting } from '../support/ledger.ts'

const AT = T0 + 10_000
const refund = (trade: Trade, amount: number, outRequestNo?: string, at = AT) =>
  refundTrade(trade, outRequestNo === undefined ? { amount } : { amount, outRequestNo }, at)

describe('refund', () => {
  test('a part leaves the trade paid, the rest closes it', () => {
    const first = refund(paid(), 4_000, 'r1')
    expect(first.trade.status).toBe('TRADE_SUCCESS')
    const second = refund(first.trade, 6_000, 'r2')
    expect(second.trade).toMatchObject({ status: 'TRADE_CLOSED', closedAt: AT })
    expect(refundedAmount(second.trade)).toBe(10_000)
  })

  test('the same number and amount again changes nothing', () => {
    const { trade } = refund(paid(), 4_000, 'r1')
    const again = refund(trade, 4_000, 'r1', AT + DAY)
    expect(again).toMatchObject({ changed: false, refund: { at: AT } })
    expect(again.trade).toBe(trade)
  })

  test('the same number again still answers when the trade is closed by it', () => {
    const { trade } = refund(paid(), 10_000, 'r1')
    expect(refund(trade, 10_000, 'r1').changed).toBe(false)
  })

  test('without a number the whole amount goes under the order number', () => {
    const done = refund(paid(), 10_000)
    expect(done.refund.outRequestNo).toBe('order_1')
    expect(refund(done.trade, 10_000).changed).toBe(false)
  })

  test.each([
    [
      'other amount under the same number',
      () => refund(refund(paid(), 1, 'r1').trade, 2, 'r1'),
      'DISCORDANT_REPEAT_REQUEST',
    ],
    ['more than the total', () => refund(paid(), 10_001, 'r1'), 'REFUND_AMT_NOT_EQUAL_TOTAL'],
    ['a part without a number', () => refund(paid(), 1), 'REFUND_AMT_NOT_EQUAL_TOTAL'],
    ['more than is left', () => refund(refund(paid(), 9_999, 'r1').trade, 2, 'r2'), 'REASON_TRADE_REFUND_FEE_ERR'],
    ['an unpaid trade', () => refund(waiting(), 1, 'r1'), 'TRADE_STATUS_ERROR'],
    ['a trade closed unpaid', () => refund(closeTrade(waiting(), AT), 1, 'r1'), 'TRADE_HAS_CLOSE'],
    ['nothing left', () => refund(refund(paid(), 10_000, 'r1').trade, 1, 'r2'), 'TRADE_HAS_CLOSE'],
    ['after a year', () => refund(paid(), 1, 'r1', T0 + 366 * DAY), 'TRADE_HAS_FINISHED'],
  ])('refuses %s', (_name, act, subCode) => {
    expect(act).toThrow(`ACQ.${subCode}`)
  })

  test('whatever is asked in whatever order, never more is refunded than was paid', () => {
    const request = fc.record({
      amount: fc.integer({ min: 1, max: 12_000 }),
      outRequestNo: fc.constantFrom('a', 'b', 'c', 'd'),
    })
    fc.assert(
      fc.property(fc.array(request, { maxLength: 30 }), (requests) => {
        let trade = paid()
        for (const one of requests) {
          try {
            trade = refundTrade(trade, one, AT).trade
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal)
          }
        }
        const numbers = trade.refunds.map(({ outRequestNo }) => outRequestNo)
        expect(refundedAmount(trade)).toBeLessThanOrEqual(trade.total)
        expect(new Set(numbers).size).toBe(numbers.length)
        expect(trade.status).toBe(refundedAmount(trade) === trade.total ? 'TRADE_CLOSED' : 'TRADE_SUCCESS')
      }),
    )
  })
})

test('a paid trade is finished when its refund window is over', () => {
  expect(finishTrade(paid(), T0 + 365 * DAY).status).toBe('TRADE_SUCCESS')
  expect(finishTrade(paid(), T0 + 366 * DAY).status).toBe('TRADE_FINISHED')
  expect(finishTrade(waiting(), T0 + 366 * DAY).status).toBe('WAIT_BUYER_PAY')
})

describe('settle', () => {
  const settle = (trade: Trade, amount: number, outRequestNo = 's1') =>
    settleTrade(trade, { outRequestNo, amount }, 'settle_1', AT)

  test('passes money on, once per number', () => {
    const trade = settle(paid(), 3_000)
    expect(settledAmount(trade)).toBe(3_000)
    expect(settle(trade, 3_000)).toBe(trade)
    expect(() => settle(trade, 3_001)).toThrow('ACQ.DISCORDANT_REPEAT_REQUEST')
  })

  test('never passes on more than is left, nor from an unpaid trade', () => {
    const { trade } = refund(settle(paid(), 3_000), 3_000, 'r1')
    expect(() => settle(trade, 4_001, 's2')).toThrow('ACQ.ALLOC_AMOUNT_VALIDATE_ERROR')
    expect(settledAmount(settle(trade, 4_000, 's2'))).toBe(7_000)
    expect(() => settle(waiting(), 1)).toThrow('ACQ.TRADE_STATUS_ERROR')
  })
})
