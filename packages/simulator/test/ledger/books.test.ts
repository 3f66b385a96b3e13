import { SimulatedClock } from '@f2f/core/testing'
import { describe, expect, test } from 'vitest'
import { Ledger } from '../../src/ledger/ledger.ts'
import { createNumbers } from '../../src/ledger/numbers.ts'
import { payTrade } from '../../src/ledger/payment.ts'
import { PaymentCodes } from '../../src/ledger/payment-codes.ts'
import { QrOffers } from '../../src/ledger/qr-offers.ts'
import { createRandom } from '../../src/random.ts'
import { createSimulatorClock } from '../../src/time/simulator-clock.ts'
import { DAY, HOUR, MINUTE, order, T0, waiting } from '../support/ledger.ts'

const openLedger = () => {
  const base = new SimulatedClock(T0)
  return { base, ledger: new Ledger(createSimulatorClock(base)) }
}

describe('the ledger', () => {
  test('finds a trade by either number, for its own merchant only', () => {
    const { ledger } = openLedger()
    const trade = ledger.commit(waiting())
    const { sellerId, tradeNo, outTradeNo } = trade
    expect(ledger.find(sellerId, { outTradeNo })).toBe(trade)
    expect(ledger.find(sellerId, { tradeNo })).toBe(trade)
    expect(ledger.find('2088000000000002', { outTradeNo })).toBeUndefined()
    expect(ledger.find('2088000000000002', { tradeNo })).toBeUndefined()
  })

  test('closes an unpaid trade at its time limit and tells of it', async () => {
    const { base, ledger } = openLedger()
    const seen: (string | undefined)[] = []
    ledger.onChange((before, now) => seen.push(before?.status, now.status))
    const trade = ledger.commit(waiting())
    await base.advance(3 * HOUR - 1)
    expect(ledger.findAny(trade.tradeNo)?.status).toBe('WAIT_BUYER_PAY')
    await base.advance(1)
    expect(ledger.findAny(trade.tradeNo)?.status).toBe('TRADE_CLOSED')
    expect(seen).toEqual([undefined, 'WAIT_BUYER_PAY', 'WAIT_BUYER_PAY', 'TRADE_CLOSED'])
  })

  test('leaves no timer behind for a trade that is paid', () => {
    const { base, ledger } = openLedger()
    ledger.commit(payTrade(ledger.commit(waiting()), T0))
    expect(base.pending).toBe(0)
  })

  test('shows a paid trade as finished a year later', async () => {
    const { base, ledger } = openLedger()
    const trade = ledger.commit(payTrade(waiting(), T0))
    await base.advance(366 * DAY)
    expect(ledger.all().map(({ status }) => status)).toEqual(['TRADE_FINISHED'])
    expect(ledger.findAny(trade.tradeNo)?.status).toBe('TRADE_FINISHED')
  })
})

describe('payment codes', () => {
  const codes = () => new PaymentCodes(createRandom(7), 5 * MINUTE)

  test('have 18 digits, begin with 28 and end with their scenario', () => {
    expect(codes().issue('30', T0).code).toMatch(/^28\d{14}30$/)
  })

  test('pay one trade only', () => {
    const book = codes()
    const { code } = book.issue('00', T0)
    book.use(code, 'a')
    expect(() => book.check(code, 'a', T0 + DAY)).not.toThrow()
    expect(() => book.check(code, 'b', T0)).toThrow('ACQ.PAYMENT_AUTH_CODE_INVALID')
  })

  test('expire unused', () => {
    const book = codes()
    const { code, expiresAt } = book.issue('00', T0)
    expect(expiresAt).toBe(T0 + 5 * MINUTE)
    expect(() => book.check(code, 'a', expiresAt)).not.toThrow()
    expect(() => book.check(code, 'a', expiresAt + 1)).toThrow('ACQ.PAYMENT_AUTH_CODE_INVALID')
  })

  test('made elsewhere are always fresh', () => {
    const book = codes()
    expect(() => book.check('280000000000000000', 'a', T0 + DAY)).not.toThrow()
    book.use('280000000000000000', 'a')
    expect(() => book.check('280000000000000000', 'b', T0 + DAY)).not.toThrow()
  })
})

describe('QR offers', () => {
  const offer = (changes = {}) => ({
    qrCode: 'https://qr.alipay.com/bax1',
    order: order(changes),
    expiresAt: T0 + 2 * HOUR,
    expiry: (from: number) => from + HOUR,
  })

  test('are found by number and by text until they die', () => {
    const offers = new QrOffers()
    const { qrCode, expiresAt } = offers.offer(offer(), T0)
    expect(offers.scan(qrCode, expiresAt - 1)).toBe(offers.find('2088000000000001', 'order_1', T0))
    expect(offers.scan(qrCode, expiresAt)).toBeUndefined()
  })

  test('the same order keeps its QR, another content is refused', () => {
    const offers = new QrOffers()
    const first = offers.offer(offer(), T0)
    expect(offers.offer({ ...offer(), qrCode: 'https://qr.alipay.com/bax2' }, T0)).toBe(first)
    expect(() => offers.offer(offer({ total: 1 }), T0)).toThrow('ACQ.CONTEXT_INCONSISTENT')
  })

  test('a withdrawn one is worthless', () => {
    const offers = new QrOffers()
    const { qrCode } = offers.offer(offer(), T0)
    offers.withdraw('2088000000000001', 'order_1')
    expect(offers.scan(qrCode, T0)).toBeUndefined()
  })
})

describe('numbers', () => {
  test('trade numbers have 28 digits, the Beijing day first, and never repeat', () => {
    const numbers = createNumbers(createRandom(1))
    const made = Array.from({ length: 1_000 }, () => numbers.tradeNo(Date.UTC(2026, 0, 1, 17)))
    expect(made.every((number) => /^20260102\d{20}$/.test(number))).toBe(true)
    expect(new Set(made).size).toBe(1_000)
  })

  test('the same seed gives the same ones', () => {
    const make = (seed: number) => {
      const numbers = createNumbers(createRandom(seed))
      return [numbers.tradeNo(T0), numbers.qrCode(), numbers.notifyId(T0), numbers.traceId()]
    }
    expect(make(5)).toEqual(make(5))
    expect(make(5)).not.toEqual(make(6))
  })
})
