import { createAlipay, createCashier, type F2fError, parseForm } from '@f2f/core'
import { createHeartbeat, type HeartbeatOptions } from '@f2f/core/monitoring'
import { SimulatedClock } from '@f2f/core/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createSimulator, type FaultRule } from '../../src/index.ts'

const SECOND = 1_000
const QUARTER = 900 * SECOND

const till = (options: Partial<HeartbeatOptions> = {}, faults: readonly FaultRule[] = []) => {
  const clock = new SimulatedClock()
  const simulator = createSimulator({ clock, faults })
  const beats: (Record<string, unknown> & { at: number })[] = []
  const began = clock.now()
  const alipay = createAlipay({
    appId: simulator.appId,
    privateKey: simulator.appPrivateKey,
    alipayPublicKey: simulator.alipayPublicKey,
    gateway: 'http://alipay.test/gateway.do',
    clock,
    transport: (request) => {
      if (request.url.includes('monitor.heartbeat.syn')) {
        const content = JSON.parse(parseForm(request.body).get('biz_content') ?? '{}') as Record<string, unknown>
        beats.push({ ...content, at: clock.now() - began })
      }
      return simulator.transport(request)
    },
  })
  const problems: unknown[] = []
  const heartbeat = createHeartbeat({
    alipay,
    equipmentId: 'cr1000001',
    onProblem: (error) => void problems.push(error),
    ...options,
  })
  const cashier = createCashier({ alipay, clock, onProblem: () => undefined })
  onTestFinished(async () => {
    await heartbeat.close()
    await cashier.close()
  })
  let number = 0
  const order = (scenario: string) => ({
    outTradeNo: `H${++number}`,
    authCode: `2812345678901${String(number).padStart(3, '0')}${scenario}`,
    totalAmount: '1.00',
    subject: 'tea',
  })
  const sell = (scenario: string, over: object = {}) => cashier.start({ ...order(scenario), ...over })
  return { clock, simulator, beats, problems, heartbeat, cashier, order, sell }
}

const tradesOf = (beat: Record<string, unknown> | undefined) => beat?.trade_info as { OTN: string }[] | undefined

describe('a heartbeat', () => {
  test('says on, then normal every quarter of an hour, then off; Alipay takes each', async () => {
    const { clock, beats, problems, heartbeat } = till({
      storeId: 'S1',
      networkType: 'WIFI',
      exceptions: () => ['HE_PRINTER', 'HE_OTHER'],
    })
    await clock.advance(2 * QUARTER + 5 * SECOND)
    await heartbeat.close()
    expect(beats.map(({ at, equipment_status }) => [at / SECOND, equipment_status])).toEqual([
      [5, '10'],
      [905, '30'],
      [1805, '30'],
      [1805, '20'],
    ])
    expect(beats[0]).toMatchObject({
      product: 'FP',
      type: 'CR',
      equipment_id: 'cr1000001',
      time: '2026-01-01 08:00:05',
      store_id: 'S1',
      network_type: 'WIFI',
      exception_info: 'HE_PRINTER|HE_OTHER',
    })
    expect(problems).toEqual([])
    expect(clock.pending).toBe(0)
  })

  test('tells how long each payment took and how it ended, once', async () => {
    const { clock, beats, sell, cashier } = till()
    await sell('00')
    await sell('03')
    await sell('04')
    await sell('09')
    const cancelled = await sell('09')
    await clock.advance(3_500)
    await cashier.cancel(cancelled.outTradeNo)
    await clock.advance(2 * QUARTER)
    // Those that end at the same instant come in any order.
    const byNumber = (a: { OTN: string }, b: { OTN: string }): number => a.OTN.localeCompare(b.OTN)
    expect(beats.map((beat) => tradesOf(beat)?.toSorted(byNumber))).toEqual([
      [
        { OTN: 'H1', TC: 0, STAT: 'S' },
        { OTN: 'H3', TC: 0, STAT: 'F' },
        { OTN: 'H5', TC: 3.5, STAT: 'C' },
      ],
      [
        { OTN: 'H2', TC: 10, STAT: 'S' },
        { OTN: 'H4', TC: 60, STAT: 'F' },
      ],
    ])
  })

  test('tells of the payments of its own store only', async () => {
    const { clock, beats, sell } = till({ storeId: 'S1' })
    await sell('00', { storeId: 'S1' })
    await sell('00', { storeId: 'S2' })
    await clock.advance(5 * SECOND)
    expect(tradesOf(beats[0])?.map(({ OTN }) => OTN)).toEqual(['H1'])
  })

  test('sends more than thirty payments in several', async () => {
    const { clock, beats, sell } = till()
    for (let sold = 0; sold < 65; sold++) await sell('00')
    await clock.advance(5 * SECOND)
    expect(beats.map((beat) => tradesOf(beat)?.length)).toEqual([30, 30, 5])
    expect(new Set(beats.flatMap((beat) => tradesOf(beat)?.map(({ OTN }) => OTN))).size).toBe(65)
  })

  test('that is lost is told, disturbs no payment, and what it had to tell goes with the next', async () => {
    const { clock, beats, problems, sell, cashier } = till({}, [
      { method: 'heartbeat', when: 'before', fault: 'drop', times: 1 },
    ])
    await sell('00')
    await clock.advance(5 * SECOND)
    await sell('00')
    await clock.advance(QUARTER)
    expect(problems).toMatchObject([{ code: 'UNKNOWN_CONNECTION_LOST' }])
    expect(beats.map(({ equipment_status }) => equipment_status)).toEqual(['10', '10'])
    expect(tradesOf(beats[1])?.map(({ OTN }) => OTN)).toEqual(['H1', 'H2'])
    expect(await cashier.find('H2')).toMatchObject({ status: 'paid' })
  })

  test('keeps the newest three hundred payments while none gets through', async () => {
    const { clock, beats, order, cashier } = till({ every: 60 * SECOND }, [
      { method: 'heartbeat', when: 'before', fault: 'drop', times: 1 },
    ])
    for (let sold = 0; sold < 310; sold++) await cashier.pay(order('00'))
    await clock.advance(65 * SECOND)
    const told = beats.slice(1).flatMap((beat) => tradesOf(beat)?.map(({ OTN }) => OTN) ?? [])
    expect([told.length, told[0], told.at(-1)]).toEqual([300, 'H11', 'H310'])
  })

  test('that somebody’s handler of problems chokes on goes on', async () => {
    const { clock, beats } = till({
      exceptions: () => {
        throw new Error('no such printer')
      },
      onProblem: () => Promise.reject(new Error('and no log either')),
    })
    await clock.advance(QUARTER + 5 * SECOND)
    expect(beats).toEqual([])
  })

  test.each([
    ['equipmentId', { equipmentId: 'x'.repeat(33) }, 'equipmentId'],
    ['every', { every: 0 }, 'every'],
    ['firstAfter', { firstAfter: Number.NaN }, 'firstAfter'],
    ['alipay', { alipay: {} as HeartbeatOptions['alipay'] }, 'alipay'],
  ])('refuses a bad %s at once', (_name, options, field) => {
    const alipay = { heartbeat: async () => ({ code: '10000', msg: 'Success' }), clock: new SimulatedClock() }
    const make = () => createHeartbeat({ alipay, equipmentId: 'cr1', ...options })
    expect(make).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', details: expect.objectContaining({ field }) }) as F2fError,
    )
  })
})
