import { describe, expect, test } from 'vitest'
import { allowAnyone, createHandler } from '../../src/http/index.ts'
import { PAID, WAIT } from '../cashier/scripted-gateway.ts'
import { simulatedShop, untilTrue } from './shop.ts'

const SECOND = 1_000
const LATER = { pay: WAIT, query: [WAIT, { ...PAID, trade_status: 'TRADE_SUCCESS' }] }

/** Reads what has come so far, again and again. */
const reading = (response: Response) => {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const state = { text: '', done: false }
  const read = async (): Promise<void> => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      state.text += new TextDecoder().decode(part.value)
    }
    state.done = true
  }
  return { state, ended: read(), cancel: () => reader.cancel() }
}

const setUp = async (script?: Parameters<typeof simulatedShop>[0]) => {
  const shop = await simulatedShop(script)
  const handler = createHandler({ ...shop, authenticate: allowAnyone, heartbeatEvery: 2 * SECOND })
  return { ...shop, handler, get: (path: string, init?: RequestInit) => handler(new Request(path, init)) }
}

describe('waiting for a payment', () => {
  test('ends with the payment as it stands when the clock says so, and leaves nothing behind', async () => {
    const { get, path, clock, open } = await setUp({ pay: { after: 3_600 * SECOND, reply: WAIT } })
    const before = clock.pending
    const waiting = get(`${path}?wait=7`)
    await clock.advance(6_999)
    expect(open()).toBe(1)
    await clock.advance(1)
    expect(await (await waiting).json()).toMatchObject({ status: 'paying', settled: false })
    expect(open()).toBe(0)
    expect(clock.pending).toBe(before)
  })

  test('ends when the payment is settled', async () => {
    const { get, path, clock, open } = await setUp(LATER)
    const waiting = get(`${path}?wait=60`)
    await clock.advance(10 * SECOND)
    expect(await (await waiting).json()).toMatchObject({ status: 'paid' })
    expect(open()).toBe(0)
  })

  test('ends when the client has gone', async () => {
    const { get, path, open } = await setUp()
    const client = new AbortController()
    const waiting = get(`${path}?wait=60`, { signal: client.signal })
    await untilTrue(() => open() === 1)
    client.abort()
    await waiting
    expect(open()).toBe(0)
  })

  test('does not begin for a client that has gone already', async () => {
    const { get, path, open } = await setUp()
    await get(`${path}?wait=60`, { signal: AbortSignal.abort() })
    expect(open()).toBe(0)
  })

  test('ends with a problem when the cashier closes', async () => {
    const { get, path, cashier, open } = await setUp()
    const waiting = get(`${path}?wait=60`)
    await untilTrue(() => open() === 1)
    await cashier.close()
    const response = await waiting
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await response.json()).toMatchObject({
      code: 'WAIT_CASHIER_CLOSED',
      retryable: true,
      moneyMayHaveMoved: true,
    })
  })
})

describe('an event stream', () => {
  test('begins with how soon to come back and the payment, then tells every change, then ends', async () => {
    const { get, path, clock, open, payment } = await setUp(LATER)
    const response = await get(`${path}/events`)
    const { state, ended } = reading(response)
    await clock.advance(10 * SECOND)
    await ended
    const [retry, ...events] = state.text.split('\n\n').filter((block) => block !== '' && !block.startsWith(':'))
    expect(retry).toBe('retry: 1000')
    expect(events.map((event) => event.replace(/data: .*"status":"(\w+)".*/, '$1').split('\n'))).toEqual([
      ['id: 2', 'confirming'],
      ['id: 3', 'paid'],
    ])
    expect(open()).toBe(0)
    expect(payment.version).toBe(1)
  })

  test('is told to proxies as something not to buffer, compress or keep', async () => {
    const { get, path } = await setUp()
    const response = await get(`${path}/events`)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    await response.body?.cancel()
  })

  test('gives a sign of life whenever it has been quiet, and only then', async () => {
    const { get, path, clock } = await setUp({ pay: { after: 7 * SECOND, reply: PAID } })
    const { state, ended } = reading(await get(`${path}/events`))
    const beats = () => state.text.split('\n\n').filter((block) => block === ': ').length
    await clock.advance(1_999)
    expect(beats()).toBe(0)
    await clock.advance(1)
    expect(beats()).toBe(1)
    await clock.advance(4 * SECOND)
    expect(beats()).toBe(3)
    await clock.advance(SECOND)
    await ended
    expect(beats()).toBe(3)
  })

  test('piles up no signs of life for a client that does not read', async () => {
    const { get, path, clock } = await setUp({ pay: { after: 3_600 * SECOND, reply: WAIT } })
    const response = await get(`${path}/events`)
    await clock.advance(600 * SECOND)
    const { state, cancel } = reading(response)
    await untilTrue(() => state.text.includes('data: '))
    await clock.settle()
    expect(state.text.split('\n\n').filter((block) => block === ': ')).toEqual([])
    await cancel()
  })

  test.each([
    ['stops reading', (_: AbortController, cancel: () => Promise<void>) => cancel()],
    ['has gone', async (client: AbortController) => client.abort()],
  ])('is let go of when the client %s', async (_, leave) => {
    const { get, path, clock, open } = await setUp()
    const timers = clock.pending
    const client = new AbortController()
    const { state, cancel } = reading(await get(`${path}/events`, { signal: client.signal }))
    await untilTrue(() => state.text.includes('data: '))
    expect([open(), clock.pending]).toEqual([1, timers + 1])
    await leave(client, cancel)
    await untilTrue(() => open() === 0)
    expect(clock.pending).toBe(timers)
  })

  test('ends when the cashier closes, without a word, so that the client comes back', async () => {
    const { get, path, cashier, open } = await setUp()
    const { state, ended } = reading(await get(`${path}/events`))
    await untilTrue(() => open() === 1)
    await cashier.close()
    await ended
    expect(state.text).not.toContain('problem')
  })

  test('is not even begun for HEAD', async () => {
    const { get, path, clock, open } = await setUp()
    const timers = clock.pending
    const response = await get(`${path}/events`, { method: 'HEAD' })
    expect([response.status, response.body]).toEqual([200, null])
    await untilTrue(() => open() === 0)
    expect(clock.pending).toBe(timers)
  })

  test('shows the payment to a client whose last id is from other books', async () => {
    const { get, path } = await setUp()
    const { state, cancel } = reading(await get(`${path}/events`, { headers: { 'last-event-id': '999' } }))
    await untilTrue(() => state.text.includes('id: 2'))
    await cancel()
  })
})
