import { describe, expect, test } from 'vitest'
import { createCashier, refundableAmount, refundedAmount } from '../../src/index.ts'
import { type Answer, order, PAID, problem, ScriptedGateway } from './scripted-gateway.ts'

const SECOND = 1_000
const DONE = { code: '10000', msg: 'Success', fund_change: 'Y', refund_fee: '0.30' }
const NO_CHANGE = { ...DONE, fund_change: 'N' }
const FOUND = { code: '10000', msg: 'Success', refund_status: 'REFUND_SUCCESS', refund_amount: '0.30' }
const NOT_FOUND = { code: '10000', msg: 'Success' }

const paidShop = async (script: Record<string, Answer | Answer[]>) => {
  const gateway = new ScriptedGateway({ pay: PAID, ...script })
  const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock })
  const { outTradeNo } = await cashier.pay(order())
  const refund = (over: Record<string, unknown> = {}) =>
    cashier.refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '0.30', reason: 'cold', ...over })
  return { gateway, cashier, outTradeNo, refund }
}
const REFUND_QUERY = 'alipay.trade.fastpay.refund.query'.replace('alipay.trade.', '')

describe('a refund', () => {
  test('succeeds when the funds changed', async () => {
    const { refund, cashier, outTradeNo, gateway } = await paidShop({ refund: DONE })
    expect(await refund()).toMatchObject({ status: 'succeeded', refundAmount: '0.30', outRequestNo: 'R1' })
    const payment = await cashier.find(outTradeNo)
    expect(payment?.status).toBe('paid')
    expect(payment && [refundedAmount(payment), refundableAmount(payment)]).toEqual(['0.30', '0.70'])
    expect(gateway.calls.at(-1)?.content).toEqual({
      out_trade_no: outTradeNo,
      out_request_no: 'R1',
      refund_amount: '0.30',
      refund_reason: 'cold',
    })
  })

  test('stays within what whoever asks may give back, also when several are asked for at once', async () => {
    const { refund, cashier, outTradeNo } = await paidShop({ refund: DONE })
    const asked = ['R1', 'R2', 'R3'].map((outRequestNo) => refund({ outRequestNo, refundLimit: '0.50' }))
    const codes = (await Promise.allSettled(asked)).map((one) => (one.status === 'rejected' ? one.reason.code : 'made'))
    expect(codes.sort()).toEqual(['AUTH_REFUND_LIMIT', 'AUTH_REFUND_LIMIT', 'made'])
    const payment = await cashier.find(outTradeNo)
    expect(payment && refundedAmount(payment)).toBe('0.30')
    await expect(refund({ outRequestNo: 'R4', refundLimit: '0.60' })).resolves.toMatchObject({ status: 'succeeded' })
  })

  test('10000 without a change of funds is no success by itself: the refund query decides', async () => {
    const { refund, gateway } = await paidShop({ refund: NO_CHANGE, [REFUND_QUERY]: FOUND })
    expect((await refund()).status).toBe('succeeded')
    expect(gateway.counts).toMatchObject({ refund: 1, [REFUND_QUERY]: 1 })
  })

  test('that is nowhere is sent again with the same number and amount', async () => {
    const { refund, gateway, cashier, outTradeNo } = await paidShop({
      refund: [NO_CHANGE, DONE],
      [REFUND_QUERY]: NOT_FOUND,
    })
    expect((await refund()).status).toBe('pending')
    await gateway.clock.advance(3 * SECOND)
    expect((await cashier.find(outTradeNo))?.refunds[0]?.status).toBe('succeeded')
    const [first, second] = gateway.calls.filter(({ method }) => method === 'refund')
    expect(second?.content).toEqual(first?.content)
  })

  test.each([
    'drop',
    'hang',
    'bad signature',
    problem('ACQ.SYSTEM_ERROR'),
    problem('isp.unknow-error', '20000'),
  ] as Answer[])('with an unknown outcome (%o) stays pending and is repeated until it is known', async (answer) => {
    const { refund, gateway, cashier, outTradeNo } = await paidShop({
      refund: [answer, answer, NO_CHANGE],
      [REFUND_QUERY]: FOUND,
    })
    const asked = refund()
    await gateway.clock.advance(10 * SECOND)
    expect((await asked).status).toBe('pending')
    await gateway.clock.advance(60 * SECOND)
    expect((await cashier.find(outTradeNo))?.refunds).toMatchObject([{ status: 'succeeded', refundAmount: '0.30' }])
  })

  test('refused at the first try has failed, and may be sent again under the same number', async () => {
    const { refund } = await paidShop({ refund: [problem('ACQ.SELLER_BALANCE_NOT_ENOUGH'), DONE] })
    expect(await refund()).toMatchObject({ status: 'failed', failure: { subCode: 'ACQ.SELLER_BALANCE_NOT_ENOUGH' } })
    expect(await refund()).toMatchObject({ status: 'succeeded', failure: undefined })
  })

  test('refused after an unknown try may have worked the first time: the refund query decides', async () => {
    const { refund, gateway, cashier, outTradeNo } = await paidShop({
      refund: ['drop', problem('ACQ.TRADE_HAS_CLOSE')],
      [REFUND_QUERY]: FOUND,
    })
    expect((await refund()).status).toBe('pending')
    await gateway.clock.advance(3 * SECOND)
    expect((await cashier.find(outTradeNo))?.refunds[0]?.status).toBe('succeeded')
  })

  test('asked for twice with the same number and amount is one refund', async () => {
    const { refund, gateway } = await paidShop({ refund: DONE })
    const [first, second] = await Promise.all([refund(), refund()])
    expect([first.status, second.status]).toContain('succeeded')
    expect((await refund()).status).toBe('succeeded')
    expect(gateway.counts.refund).toBe(1)
  })

  test('the same number with another amount is a conflict', async () => {
    const { refund } = await paidShop({ refund: DONE })
    await refund()
    await expect(refund({ refundAmount: '0.31' })).rejects.toMatchObject({
      code: 'REFUND_CONFLICT',
      moneyMayHaveMoved: false,
    })
  })

  test('the sum never exceeds what was paid, also when asked for all at once', async () => {
    const { refund, gateway } = await paidShop({
      refund: (call) => ({ ...DONE, refund_fee: call.content.refund_amount }),
    })
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map((n) => refund({ outRequestNo: `R${n}`, refundAmount: '0.40' })),
    )
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'REFUND_TOO_MUCH' })
    expect(gateway.counts.refund).toBe(2)
  })

  test('of a payment that is not paid is refused, and nothing is sent', async () => {
    const gateway = new ScriptedGateway({ pay: problem('ACQ.BUYER_BALANCE_NOT_ENOUGH') })
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock })
    const { outTradeNo } = await cashier.pay(order())
    const refund = cashier.refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '0.30' })
    await expect(refund).rejects.toMatchObject({ code: 'PAYMENT_NOT_REFUNDABLE' })
    expect(gateway.counts.refund).toBeUndefined()
  })

  test.each(['0', '-1', '1.001', '1e2', 'abc', ''])(
    'of %o yuan is refused before anything is journalled',
    async (refundAmount) => {
      const { refund, cashier, outTradeNo } = await paidShop({})
      await expect(refund({ refundAmount })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
      expect((await cashier.find(outTradeNo))?.refunds).toEqual([])
    },
  )

  test('is told to the shop once it is settled', async () => {
    const gateway = new ScriptedGateway({ pay: PAID, refund: DONE })
    const told: string[] = []
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      onRefund: (refund, payment) => void told.push(`${payment.status} ${refund.outRequestNo} ${refund.status}`),
    })
    const { outTradeNo } = await cashier.pay(order())
    await cashier.refund({ outTradeNo, outRequestNo: 'R7', refundAmount: '1' })
    await cashier.idle()
    expect(told).toEqual(['paid R7 succeeded'])
  })
})
