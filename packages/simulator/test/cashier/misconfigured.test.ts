import { createAlipay, createCashier } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { describe, expect, test } from 'vitest'
import { createSimulator } from '../../src/index.ts'

const SECOND = 1_000
const DAY = 24 * 3_600 * SECOND
const order = { outTradeNo: 'M1', authCode: '281234567890123400', totalAmount: '1.00', subject: 'tea' }

const shop = (change: { appId?: string; privateKey?: string; alipayPublicKey?: string; clockOff?: number }) => {
  const clock = new SimulatedClock()
  const simulator = createSimulator({ clock, timestampWindow: 600 * SECOND })
  const stranger = createSimulator({ clock })
  const off = change.clockOff ?? 0
  const alipay = createAlipay({
    appId: change.appId ?? simulator.appId,
    privateKey: change.privateKey === 'other' ? stranger.appPrivateKey : simulator.appPrivateKey,
    alipayPublicKey: change.alipayPublicKey === 'other' ? stranger.alipayPublicKey : simulator.alipayPublicKey,
    gateway: 'http://alipay.test/gateway.do',
    transport: simulator.transport,
    clock: { now: () => clock.now() + off, setTimeout: (fn, ms) => clock.setTimeout(fn, ms), hold: () => clock.hold() },
  })
  return { clock, simulator, alipay, cashier: createCashier({ alipay, clock }) }
}

describe('a till set up wrongly', () => {
  test('with a key that is not the application’s: Alipay refuses, signed, and the payment has failed', async () => {
    const { cashier, simulator } = shop({ privateKey: 'other' })
    expect(await cashier.pay(order)).toMatchObject({
      status: 'failed',
      failure: { code: '40002', subCode: 'isv.invalid-signature' },
    })
    expect(simulator.ledger.trades()).toEqual([])
  })

  test('with a clock a day off: Alipay refuses, signed, and the payment has failed', async () => {
    const { cashier } = shop({ clockOff: DAY })
    expect(await cashier.pay(order)).toMatchObject({ status: 'failed', failure: { subCode: 'isv.invalid-timestamp' } })
  })

  test('with an application nobody knows: the refusal is unsigned, so it is shown but settles nothing', async () => {
    const { cashier, alipay, clock } = shop({ appId: '2021999999999999' })
    await expect(alipay.query({ out_trade_no: 'M1' })).rejects.toMatchObject({
      code: 'REPLY_UNSIGNED_PROBLEM',
      details: { subCode: 'isv.invalid-app-id', verified: false },
    })
    await cashier.start(order)
    await clock.advance(130 * SECOND)
    expect(await cashier.find(order.outTradeNo)).toMatchObject({
      status: 'cancelling',
      needsAttention: true,
      problem: { code: 'REPLY_UNSIGNED_PROBLEM', subCode: 'isv.invalid-app-id' },
    })
    await cashier.close()
  })

  test('with a public key that is not Alipay’s: nothing is believed, a person is called, and the truth is found once it is right', async () => {
    const { cashier, clock, simulator } = shop({ alipayPublicKey: 'other' })
    await cashier.start(order)
    await clock.advance(130 * SECOND)
    expect(await cashier.find(order.outTradeNo)).toMatchObject({
      status: 'cancelling',
      needsAttention: true,
      problem: { code: 'REPLY_BAD_SIGNATURE' },
    })
    expect(simulator.ledger.find(order.outTradeNo)?.calls.pay).toBe(1)
    await cashier.close()
  })
})
