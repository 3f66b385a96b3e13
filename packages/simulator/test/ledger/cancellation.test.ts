import { expect, test } from 'vitest'
import { cancelTrade, closeTrade } from '../../src/ledger/cancellation.ts'
import { expireTrade } from '../../src/ledger/payment.ts'
import { refundTrade } from '../../src/ledger/refunding.ts'
import { DAY, HOUR, paid, T0, waiting } from '../support/ledger.ts'

test('an unpaid trade is closed', () => {
  const { trade, action } = cancelTrade(waiting(), T0 + 5)
  expect(action).toBe('close')
  expect(trade).toMatchObject({ status: 'TRADE_CLOSED', closedAt: T0 + 5, refunds: [] })
})

test('a paid trade is given back whole', () => {
  const { trade, action } = cancelTrade(paid(), T0 + 5)
  expect(action).toBe('refund')
  expect(trade.status).toBe('TRADE_CLOSED')
  expect(trade.refunds).toEqual([{ outRequestNo: 'order_1', amount: 10_000, at: T0 + 5, by: 'cancel' }])
})

test.each([
  ['unpaid', waiting(), 'close'],
  ['paid', paid(), 'refund'],
])('cancelling an %s trade again changes nothing and answers the same', (_name, trade, action) => {
  const first = cancelTrade(trade, T0 + 5)
  expect(cancelTrade(first.trade, T0 + 2 * DAY)).toEqual({ trade: first.trade, action })
})

test('a trade that closed by itself answers close', () => {
  const expired = expireTrade(waiting(), T0 + 4 * HOUR)
  expect(cancelTrade(expired, T0 + 5 * HOUR)).toEqual({ trade: expired, action: 'close' })
})

test('after 24 hours it is too late', () => {
  expect(cancelTrade(paid(), T0 + DAY).action).toBe('refund')
  expect(() => cancelTrade(paid(), T0 + DAY + 1)).toThrow('ACQ.TRADE_CANCEL_TIME_OUT')
})

test.each([
  ['partly', 1],
  ['wholly', 10_000],
])('a %s refunded trade cannot be cancelled', (_name, amount) => {
  const { trade } = refundTrade(paid(), { outRequestNo: 'r1', amount }, T0 + 5)
  expect(() => cancelTrade(trade, T0 + 6)).toThrow('ACQ.REASON_TRADE_REFUND_FEE_ERR')
})

test('close takes unpaid trades only', () => {
  const closed = closeTrade(waiting(), T0 + 5)
  expect(closed).toMatchObject({ status: 'TRADE_CLOSED', closedAt: T0 + 5 })
  expect(() => closeTrade(paid(), T0 + 5)).toThrow('ACQ.TRADE_STATUS_ERROR')
  expect(() => closeTrade(closed, T0 + 6)).toThrow('ACQ.TRADE_STATUS_ERROR')
})
