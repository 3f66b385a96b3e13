import { describe, expect, test } from 'vitest'
import { createCashier, F2fError } from '../../src/index.ts'
import { type Answer, order, PAID, ScriptedGateway, WAIT } from './scripted-gateway.ts'

const SECOND = 1_000

describe('a merchant that has left, or cannot be looked up', () => {
  const DONE = { code: '10000', msg: 'Success', fund_change: 'Y', refund_fee: '0.30' }

  const there = () => ({ appAuthToken: 't' })
  const broken = () => {
    throw new F2fError('STORE_UNAVAILABLE', 'The merchants are away.')
  }

  /** A payment of a merchant; the lookups after it do as told. */
  const begun = async (script: Record<string, Answer>, lookups: (() => { appAuthToken: string } | undefined)[]) => {
    const gateway = new ScriptedGateway({ query: WAIT, ...script })
    let isBegun = false
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      merchants: () => (isBegun ? lookups.shift()?.() : there()),
      onProblem: () => undefined,
    })
    const { outTradeNo } = await cashier.start(order({ merchantId: 'm1' }))
    await gateway.clock.settle()
    isBegun = true
    const refund = () => cashier.refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '0.30' })
    return { cashier, outTradeNo, refund, gateway }
  }

  test('is refunded nothing, and nothing is left to be refunded later', async () => {
    const { cashier, outTradeNo, refund } = await begun({ pay: PAID }, [])
    await expect(refund()).rejects.toMatchObject({ code: 'REQUEST_INVALID', moneyMayHaveMoved: false })
    expect((await cashier.find(outTradeNo))?.refunds).toEqual([])
  })

  test('has nothing cancelled, and nothing is left to be cancelled later', async () => {
    const { cashier, outTradeNo } = await begun({ pay: WAIT }, [])
    await expect(cashier.cancel(outTradeNo)).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
    expect((await cashier.find(outTradeNo))?.status).toBe('confirming')
  })

  test('is not told that no money moved once the refund is in the books', async () => {
    const { cashier, outTradeNo, refund, gateway } = await begun({ pay: PAID, refund: DONE }, [there, broken, there])
    await expect(refund()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', moneyMayHaveMoved: true })
    await gateway.clock.advance(20 * SECOND)
    expect((await cashier.find(outTradeNo))?.refunds).toMatchObject([{ outRequestNo: 'R1', status: 'succeeded' }])
  })

  test('keeps a refund that has been made: asked for again it is the same', async () => {
    const { refund } = await begun({ pay: PAID, refund: DONE }, [there, there])
    await refund()
    await expect(refund()).resolves.toMatchObject({ status: 'succeeded' })
  })
})
