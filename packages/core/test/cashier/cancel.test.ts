import { describe, expect, test } from 'vitest'
import { createCashier } from '../../src/index.ts'
import { type Answer, cancelled, order, PAID, problem, ScriptedGateway, status, WAIT } from './scripted-gateway.ts'

const SECOND = 1_000
const shop = (script: Record<string, Answer | Answer[]>) => {
  const gateway = new ScriptedGateway(script)
  return { gateway, cashier: createCashier({ alipay: gateway.client(), clock: gateway.clock }) }
}

describe('the till cancels', () => {
  test('a payment the buyer has not confirmed: closed', async () => {
    const { gateway, cashier } = shop({ pay: WAIT, cancel: cancelled('close') })
    const { outTradeNo } = await cashier.start(order())
    await gateway.clock.settle()
    expect(await cashier.cancel(outTradeNo)).toMatchObject({ status: 'closed', cancellation: { reason: 'requested' } })
  })

  test('a payment confirmed meanwhile: the money goes back', async () => {
    const { gateway, cashier } = shop({ pay: WAIT, cancel: cancelled('refund') })
    const { outTradeNo } = await cashier.start(order())
    await gateway.clock.settle()
    expect((await cashier.cancel(outTradeNo)).status).toBe('reversed')
  })

  test('while the reply to pay is awaited: cancels as soon as it is there, and never reports paid', async () => {
    const { gateway, cashier } = shop({ pay: { after: 3 * SECOND, reply: PAID }, cancel: cancelled('refund') })
    const { outTradeNo } = await cashier.start(order())
    await gateway.clock.advance(SECOND)
    expect(await cashier.cancel(outTradeNo)).toMatchObject({ status: 'cancelling' })
    expect(gateway.counts.cancel).toBeUndefined()
    await gateway.clock.advance(2 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'reversed' })
    expect(gateway.times('cancel')).toEqual([3 * SECOND])
  })

  test('a paid payment: nothing is sent, it stays paid', async () => {
    const { gateway, cashier } = shop({ pay: PAID })
    const paid = await cashier.pay(order())
    expect((await cashier.cancel(paid.outTradeNo)).status).toBe('paid')
    expect(gateway.counts.cancel).toBeUndefined()
  })

  test('an unknown payment: refused with a code', async () => {
    const { cashier } = shop({})
    await expect(cashier.cancel('NOBODY')).rejects.toMatchObject({ code: 'PAYMENT_NOT_FOUND' })
  })

  test('and Alipay does not answer: still cancelling, and it goes on by itself', async () => {
    const { gateway, cashier } = shop({
      pay: WAIT,
      cancel: ['drop', { ...cancelled('close'), retry_flag: 'Y' }, cancelled('close')],
    })
    const { outTradeNo } = await cashier.start(order())
    await gateway.clock.settle()
    expect(await cashier.cancel(outTradeNo)).toMatchObject({ status: 'cancelling' })
    await gateway.clock.advance(6 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'closed' })
  })

  test.each([
    ['TRADE_SUCCESS', 'paid', true],
    ['TRADE_CLOSED', 'closed', false],
  ])('too late, and the trade is %s: %s', async (tradeStatus, settled, needsAttention) => {
    const { gateway, cashier } = shop({
      pay: WAIT,
      cancel: problem('ACQ.TRADE_CANCEL_TIME_OUT'),
      query: status(tradeStatus),
    })
    const { outTradeNo } = await cashier.start(order())
    await gateway.clock.settle()
    expect(await cashier.cancel(outTradeNo)).toMatchObject({ status: settled, needsAttention })
  })

  test('the seller’s balance cannot give the money back: a person is called at once, the cancel goes on', async () => {
    const { gateway, cashier } = shop({
      pay: WAIT,
      cancel: [problem('ACQ.SELLER_BALANCE_NOT_ENOUGH'), cancelled('refund')],
    })
    const { outTradeNo } = await cashier.start(order())
    await gateway.clock.settle()
    expect(await cashier.cancel(outTradeNo)).toMatchObject({ status: 'cancelling', needsAttention: true })
    await gateway.clock.advance(2 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'reversed', needsAttention: false })
  })

  describe('a number under which another sale was paid before', () => {
    const EXISTED = problem('ACQ.TRADE_HAS_SUCCESS')
    const another = { ...status('TRADE_SUCCESS'), total_amount: '50.00' }

    test('is never cancelled while the reply to pay is awaited', async () => {
      const { gateway, cashier } = shop({
        pay: { after: SECOND, reply: EXISTED },
        query: ['drop', another],
        cancel: cancelled('refund'),
      })
      const { outTradeNo } = await cashier.start(order())
      await cashier.cancel(outTradeNo)
      await gateway.clock.advance(20 * SECOND)
      expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'failed', needsAttention: true })
      expect(gateway.counts.cancel).toBeUndefined()
    })

    test('is never cancelled at the deadline, nor by the till, though every query is lost', async () => {
      const { gateway, cashier } = shop({ pay: EXISTED, query: 'drop', cancel: cancelled('refund') })
      const { outTradeNo } = await cashier.start(order())
      await gateway.clock.advance(300 * SECOND)
      await cashier.cancel(outTradeNo)
      expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'cancelling', needsAttention: true })
      expect(gateway.counts.cancel).toBeUndefined()
      gateway.script.query = another
      await gateway.clock.advance(61 * SECOND)
      expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'failed', failure: { code: 'REPLY_MISMATCH' } })
    })
  })

  test('and the answer says something was done that nobody knows: a query says what', async () => {
    const { gateway, cashier } = shop({
      pay: WAIT,
      cancel: { ...cancelled(), action: 'freeze' },
      query: status('TRADE_CLOSED'),
    })
    const { outTradeNo } = await cashier.start(order())
    await gateway.clock.settle()
    expect(await cashier.cancel(outTradeNo)).toMatchObject({ status: 'closed' })
    expect(gateway.counts.query).toBe(1)
  })
})
