import { createAlipay, createCashier, type Payment } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { describe, expect, test } from 'vitest'
import { createSimulator, type SimulatorOptions } from '../../src/index.ts'

const SECOND = 1_000

const shop = (options: SimulatorOptions = {}) => {
  const clock = new SimulatedClock()
  const simulator = createSimulator({ clock, ...options })
  const { appId, appPrivateKey, alipayPublicKey, transport, sellerId } = simulator
  const alipay = createAlipay({
    appId,
    privateKey: appPrivateKey,
    alipayPublicKey,
    sellerId,
    gateway: 'http://alipay.test/gateway.do',
    transport,
    clock,
  })
  const reports: Payment[] = []
  const cashier = createCashier({ alipay, clock, onSettled: (payment) => void reports.push(payment) })
  const showCode = async (scenario: string): Promise<string> => {
    const asked = new Request('http://alipay.test/codes', { method: 'POST', body: JSON.stringify({ scenario }) })
    return ((await (await simulator.fetch(asked)).json()) as { code: string }).code
  }
  return { clock, simulator, cashier, reports, showCode }
}

/** Scenario → how we end, how Alipay's trade ends, and by when (ms). Design §4. */
const SCENARIOS = [
  ['00', 'pays at once', 'paid', 'TRADE_SUCCESS', 0],
  ['03', 'waits, then pays by itself after 8 s', 'paid', 'TRADE_SUCCESS', 11],
  ['09', 'waits for ever', 'closed', 'TRADE_CLOSED', 61],
  ['04', 'balance too low', 'failed', null, 0],
  ['05', 'code expired', 'failed', null, 0],
  ['20', 'answers 20000 but pays', 'paid', 'TRADE_SUCCESS', 0],
  ['21', 'answers 20000 and does nothing', 'closed', null, 61],
  ['30', 'pays and drops the connection', 'paid', 'TRADE_SUCCESS', 0],
  ['31', 'drops the connection, nothing done', 'closed', null, 61],
  ['32', 'pays and answers after the time-out', 'paid', 'TRADE_SUCCESS', 11],
  ['33', 'pays, answer badly signed', 'paid', 'TRADE_SUCCESS', 0],
] as const

describe('a cashier and a payment code', () => {
  test.each(SCENARIOS)('%s: %s', async (scenario, _, status, tradeStatus, within) => {
    const { clock, simulator, cashier, reports, showCode } = shop()
    const outTradeNo = `S${scenario}`
    const authCode = await showCode(scenario)
    await cashier.start({ outTradeNo, authCode, totalAmount: '10.00', subject: 'tea' })
    await clock.advance(within * SECOND)
    await clock.advance(1)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status })
    await clock.advance(600 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status, dueAt: undefined, needsAttention: false })
    expect(simulator.ledger.find(outTradeNo)?.status ?? null).toBe(tradeStatus)
    expect(simulator.ledger.find(outTradeNo)?.calls.pay).toBe(1)
    expect(reports.map((report) => report.status)).toEqual([status])
    await cashier.close()
    simulator.close()
  })
})
