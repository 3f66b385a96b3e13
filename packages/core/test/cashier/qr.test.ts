import { describe, expect, test } from 'vitest'
import { createCashier, memoryStore } from '../../src/index.ts'
import { type Answer, cancelled, NO_TRADE, order, problem, ScriptedGateway, status } from './scripted-gateway.ts'

const SECOND = 1_000
const QR = { code: '10000', msg: 'Success', qr_code: 'https://qr.alipay.com/bax00005' }

const qrOrder = (over: Record<string, unknown> = {}) => {
  const { authCode: _, ...rest } = order(over)
  return rest
}
const shop = (script: Record<string, Answer | Answer[]>) => {
  const gateway = new ScriptedGateway(script)
  return { gateway, cashier: createCashier({ alipay: gateway.client(), clock: gateway.clock }) }
}

describe('a QR payment', () => {
  test('gives the code to show, and is found paid after the customer scanned it', async () => {
    const { gateway, cashier } = shop({
      precreate: QR,
      query: [NO_TRADE, status('WAIT_BUYER_PAY'), status('TRADE_SUCCESS')],
    })
    const offered = await cashier.offer(qrOrder())
    expect(offered).toMatchObject({ kind: 'qr', status: 'confirming', qrCode: QR.qr_code })
    await gateway.clock.advance(15 * SECOND)
    expect(await cashier.find(offered.outTradeNo)).toMatchObject({ status: 'paid' })
  })

  test('that nobody scans is cancelled, and watched while the code might still be scanned', async () => {
    const { gateway, cashier } = shop({ precreate: QR, query: NO_TRADE, cancel: cancelled() })
    const { outTradeNo } = await cashier.offer(qrOrder({ payWithin: 120 * SECOND }))
    await gateway.clock.advance(121 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'closed' })
    expect(gateway.times('cancel')).toEqual([120 * SECOND])
    const before = gateway.counts.query ?? 0
    await gateway.clock.advance(400 * SECOND)
    expect((gateway.counts.query ?? 0) - before).toBe(2)
    expect((await cashier.find(outTradeNo))?.dueAt).toBeUndefined()
  })

  test('Alipay is told to let code and trade die too', async () => {
    const { gateway, cashier } = shop({ precreate: QR })
    await cashier.offer(qrOrder({ payWithin: 90 * SECOND }))
    expect(gateway.calls[0]?.content).toMatchObject({ timeout_express: '3m', qr_code_timeout_express: '3m' })
    await cashier.close()
  })

  test('without an answer has no code to show and is closed at once', async () => {
    const { gateway, cashier } = shop({ precreate: 'drop', cancel: cancelled() })
    const offered = await cashier.offer(qrOrder())
    expect(offered).toMatchObject({ status: 'closed', qrCode: undefined })
    expect(gateway.counts).toEqual({ precreate: 1, cancel: 1 })
  })

  test('refused by Alipay has failed', async () => {
    const { cashier } = shop({ precreate: problem('ACQ.ACCESS_FORBIDDEN') })
    expect(await cashier.offer(qrOrder())).toMatchObject({
      status: 'failed',
      failure: { subCode: 'ACQ.ACCESS_FORBIDDEN' },
    })
  })

  test('a repeated offer returns the same payment and asks for no second code', async () => {
    const { gateway, cashier } = shop({ precreate: QR })
    const again = qrOrder()
    const first = await cashier.offer(again)
    expect(await cashier.offer(again)).toEqual(first)
    expect(gateway.counts.precreate).toBe(1)
  })

  test('an offer repeated before the first is answered resolves with the code too, also in another process', async () => {
    const gateway = new ScriptedGateway({ precreate: { after: 2 * SECOND, reply: QR } })
    const store = memoryStore()
    const cashiers = [1, 2].map(() => createCashier({ alipay: gateway.client(), clock: gateway.clock, store }))
    const same = qrOrder()
    const offers = [...cashiers, ...cashiers].map((cashier) => cashier.offer(same))
    await gateway.clock.advance(5 * SECOND)
    for (const offered of await Promise.all(offers)) expect(offered).toMatchObject({ qrCode: QR.qr_code })
    expect(gateway.counts.precreate).toBe(1)
    for (const cashier of cashiers) await cashier.close()
  })
})
