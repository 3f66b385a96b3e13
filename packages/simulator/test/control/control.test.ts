import { SimulatedClock } from '@f2f/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Simulator } from '../../src/index.ts'
import { ask, call, payment } from '../support/call.ts'
import { APP_KEYS, SELLER_ID } from '../support/keys.ts'
import { T0 } from '../support/ledger.ts'
import { app, control, makeSimulator, newCode, newNumber } from '../support/simulator.ts'

let clock: SimulatedClock
let simulator: Simulator
let number: string
beforeEach(() => {
  clock = new SimulatedClock(T0)
  simulator = makeSimulator({ clock })
  number = newNumber()
})
afterEach(() => simulator.close())

const get = (path: string) => control(simulator, 'GET', path)
const post = (path: string, body?: unknown) => control(simulator, 'POST', path, body)
const pay = (scenario: string) => ask(simulator, 'pay', payment(number, newCode(scenario)))

describe('the truth', () => {
  test('of a trade: status, amounts, refunds, calls and history', async () => {
    const { trade_no } = await pay('00')
    await clock.advance(5_000)
    await ask(simulator, 'refund', { out_trade_no: number, refund_amount: '8.88', out_request_no: 'r1' })
    expect((await get(`/trades/${number}`)).json).toEqual({
      outTradeNo: number,
      sellerId: SELLER_ID,
      tradeNo: trade_no,
      status: 'TRADE_SUCCESS',
      totalAmount: '88.88',
      refundedAmount: '8.88',
      subject: '咖啡',
      storeId: 'store_1',
      createdAt: '2026-01-01T00:00:00.000Z',
      paidAt: '2026-01-01T00:00:00.000Z',
      closedAt: null,
      refunds: [{ outRequestNo: 'r1', refundAmount: '8.88', refundedAt: '2026-01-01T00:00:05.000Z', by: 'refund' }],
      calls: { pay: 1, precreate: 0, query: 0, cancel: 0, close: 0, refund: 1, refundQuery: 0 },
      history: [
        { at: '2026-01-01T00:00:00.000Z', event: 'created', status: 'WAIT_BUYER_PAY' },
        { at: '2026-01-01T00:00:00.000Z', event: 'paid', status: 'TRADE_SUCCESS' },
        { at: '2026-01-01T00:00:05.000Z', event: 'refunded', status: 'TRADE_SUCCESS' },
      ],
      notifications: [],
      qrCode: null,
    })
  })

  test('of a number with calls but no trade: no status, only the calls', async () => {
    await pay('21')
    expect((await get(`/trades/${number}`)).json).toMatchObject({ status: null, tradeNo: null, calls: { pay: 1 } })
  })

  test('of an unscanned QR: no status, but the QR', async () => {
    const { qr_code } = await ask(simulator, 'precreate', { out_trade_no: number, subject: 'a', total_amount: '1' })
    expect((await get(`/trades/${number}`)).json).toMatchObject({ status: null, totalAmount: '1.00', qrCode: qr_code })
  })

  test('of a number nobody ever used: 404', async () => {
    expect(await get('/trades/nobody')).toMatchObject({
      status: 404,
      type: 'application/problem+json',
      json: { code: 'NOT_FOUND' },
    })
  })

  test('lists every trade, oldest first', async () => {
    const numbers = [newNumber(), newNumber()]
    for (const one of numbers) await ask(simulator, 'pay', payment(one, newCode('00')))
    const { json } = await get('/trades')
    expect(json.map(({ outTradeNo }: { outTradeNo: string }) => outTradeNo)).toEqual(numbers)
  })

  test('tells merchants with the same number apart', async () => {
    const merchant = { userId: '2088000000000055' }
    const two = makeSimulator({ apps: [app(), { appId: 'b', privateKey: APP_KEYS.privateKey, merchant }] })
    await call(two, 'alipay.trade.pay', payment(number, newCode('09')))
    await call(two, 'alipay.trade.pay', payment(number, newCode('00')), { params: { app_id: 'b' } })
    const truth = (query: string) => control(two, 'GET', `/trades/${number}${query}`)
    expect((await truth('')).json.status).toBe('WAIT_BUYER_PAY')
    expect((await truth('?sellerId=2088000000000055')).json.status).toBe('TRADE_SUCCESS')
    expect((await truth('?sellerId=2088000000000056')).status).toBe(404)
    two.close()
  })
})

describe('the buyer decides', () => {
  test('confirm pays a waiting trade, once', async () => {
    await pay('09')
    expect((await post(`/trades/${number}/confirm`)).json).toMatchObject({
      status: 'TRADE_SUCCESS',
      outTradeNo: number,
    })
    expect(await post(`/trades/${number}/confirm`)).toMatchObject({
      status: 409,
      json: { code: 'ACQ.TRADE_HAS_SUCCESS' },
    })
  })

  test('decline closes a waiting trade', async () => {
    await pay('09')
    expect((await post(`/trades/${number}/decline`)).json).toMatchObject({ status: 'TRADE_CLOSED' })
    expect(await post(`/trades/${number}/confirm`)).toMatchObject({
      status: 409,
      json: { code: 'ACQ.TRADE_HAS_CLOSE' },
    })
  })

  test('confirm scans a QR and pays it', async () => {
    await ask(simulator, 'precreate', { out_trade_no: number, subject: 'a', total_amount: '1' })
    expect((await post(`/trades/${number}/confirm`)).json).toMatchObject({
      status: 'TRADE_SUCCESS',
      totalAmount: '1.00',
    })
  })

  test('nobody can decide about what does not exist', async () => {
    expect((await post('/trades/nobody/confirm')).status).toBe(404)
  })
})

describe('faults', () => {
  test('are added, listed and cleared', async () => {
    const rule = { method: 'pay', when: 'after', fault: 'drop', times: 2 }
    expect((await post('/faults', [rule])).json).toEqual([rule])
    expect((await post('/faults', { method: 'query', fault: 'garbage' })).json).toHaveLength(2)
    expect((await get('/faults')).json).toHaveLength(2)
    expect(await control(simulator, 'DELETE', '/faults')).toMatchObject({ status: 200, json: [] })
    expect((await pay('00')).code).toBe('10000')
  })

  test.each([
    ['no method', { fault: 'drop' }, 'method'],
    ['an unknown method', { method: 'gift', fault: 'drop' }, 'method'],
    ['an unknown fault', { method: 'pay', fault: 'explode' }, 'fault'],
    ['an unknown moment', { method: 'pay', fault: 'drop', when: 'during' }, 'when'],
    ['no times', { method: 'pay', fault: 'drop', times: 0 }, 'times'],
    ['a probability beyond one', { method: 'pay', fault: 'drop', probability: 2 }, 'probability'],
    ['a number as order', { method: 'pay', fault: 'drop', outTradeNo: 5 }, 'outTradeNo'],
    ['an unknown field', { method: 'pay', fault: 'drop', chance: 1 }, 'chance'],
    ['no object', 'drop', 'object'],
  ])('with %s are refused by name', async (_name, rule, word) => {
    const answer = await post('/faults', [rule])
    expect(answer).toMatchObject({ status: 400, type: 'application/problem+json' })
    expect(answer.json.title).toContain(word)
  })
})

describe('codes and time', () => {
  test.each([
    ['30', /^28\d{14}30$/],
    [3, /^28\d{14}03$/],
    [undefined, /^28\d{14}00$/],
  ])('a code for scenario %o', async (scenario, shape) => {
    const { json } = await post('/codes', { scenario })
    expect(json.code).toMatch(shape)
    expect(json.expiresAt).toBe('2026-01-01T00:05:00.000Z')
  })

  test('fresh codes differ', async () => {
    const codes = await Promise.all(Array.from({ length: 50 }, () => post('/codes')))
    expect(new Set(codes.map(({ json }) => json.code)).size).toBe(50)
  })

  test.each(['x', '123', {}])('scenario %o is refused', async (scenario) => {
    expect((await post('/codes', { scenario })).status).toBe(400)
  })

  test('advancing moves the clock and says what time it is', async () => {
    expect((await post('/clock/advance', { ms: 90_000 })).json).toEqual({ now: '2026-01-01T00:01:30.000Z' })
    expect(simulator.clock.now()).toBe(T0 + 90_000)
  })

  test.each([{}, { ms: -1 }, { ms: 'x' }, { ms: 1e18 }])('advancing by %o is refused', async (body) => {
    expect((await post('/clock/advance', body)).status).toBe(400)
  })
})

describe('reset', () => {
  test('begins anew, with the same keys and time', async () => {
    await pay('03')
    await post('/faults', { method: 'query', fault: 'drop' })
    await post('/clock/advance', { ms: 1_000 })
    expect((await post('/reset')).json).toEqual({ now: '2026-01-01T00:00:01.000Z' })
    expect((await get('/trades')).json).toEqual([])
    expect((await get('/faults')).json).toEqual([])
    await post('/clock/advance', { ms: 60_000 })
    expect((await get('/trades')).json).toEqual([])
    expect((await pay('00')).code).toBe('10000')
  })
})

describe('anything else', () => {
  test.each([
    ['GET', '/nowhere'],
    ['DELETE', '/trades'],
    ['POST', '/trades/x/pay'],
  ])('%s %s is 404', async (method, path) => {
    expect(await control(simulator, method, path)).toMatchObject({ status: 404, type: 'application/problem+json' })
  })

  test('a body that is no JSON is 400', async () => {
    const response = await simulator.fetch(new Request('http://simulator.test/codes', { method: 'POST', body: '{' }))
    expect(response.status).toBe(400)
  })

  test('other origins get no permission', async () => {
    const headers = { origin: 'https://evil.test' }
    const response = await simulator.fetch(new Request('http://simulator.test/trades', { headers }))
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })
})
