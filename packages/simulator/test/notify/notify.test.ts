import { createPublicKey } from 'node:crypto'
import { parseNotify, verifyNotifySignature } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Simulator, SimulatorNotifyOptions } from '../../src/index.ts'
import { ask, type CallOptions, payment } from '../support/call.ts'
import { ALIPAY_KEYS, APP_ID, SELLER_ID } from '../support/keys.ts'
import { HOUR, MINUTE, T0 } from '../support/ledger.ts'
import { control, makeSimulator, newCode, newNumber } from '../support/simulator.ts'

interface Delivery {
  readonly at: number
  readonly url: string
  readonly type: string | null
  readonly body: string
}

let clock: SimulatedClock
let simulator: Simulator
let number: string
let deliveries: Delivery[]
let answers: (() => Response | Promise<Response>)[]

const start = (notify: SimulatorNotifyOptions = {}) => {
  simulator = makeSimulator({
    clock,
    notify: {
      send: async (request) => {
        const type = request.headers.get('content-type')
        deliveries.push({ at: simulator.clock.now() - T0, url: request.url, type, body: await request.text() })
        return (answers.shift() ?? (() => new Response('success')))()
      },
      ...notify,
    },
  })
}

beforeEach(() => {
  clock = new SimulatedClock(T0)
  number = newNumber()
  deliveries = []
  answers = []
})
afterEach(() => simulator.close())

const URL = 'https://merchant.test/notify'
const pay = (scenario: string, options: CallOptions = {}, changes = {}) =>
  ask(simulator, 'pay', payment(number, newCode(scenario), changes), { params: { notify_url: URL }, ...options })
const verified = ({ body }: Delivery) =>
  verifyNotifySignature(parseNotify(body), [createPublicKey(ALIPAY_KEYS.publicKey)], 'RSA2')
const params = ({ body }: Delivery) => parseNotify(body).params
const delivery = (index: number): Delivery => {
  const found = deliveries[index]
  if (found === undefined) throw new Error(`There was no delivery ${index}.`)
  return found
}

describe('a payment', () => {
  test('is told at once, with the fields Alipay sends, well signed', async () => {
    start()
    const { trade_no } = await pay('00', {}, { body: '大杯', passback_params: 'a%3D1' })
    await clock.advance(0)
    expect(deliveries).toHaveLength(1)
    expect(delivery(0)).toMatchObject({ url: URL, type: 'application/x-www-form-urlencoded; charset=utf-8' })
    expect(await verified(delivery(0))).toBe(true)
    expect(params(delivery(0))).toEqual({
      app_id: APP_ID,
      auth_app_id: APP_ID,
      body: '大杯',
      buyer_id: '2088002123336273',
      buyer_logon_id: '138****0000',
      buyer_pay_amount: '88.88',
      charset: 'utf-8',
      fund_bill_list: '[{"amount":"88.88","fundChannel":"ALIPAYACCOUNT"}]',
      gmt_create: '2026-01-01 08:00:00',
      gmt_payment: '2026-01-01 08:00:00',
      invoice_amount: '88.88',
      notify_id: expect.stringMatching(/^20260101\d+$/),
      notify_time: '2026-01-01 08:00:00',
      notify_type: 'trade_status_sync',
      out_trade_no: number,
      passback_params: 'a%3D1',
      point_amount: '0.00',
      receipt_amount: '88.88',
      seller_email: 'merchant@example.com',
      seller_id: SELLER_ID,
      subject: '咖啡',
      total_amount: '88.88',
      trade_no,
      trade_status: 'TRADE_SUCCESS',
      version: '1.0',
    })
  })

  test('is told when the waiting buyer pays, not before', async () => {
    start()
    await pay('03')
    await clock.advance(7_999)
    expect(deliveries).toEqual([])
    await clock.advance(1)
    expect(deliveries).toHaveLength(1)
  })

  test('is told in gbk when the request was gbk', async () => {
    start()
    await pay('00', { charset: 'gbk' }, { subject: '拿铁' })
    await clock.advance(0)
    expect(delivery(0).body).toContain('subject=%C4%C3%CC%FA')
    expect(params(delivery(0))).toMatchObject({ charset: 'gbk', subject: '拿铁' })
    expect(await verified(delivery(0))).toBe(true)
  })

  test('is not told without a notify_url, nor when notifications are off', async () => {
    start()
    await pay('00', { params: {} })
    await clock.advance(MINUTE)
    simulator.close()
    start({ enabled: false })
    await pay('00')
    await clock.advance(MINUTE)
    expect(deliveries).toEqual([])
  })
})

describe('the schedule', () => {
  const refuse = () => new Response('fail')
  const times = [0, 4 * MINUTE, 14 * MINUTE, 24 * MINUTE, 84 * MINUTE, 204 * MINUTE, 564 * MINUTE, 1464 * MINUTE]

  test('eight attempts in a day, with one notify_id, each signed with its own time', async () => {
    start()
    answers = Array.from({ length: 9 }, () => refuse)
    await pay('00')
    await control(simulator, 'POST', '/clock/advance', { ms: 48 * HOUR })
    expect(deliveries.map(({ at }) => at)).toEqual(times)
    expect(new Set(deliveries.map((one) => params(one).notify_id)).size).toBe(1)
    expect(new Set(deliveries.map((one) => params(one).notify_time)).size).toBe(8)
    expect(await Promise.all(deliveries.map(verified))).toEqual(times.map(() => true))
    expect(simulator.ledger.find(number)?.notifications).toMatchObject([
      { news: 'paid', attempts: 8, delivered: false },
    ])
  })

  test('ends with success', async () => {
    start()
    answers = [refuse, refuse]
    await pay('00')
    await clock.advance(48 * HOUR)
    expect(deliveries.map(({ at }) => at)).toEqual(times.slice(0, 3))
    expect(simulator.ledger.find(number)?.notifications).toMatchObject([{ attempts: 3, delivered: true }])
  })

  test.each<[string, () => Response | Promise<Response>]>([
    ['fail', refuse],
    ['SUCCESS', () => new Response('SUCCESS')],
    ['success with a line end', () => new Response('success\n')],
    ['success with HTTP 500', () => new Response('success', { status: 500 })],
    ['a redirect', () => Response.redirect('https://merchant.test/other')],
    ['a broken connection', () => Promise.reject(new Error('reset'))],
  ])('goes on after %s', async (_name, answer) => {
    start()
    answers = [answer]
    await pay('00')
    await clock.advance(4 * MINUTE)
    expect(deliveries).toHaveLength(2)
  })

  test('a reset ends it', async () => {
    start()
    answers = [refuse]
    await pay('00')
    await clock.advance(0)
    await control(simulator, 'POST', '/reset')
    await clock.advance(48 * HOUR)
    expect(deliveries).toHaveLength(1)
  })
})

describe('other news', () => {
  const refund = () => ask(simulator, 'refund', { out_trade_no: number, refund_amount: '8.88', out_request_no: 'r1' })

  test('a refund is told to the address of the payment', async () => {
    start()
    await pay('00')
    await clock.advance(123)
    await refund()
    await clock.advance(0)
    expect(deliveries).toHaveLength(2)
    expect(params(delivery(1))).toMatchObject({
      trade_status: 'TRADE_SUCCESS',
      refund_fee: '8.88',
      send_back_fee: '8.88',
      out_biz_no: 'r1',
      gmt_refund: '2026-01-01 08:00:00.123',
    })
    expect(params(delivery(1)).notify_id).not.toBe(params(delivery(0)).notify_id)
  })

  test('refunds are not told when that is switched off', async () => {
    start({ onRefund: false })
    await pay('00')
    await refund()
    await clock.advance(MINUTE)
    expect(deliveries).toHaveLength(1)
  })

  test.each([
    [false, 0],
    [true, 1],
  ])('with onClosed %o an unpaid trade that closes is told %i times', async (onClosed, count) => {
    start({ onClosed })
    await pay('09', {}, { timeout_express: '1m' })
    await clock.advance(MINUTE)
    expect(deliveries).toHaveLength(count)
    expect(deliveries.map((one) => params(one).trade_status)).toEqual(Array(count).fill('TRADE_CLOSED'))
  })

  test('a paid QR is told to the address of the precreate call', async () => {
    start()
    const biz = { out_trade_no: number, subject: 'a', total_amount: '1' }
    await ask(simulator, 'precreate', biz, { params: { notify_url: `${URL}?qr` } })
    await control(simulator, 'POST', `/trades/${number}/confirm`)
    await clock.advance(0)
    expect(delivery(0).url).toBe(`${URL}?qr`)
  })
})

test('an attempt nobody answers is given up', async () => {
  const patience: (() => void)[] = []
  const base = {
    now: () => T0,
    setTimeout: (fn: () => void, ms: number) => {
      if (ms === 10_000) patience.push(fn)
      return () => {}
    },
  }
  let tellArrived = () => {}
  const arrived = new Promise<void>((resolve) => {
    tellArrived = resolve
  })
  simulator = makeSimulator({
    clock: base,
    notify: {
      send: (request) => {
        tellArrived()
        return new Promise((_resolve, reject) =>
          request.signal.addEventListener('abort', () => reject(new Error('aborted'))),
        )
      },
    },
  })
  await pay('00')
  const advanced = control(simulator, 'POST', '/clock/advance', { ms: 0 })
  await arrived
  for (const giveUp of patience) giveUp()
  await advanced
  expect(simulator.ledger.find(number)?.notifications).toMatchObject([{ attempts: 1, delivered: false }])
})
