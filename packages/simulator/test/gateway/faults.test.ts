import { SimulatedClock } from '@f2f/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConnectionLost, type FaultRule, type Simulator } from '../../src/index.ts'
import { call, callRaw, payment } from '../support/call.ts'
import { T0 } from '../support/ledger.ts'
import { control, makeSimulator, newCode, newNumber } from '../support/simulator.ts'

let clock: SimulatedClock
let simulator: Simulator
let number: string
beforeEach(() => {
  clock = new SimulatedClock(T0)
  simulator = makeSimulator({ clock })
  number = newNumber()
})
afterEach(() => simulator.close())

const PAY = 'alipay.trade.pay'
const plan = (...rules: Partial<FaultRule>[]) => control(simulator, 'POST', '/faults', rules)
const pay = (code = newCode('00')) => call(simulator, PAY, payment(number, code))
const payRaw = (code = newCode('00')) => callRaw(simulator, PAY, payment(number, code))
const status = () => simulator.ledger.find(number)?.status ?? null

describe.each([
  ['before', null],
  ['after', 'TRADE_SUCCESS'],
] as const)('a fault %s the work leaves the truth at %s', (when, truth) => {
  const strike = (fault: FaultRule['fault']) => plan({ method: 'pay', when, fault, times: 1 })

  test('drop: the connection breaks', async () => {
    await strike('drop')
    await expect(payRaw()).rejects.toThrow(ConnectionLost)
    expect(status()).toBe(truth)
  })

  test('http500: HTTP 500 and a page', async () => {
    await strike('http500')
    const { response, bytes } = await payRaw()
    expect(response.status).toBe(500)
    expect(bytes.toString()).toContain('<html>')
    expect(status()).toBe(truth)
  })

  test('garbage: HTTP 200 and a page', async () => {
    await strike('garbage')
    const { response, bytes } = await payRaw()
    expect(response.status).toBe(200)
    expect(bytes.toString()).toContain('<html>')
    expect(status()).toBe(truth)
  })

  test.each([
    ['system_error', { code: '40004', sub_code: 'ACQ.SYSTEM_ERROR' }],
    ['unavailable', { code: '20000', sub_code: 'isp.unknow-error' }],
    ['retry_flag', { code: '40004', sub_code: 'ACQ.SYSTEM_ERROR', retry_flag: 'Y' }],
  ] as const)('%s: a signed %o', async (fault, shape) => {
    await strike(fault)
    const { node, isSigned } = await pay()
    expect(node).toMatchObject(shape)
    expect(isSigned).toBe(true)
    expect(status()).toBe(truth)
  })

  test('bad_signature: a signature that does not hold', async () => {
    await strike('bad_signature')
    const { isSigned, reply } = await pay()
    expect(reply.sign).toHaveLength(344)
    expect(isSigned).toBe(false)
    expect(status()).toBe(truth)
  })

  test('delay: an answer that comes later', async () => {
    await plan({ method: 'pay', when, fault: 'delay', delay: 30_000, times: 1 })
    const late = pay()
    await clock.advance(29_999)
    expect(status()).toBe(truth)
    await clock.advance(1)
    expect((await late).node.code).toBe('10000')
    expect(status()).toBe('TRADE_SUCCESS')
  })
})

test('a delayed pay can land after the cancel that found nothing', async () => {
  await plan({ method: 'pay', fault: 'delay', times: 1 })
  const late = pay()
  await clock.settle()
  const cancelled = await call(simulator, 'alipay.trade.cancel', { out_trade_no: number })
  expect(cancelled.node).toEqual({ code: '10000', msg: 'Success', out_trade_no: number, retry_flag: 'N' })
  await clock.advance(15_000)
  expect((await late).node.code).toBe('10000')
  expect(status()).toBe('TRADE_SUCCESS')
})

test('faults befall only the order they name', async () => {
  await plan({ method: 'query', fault: 'http500', outTradeNo: number })
  await pay()
  const other = await callRaw(simulator, 'alipay.trade.query', { out_trade_no: 'x' })
  expect(other.response.status).toBe(200)
  expect((await callRaw(simulator, 'alipay.trade.query', { out_trade_no: number })).response.status).toBe(500)
  const tradeNo = simulator.ledger.find(number)?.tradeNo
  expect((await callRaw(simulator, 'alipay.trade.query', { trade_no: tradeNo })).response.status).toBe(500)
})

test('every call is counted, whatever became of its answer', async () => {
  await plan({ method: 'pay', fault: 'drop', times: 2 }, { method: 'query', when: 'after', fault: 'garbage', times: 1 })
  for (const _attempt of [1, 2]) await expect(payRaw()).rejects.toThrow(ConnectionLost)
  await pay()
  await callRaw(simulator, 'alipay.trade.query', { out_trade_no: number })
  expect(simulator.ledger.find(number)?.calls).toEqual({
    pay: 3,
    precreate: 0,
    query: 1,
    cancel: 0,
    close: 0,
    refund: 0,
    refundQuery: 0,
  })
})

test('faults can be planned from the start, and the same seed repeats them', async () => {
  const run = async () => {
    const planned = makeSimulator({ seed: 42, faults: [{ method: 'query', fault: 'http500', probability: 0.5 }] })
    const statuses: number[] = []
    for (let index = 0; index < 20; index++) {
      statuses.push((await callRaw(planned, 'alipay.trade.query', { out_trade_no: 'x' })).response.status)
    }
    planned.close()
    return statuses
  }
  const first = await run()
  expect(new Set(first)).toEqual(new Set([200, 500]))
  expect(await run()).toEqual(first)
})

test.each([
  ['method', { method: 'pya', fault: 'drop' }],
  ['fault', { method: 'pay', fault: 'dorp' }],
  ['times', { method: 'pay', fault: 'drop', times: 0 }],
  ['tiems', { method: 'pay', fault: 'drop', tiems: 1 }],
])('a fault planned from the start with a wrong %s is refused, not left without effect', (field, rule) => {
  expect(() => makeSimulator({ faults: [rule as FaultRule] })).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(field),
      details: expect.objectContaining({ field: 'faults' }),
    }),
  )
})

test('closing breaks off the answers that are held back', async () => {
  const late = payRaw(newCode('32'))
  await clock.settle()
  simulator.close()
  await expect(late).rejects.toThrow('The simulator was closed.')
})
