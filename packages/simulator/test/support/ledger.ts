import { openTrade, payTrade } from '../../src/ledger/payment.ts'
import type { Order, Trade } from '../../src/ledger/trade.ts'

export const T0 = Date.UTC(2026, 0, 1)
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** An order over 100.00. */
export const order = (changes: Partial<Order> = {}): Order => ({
  outTradeNo: 'order_1',
  sellerId: '2088000000000001',
  appId: '2021000000000001',
  authAppId: '2021000000000001',
  total: 10_000,
  subject: '咖啡',
  ...changes,
})

export const waiting = (changes: Partial<Order> = {}): Trade =>
  openTrade(order(changes), {
    tradeNo: '2026010122001000000000000001',
    buyer: { userId: '2088000000000009', logonId: '138****0000', name: '*小明' },
    at: T0,
    expiresAt: T0 + 3 * HOUR,
  })

export const paid = (changes: Partial<Order> = {}): Trade => payTrade(waiting(changes), T0 + 1_000)
