import { connect } from 'node:net'
import { createAlipay, type F2fError } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { type Simulator, type SimulatorServer, serve } from '../../src/index.ts'
import { APP_ID, APP_KEYS } from '../support/keys.ts'
import { T0 } from '../support/ledger.ts'
import { makeSimulator, newCode, newNumber } from '../support/simulator.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const start = async (simulator: Simulator = makeSimulator()): Promise<SimulatorServer> => {
  const server = await serve(simulator)
  closing.push(server.close)
  return server
}

const alipayFor = (simulator: Simulator, changes = {}) =>
  createAlipay({
    appId: APP_ID,
    privateKey: APP_KEYS.privateKey,
    alipayPublicKey: simulator.alipayPublicKey,
    gateway: 'http://simulator.test/gateway.do',
    ...changes,
  })

const order = (scenario: string) => ({
  out_trade_no: newNumber(),
  scene: 'bar_code' as const,
  auth_code: newCode(scenario),
  subject: '咖啡',
  total_amount: '1.00',
})

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: F2fError) => error.code,
  )

/** A body whose length nobody says in advance. */
const inPieces = (body: string): ReadableStream<Uint8Array> => new Blob([body]).stream()

/** What the server says to bytes no client of ours would send. */
const answerTo = (url: string, bytes: string): Promise<{ readonly status: number }> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes))
    socket.once('error', reject)
    socket.once('data', (answer) => {
      socket.destroy()
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.toString('latin1'))?.[1]) })
    })
  })

describe('over HTTP', () => {
  test('the addresses answer', async () => {
    const { url, gateway, control, wallet } = await start()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(gateway).toBe(`${url}/gateway.do`)
    expect(await (await fetch(gateway, { method: 'POST' })).text()).toContain('isv.missing-app-id')
    expect(await (await fetch(`${control}/trades`)).json()).toEqual([])
    expect((await fetch(wallet)).headers.get('content-type')).toContain('text/html')
  })

  test("core's client pays", async () => {
    const simulator = makeSimulator()
    const { gateway } = await start(simulator)
    expect(await alipayFor(simulator, { gateway }).pay(order('00'))).toMatchObject({ code: '10000' })
  })

  test('a dropped connection is a destroyed socket, not an answer', async () => {
    const simulator = makeSimulator({ faults: [{ method: 'query', fault: 'drop' }] })
    const { gateway } = await start(simulator)
    const query = alipayFor(simulator, { gateway }).query({ out_trade_no: 'a' })
    expect(await codeOf(query)).toBe('UNKNOWN_CONNECTION_LOST')
  })

  test('a body beyond all bounds is refused', async () => {
    const { gateway } = await start()
    const response = await fetch(gateway, { method: 'POST', body: 'a'.repeat(9 * 1024 * 1024) })
    expect(response.status).toBe(413)
  })

  test.each([
    ['DELETE', '/faults'],
    ['POST', '/reset'],
    ['POST', '/codes'],
  ])('%s %s needs neither a body nor a length of one', async (method, path) => {
    const { control } = await start()
    const { status } = await answerTo(control, `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    expect(status).toBe(200)
  })

  test('a call that comes in pieces, without a length, is read', async () => {
    const { control } = await start()
    const rule = '[{"method":"pay","fault":"drop"}]'
    const added = await fetch(`${control}/faults`, { method: 'POST', body: inPieces(rule), duplex: 'half' })
    expect(await added.json()).toMatchObject([{ method: 'pay', fault: 'drop' }])
    expect(await (await fetch(`${control}/faults`, { method: 'DELETE' })).json()).toEqual([])
  })

  test('a body beyond all bounds is refused without a length, too', async () => {
    const { gateway } = await start()
    const endless = inPieces('a'.repeat(9 * 1024 * 1024))
    expect((await fetch(gateway, { method: 'POST', body: endless, duplex: 'half' })).status).toBe(413)
  })

  test('a taken port is an error', async () => {
    const { url } = await start()
    const other = makeSimulator()
    await expect(serve(other, { port: Number(new URL(url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    other.close()
  })

  test('closing cuts what is still open', async () => {
    const { url, close } = await serve(makeSimulator())
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    await new Promise((resolve) => socket.once('connect', resolve))
    const cut = new Promise((resolve) => socket.once('close', resolve))
    await close()
    await cut
    await expect(fetch(url)).rejects.toThrow()
  })
})

describe('in this process, through the transport', () => {
  const inProcess = (options = {}) => {
    const simulator = makeSimulator({ clock: new SimulatedClock(T0), ...options })
    closing.push(async () => simulator.close())
    return { simulator, alipay: alipayFor(simulator, { transport: simulator.transport, clock: simulator.clock }) }
  }

  test("core's client pays", async () => {
    const { simulator, alipay } = inProcess()
    const paid = order('00')
    expect(await alipay.pay(paid)).toMatchObject({ code: '10000' })
    expect(simulator.ledger.find(paid.out_trade_no)?.status).toBe('TRADE_SUCCESS')
  })

  test.each([
    ['30', 'UNKNOWN_CONNECTION_LOST'],
    ['33', 'REPLY_BAD_SIGNATURE'],
  ])('a code ending in %s is %s', async (scenario, code) => {
    expect(await codeOf(inProcess().alipay.pay(order(scenario)))).toBe(code)
  })

  test('an answer that comes too late is UNKNOWN_TIMEOUT, and the money has moved', async () => {
    const clock = new SimulatedClock(T0)
    const { simulator, alipay } = inProcess({ clock })
    const late = order('32')
    const code = codeOf(alipay.pay(late))
    await clock.advance(10_000)
    expect(await code).toBe('UNKNOWN_TIMEOUT')
    expect(simulator.ledger.find(late.out_trade_no)?.status).toBe('TRADE_SUCCESS')
  })

  test('a caller who had given up before is told that nothing was sent', async () => {
    const { simulator, alipay } = inProcess()
    const given = order('00')
    expect(await codeOf(alipay.pay(given, { signal: AbortSignal.abort() }))).toBe('REQUEST_ABORTED')
    expect(simulator.ledger.find(given.out_trade_no)).toBeUndefined()
  })
})
