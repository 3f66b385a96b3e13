import { describe, expect, test } from 'vitest'
import { createCashier, memoryStore } from '../../src/index.ts'
import { order, PAID, ScriptedGateway, status, WAIT } from './scripted-gateway.ts'

const SECOND = 1_000
const shop = () => {
  const gateway = new ScriptedGateway({ pay: WAIT, query: [status('WAIT_BUYER_PAY'), status('TRADE_SUCCESS')] })
  const store = memoryStore()
  return { gateway, store, cashier: createCashier({ alipay: gateway.client(), clock: gateway.clock, store }) }
}

describe('watch', () => {
  test('gives the payment as it stands, then every change, and ends when it is settled', async () => {
    const { gateway, cashier } = shop()
    const { outTradeNo } = await cashier.start(order())
    const seen: [string, number][] = []
    const watching = (async () => {
      for await (const { status, version } of cashier.watch(outTradeNo)) seen.push([status, version])
    })()
    await gateway.clock.advance(11 * SECOND)
    await watching
    expect(seen.map(([status]) => status)).toEqual(['paying', 'confirming', 'confirming', 'paid'])
    expect(seen.map(([, version]) => version)).toEqual([1, 2, 3, 4])
  })

  test('of a settled payment gives it once', async () => {
    const gateway = new ScriptedGateway({ pay: PAID })
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock })
    const paid = await cashier.pay(order())
    const seen = []
    for await (const payment of cashier.watch(paid.outTradeNo)) seen.push(payment)
    expect(seen).toEqual([paid])
  })

  test('of an unknown number is refused', async () => {
    const { cashier } = shop()
    await expect(cashier.watch('NOBODY').next()).rejects.toMatchObject({ code: 'PAYMENT_NOT_FOUND' })
  })

  test('ends with a code when the caller gives up', async () => {
    const { gateway, cashier } = shop()
    const { outTradeNo } = await cashier.start(order())
    const leaving = new AbortController()
    const watch = cashier.watch(outTradeNo, { signal: leaving.signal })
    await watch.next()
    const next = watch.next().then(() => watch.next())
    leaving.abort()
    await expect(next).rejects.toMatchObject({ code: 'WAIT_ABORTED' })
    await gateway.clock.advance(20 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'paid' })
  })
})

describe('pay', () => {
  test('takes no money for a caller who has left before', async () => {
    const { gateway, cashier } = shop()
    const mine = order()
    const refused = cashier.pay(mine, { signal: AbortSignal.abort() })
    await expect(refused).rejects.toMatchObject({ code: 'REQUEST_ABORTED', moneyMayHaveMoved: false })
    expect(await cashier.find(mine.outTradeNo)).toBeUndefined()
    expect(gateway.calls).toEqual([])
  })

  test('stops waiting when told to; the payment goes on', async () => {
    const { gateway, cashier } = shop()
    const leaving = new AbortController()
    const mine = order()
    const paying = cashier.pay(mine, { signal: leaving.signal })
    await gateway.clock.settle()
    leaving.abort()
    await expect(paying).rejects.toMatchObject({ code: 'WAIT_ABORTED', moneyMayHaveMoved: true })
    await gateway.clock.advance(20 * SECOND)
    expect(await cashier.find(mine.outTradeNo)).toMatchObject({ status: 'paid' })
  })
})

describe('close', () => {
  test('ends all waiting, takes no more work, and leaves no timer; a successor finishes the payment', async () => {
    const { gateway, cashier, store } = shop()
    const mine = order()
    const paying = cashier.pay(mine)
    const refused = expect(paying).rejects.toMatchObject({ code: 'WAIT_CASHIER_CLOSED', moneyMayHaveMoved: true })
    await gateway.clock.settle()
    await cashier.close()
    await refused
    await expect(cashier.start(order())).rejects.toMatchObject({ code: 'CASHIER_CLOSED' })
    expect(gateway.clock.pending).toBe(0)
    const heir = createCashier({ alipay: gateway.client(), clock: gateway.clock, store })
    await heir.recover()
    await gateway.clock.advance(20 * SECOND)
    expect(await heir.find(mine.outTradeNo)).toMatchObject({ status: 'paid' })
    await heir.close()
  })
})
