import { describe, expect, test } from 'vitest'
import { createCashier, type Payment } from '../../src/index.ts'
import { signNotify } from '../../src/testing/index.ts'
import {
  ALIPAY,
  type Answer,
  APP,
  cancelled,
  NO_TRADE,
  order,
  ScriptedGateway,
  status,
  WAIT,
} from './scripted-gateway.ts'

const SECOND = 1_000
const FORM = { contentType: 'application/x-www-form-urlencoded; text/html; charset=utf-8' }

const shop = async (script: Record<string, Answer | Answer[]>, sellerId?: string) => {
  const gateway = new ScriptedGateway(script)
  const cashier = createCashier({ alipay: gateway.client({ sellerId }), clock: gateway.clock })
  const payment = await cashier.start(order())
  await gateway.clock.settle()
  const notify = async (over: Record<string, string> = {}, key = ALIPAY.pkcs8Pem) =>
    cashier.handleNotify(await signNotify(news(payment, over), key), FORM)
  return { gateway, cashier, payment, notify }
}

const news = (payment: Payment, over: Record<string, string>) => ({
  notify_id: 'N1',
  notify_type: 'trade_status_sync',
  notify_time: '2026-01-01 08:00:10',
  app_id: '2021000000000001',
  seller_id: '2088102122524333',
  out_trade_no: payment.outTradeNo,
  trade_no: '2026T',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '1.00',
  gmt_payment: '2026-01-01 08:00:09',
  ...over,
})

describe('a notification', () => {
  test('settles the payment at once, durably, before success is answered', async () => {
    const { cashier, payment, notify } = await shop({ pay: WAIT })
    const result = await notify()
    expect(result).toMatchObject({ reply: 'success', payment: { status: 'paid', tradeNo: '2026T' } })
    expect(await cashier.find(payment.outTradeNo)).toMatchObject({
      status: 'paid',
      paidAt: new Date('2026-01-01T00:00:09Z'),
    })
  })

  test('settles a payment whose pay is still under way; the reply then changes nothing', async () => {
    const { gateway, cashier, payment, notify } = await shop({ pay: { after: 5 * SECOND, reply: WAIT } })
    expect((await notify()).payment?.status).toBe('paid')
    await gateway.clock.advance(10 * SECOND)
    expect(await cashier.find(payment.outTradeNo)).toMatchObject({ status: 'paid', dueAt: undefined })
    expect(gateway.counts).toEqual({ pay: 1 })
  })

  test.each([
    ['forged', {}, 'NOTIFY_BAD_SIGNATURE', APP.pkcs8Pem],
    ['about an unknown order', { out_trade_no: 'NOBODYS' }, 'NOTIFY_UNKNOWN_ORDER', ALIPAY.pkcs8Pem],
    ['of another amount', { total_amount: '9.99' }, 'NOTIFY_AMOUNT_MISMATCH', ALIPAY.pkcs8Pem],
    ['for another seller', { seller_id: '2088000000000000' }, 'NOTIFY_SELLER_MISMATCH', ALIPAY.pkcs8Pem],
    ['for another application', { app_id: '2021999999999999' }, 'NOTIFY_APP_MISMATCH', ALIPAY.pkcs8Pem],
  ] as const)('%s is answered fail and changes nothing', async (_, over, code, key) => {
    const { cashier, payment, notify } = await shop({ pay: WAIT }, '2088102122524333')
    const before = await cashier.find(payment.outTradeNo)
    expect(await notify(over, key)).toMatchObject({ reply: 'fail', error: { code } })
    expect(await cashier.find(payment.outTradeNo)).toEqual(before)
  })

  test.each(['', 'nonsense', '%', 'a=1&a=2', '{"out_trade_no":"1"}'])(
    'of rubbish %o is answered fail',
    async (body) => {
      const { cashier } = await shop({ pay: WAIT })
      expect(await cashier.handleNotify(body, FORM)).toMatchObject({ reply: 'fail' })
    },
  )

  test('twice, and two at once, is one outcome', async () => {
    const settled: Payment[] = []
    const gateway = new ScriptedGateway({ pay: WAIT })
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      onSettled: (paid) => void settled.push(paid),
    })
    const payment = await cashier.start(order())
    await gateway.clock.settle()
    const body = await signNotify(news(payment, {}), ALIPAY.pkcs8Pem)
    const results = await Promise.all([1, 2, 3].map(() => cashier.handleNotify(body, FORM)))
    expect(results.map(({ reply }) => reply)).toEqual(['success', 'success', 'success'])
    await cashier.idle()
    expect(settled).toHaveLength(1)
  })

  test('of success while cancelling waits for the cancel: the money goes back', async () => {
    const { gateway, cashier, payment, notify } = await shop({ pay: WAIT, cancel: ['drop', cancelled('refund')] })
    await cashier.cancel(payment.outTradeNo)
    expect((await notify()).payment?.status).toBe('cancelling')
    await gateway.clock.advance(2 * SECOND)
    expect(await cashier.find(payment.outTradeNo)).toMatchObject({ status: 'reversed' })
  })

  test('of success after a settled end is checked with Alipay at once: an old message changes nothing', async () => {
    const { gateway, cashier, payment, notify } = await shop({
      pay: WAIT,
      cancel: cancelled('refund'),
      query: status('TRADE_CLOSED'),
    })
    await cashier.cancel(payment.outTradeNo)
    expect((await notify()).reply).toBe('success')
    await cashier.idle()
    expect(gateway.counts.query).toBe(1)
    expect(await cashier.find(payment.outTradeNo)).toMatchObject({ status: 'reversed', dueAt: undefined })
  })

  test('of success after a settled end that tells of a late payment has it sent back', async () => {
    const { cashier, payment, notify } = await shop({
      pay: 'drop',
      query: [NO_TRADE, status('TRADE_SUCCESS')],
      cancel: [cancelled(), cancelled('refund')],
    })
    await cashier.cancel(payment.outTradeNo)
    await notify()
    await cashier.idle()
    expect(await cashier.find(payment.outTradeNo)).toMatchObject({ status: 'reversed', lateSuccess: true })
  })

  test('of a closed trade after paid (a full refund) leaves it paid', async () => {
    const { cashier, payment, notify } = await shop({ pay: WAIT })
    await notify()
    expect((await notify({ trade_status: 'TRADE_CLOSED' })).reply).toBe('success')
    expect(await cashier.find(payment.outTradeNo)).toMatchObject({ status: 'paid' })
  })

  test('when the store is down is not acknowledged', async () => {
    const gateway = new ScriptedGateway({ pay: WAIT })
    const { memoryStore } = await import('../../src/index.ts')
    const store = memoryStore()
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock, store })
    const payment = await cashier.start(order())
    await gateway.clock.settle()
    store.replace = async () => {
      throw new Error('disk full')
    }
    const result = await cashier.handleNotify(await signNotify(news(payment, {}), ALIPAY.pkcs8Pem), FORM)
    expect(result).toMatchObject({ reply: 'fail', error: { code: 'STORE_UNAVAILABLE' } })
  })
})
