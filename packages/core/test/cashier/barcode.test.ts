import { describe, expect, test } from 'vitest'
import { createCashier, type Payment } from '../../src/index.ts'
import {
  type Answer,
  cancelled,
  NO_TRADE,
  order,
  PAID,
  problem,
  ScriptedGateway,
  status,
  WAIT,
} from './scripted-gateway.ts'

const SECOND = 1_000

/** Pays against a script, letting as much time pass as it takes. */
const paid = async (script: Record<string, Answer | Answer[]>) => {
  const gateway = new ScriptedGateway(script)
  const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock })
  let payment: Payment | undefined
  const paying = cashier.pay(order()).then((settled) => {
    payment = settled
  })
  await gateway.clock.advanceUntil(() => payment !== undefined, SECOND, 900 * SECOND)
  await paying
  return { gateway, cashier, payment: payment as Payment }
}

describe('a barcode payment', () => {
  test('is paid by the first reply', async () => {
    const { gateway, payment, cashier } = await paid({ pay: PAID })
    expect(payment).toMatchObject({
      status: 'paid',
      tradeNo: '2026T',
      buyerLogonId: '159****5620',
      needsAttention: false,
    })
    expect(gateway.counts).toEqual({ pay: 1 })
    expect(await cashier.find(payment.outTradeNo)).toEqual(payment)
  })

  test('waits for the buyer: first query after 5 s, then every 5 s', async () => {
    const waiting = status('WAIT_BUYER_PAY')
    const { gateway, payment } = await paid({ pay: WAIT, query: [waiting, waiting, status('TRADE_SUCCESS')] })
    expect(payment.status).toBe('paid')
    expect(gateway.times('query')).toEqual([5 * SECOND, 10 * SECOND, 15 * SECOND])
  })

  test('is cancelled immediately after the last query when the buyer never pays', async () => {
    const { gateway, payment } = await paid({ pay: WAIT, query: status('WAIT_BUYER_PAY'), cancel: cancelled('close') })
    expect(payment.status).toBe('closed')
    expect(gateway.times('query').at(-1)).toBe(60 * SECOND)
    expect(gateway.times('query')).toHaveLength(12)
    expect(gateway.times('cancel')).toEqual([60 * SECOND])
  })

  test('is reversed when the cancel finds it paid', async () => {
    const { payment } = await paid({ pay: WAIT, query: 'drop', cancel: cancelled('refund') })
    expect(payment).toMatchObject({ status: 'reversed' })
  })

  test.each([
    ['a lost connection', 'drop'],
    ['a time-out', 'hang'],
    ['HTTP 500', 'http500'],
    ['a page of HTML', 'html'],
    ['a badly signed success', 'bad signature'],
    ['an unsigned success', 'unsigned'],
    ['20000', problem('isp.unknow-error', '20000')],
    ['40004 with SYSTEM_ERROR', problem('ACQ.SYSTEM_ERROR')],
    ['TRADE_HAS_SUCCESS', problem('ACQ.TRADE_HAS_SUCCESS')],
  ] as [string, Answer][])('asks at once after %s, and finds the money', async (_, answer) => {
    const { gateway, payment } = await paid({ pay: answer, query: status('TRADE_SUCCESS') })
    expect(payment.status).toBe('paid')
    expect(gateway.counts).toEqual({ pay: 1, query: 1 })
  })

  test('fails on a definite refusal, in Alipay’s words, without asking further', async () => {
    const { gateway, payment } = await paid({ pay: problem('ACQ.BUYER_BALANCE_NOT_ENOUGH') })
    expect(payment.failure).toEqual({
      code: '40004',
      subCode: 'ACQ.BUYER_BALANCE_NOT_ENOUGH',
      message: 'why ACQ.BUYER_BALANCE_NOT_ENOUGH',
    })
    expect(payment.status).toBe('failed')
    expect(payment.dueAt).toBeUndefined()
    expect(gateway.counts).toEqual({ pay: 1 })
  })

  test('fails at once when the request never left', async () => {
    const { payment, gateway } = await paid({ pay: 'not sent' })
    expect(payment).toMatchObject({ status: 'failed', failure: { code: 'NOT_SENT' }, dueAt: undefined })
    expect(gateway.counts).toEqual({ pay: 1 })
  })

  test('a refusal nobody documented fails, and is looked at again', async () => {
    const { payment, gateway, cashier } = await paid({
      pay: problem('ACQ.BRAND_NEW_REASON'),
      query: [NO_TRADE, status('TRADE_SUCCESS')],
      cancel: cancelled('refund'),
    })
    expect(payment.status).toBe('failed')
    await gateway.clock.advance(400 * SECOND)
    expect(await cashier.find(payment.outTradeNo)).toMatchObject({ status: 'reversed', lateSuccess: true })
  })

  test('never trusts a trade of another amount under its number, and never cancels it', async () => {
    const { payment, gateway } = await paid({
      pay: problem('ACQ.TRADE_HAS_SUCCESS'),
      query: { ...status('TRADE_SUCCESS'), total_amount: '50.00' },
    })
    expect(payment).toMatchObject({ status: 'failed', failure: { code: 'REPLY_MISMATCH' }, needsAttention: true })
    expect(gateway.counts.cancel).toBeUndefined()
  })

  test('a replayed reply of another trade is no answer', async () => {
    const { payment, gateway } = await paid({ pay: { ...PAID, out_trade_no: 'OTHER' }, query: status('TRADE_SUCCESS') })
    expect(payment.status).toBe('paid')
    expect(gateway.counts).toEqual({ pay: 1, query: 1 })
  })

  test('a late success after a cancel that found nothing is reversed and reported', async () => {
    const gateway = new ScriptedGateway({
      pay: 'drop',
      query: [...Array<Answer>(13).fill(NO_TRADE), status('TRADE_SUCCESS'), status('TRADE_CLOSED')],
      cancel: [cancelled(), cancelled('refund')],
    })
    const settled: string[] = []
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      onSettled: ({ status, lateSuccess }) => void settled.push(`${status}${lateSuccess ? ' late' : ''}`),
    })
    const { outTradeNo } = await cashier.start(order())
    await gateway.clock.advance(1_000 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'reversed', lateSuccess: true, dueAt: undefined })
    expect(settled).toEqual(['closed', 'reversed late'])
  })

  test('keeps cancelling for ever while Alipay does not answer, and calls for a person after a minute', async () => {
    const gateway = new ScriptedGateway({ pay: WAIT, query: 'drop', cancel: 'drop' })
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock })
    const { outTradeNo } = await cashier.start(order())
    await gateway.clock.advance(60 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'cancelling', needsAttention: false })
    await gateway.clock.advance(59 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ needsAttention: false })
    await gateway.clock.advance(2 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'cancelling', needsAttention: true })
    const [first = 0, ...others] = gateway.times('cancel')
    expect(others.map((at) => at - first).slice(0, 5)).toEqual(
      [2, 6, 14, 30, 62].map((s) => s * SECOND).slice(0, others.length),
    )
    await gateway.clock.advance(3_600 * SECOND)
    expect(gateway.counts.cancel).toBeGreaterThan(60)
    gateway.script.cancel = cancelled('close')
    await gateway.clock.advance(61 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'closed', needsAttention: false })
  })

  test('never keeps, returns or shows the full payment code', async () => {
    const { payment, gateway } = await paid({ pay: PAID })
    expect(gateway.calls[0]?.content.auth_code).toBe('281234567890123456')
    expect(JSON.stringify(payment)).not.toContain('281234567890123456')
    expect(payment.maskedAuthCode).toBe('28************3456')
  })
})
