import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allowAnyone, createHandler, type HandlerOptions } from '../../src/http/index.ts'
import { orderNumbers } from '../../src/http/order-number.ts'
import { F2fError, isF2fError } from '../../src/index.ts'
import { httpShop, SimulatedClock } from '../../src/testing/index.ts'
import { order, WAIT } from '../cashier/scripted-gateway.ts'
import { simulatedShop } from './shop.ts'

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (isF2fError(error)) return `${error.code} ${error.details.field}`
  }
  return 'nothing was thrown'
}

const json = async (response: Response): Promise<Record<string, unknown>> => ({
  http: response.status,
  ...((await response.json()) as object),
})

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  new Request(`http://till${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const setUp = async (options: Partial<HandlerOptions> = {}) => {
  const problems: [string, string][] = []
  const shop = await simulatedShop({ pay: WAIT, query: WAIT, refund: 'hang' })
  const handler = createHandler({
    ...shop,
    authenticate: allowAnyone,
    onProblem: (error, operation) => problems.push([isF2fError(error) ? error.code : String(error), operation]),
    ...options,
  })
  return { ...shop, handler, problems }
}

describe('a handler', () => {
  test.each([
    ['authenticate', { authenticate: undefined }],
    ['cashier.start', { cashier: undefined }],
    ['basePath', { basePath: 'pay' }],
    ['basePath', { basePath: '/pay/' }],
    ['basePath', { basePath: '/pay/../x' }],
    ['maxBodyBytes', { maxBodyBytes: 0 }],
    ['heartbeatEvery', { heartbeatEvery: 1.5 }],
  ])('is not made with a wrong %s', (field, wrong) => {
    const options = { ...httpShop(), ...wrong } as unknown as HandlerOptions
    expect(codeOf(() => createHandler(options))).toBe(`CONFIG_INVALID ${field}`)
  })

  test('numbers payments by the port it is given', async () => {
    const { handler } = await setUp({ newOutTradeNo: () => 'MINE_1' })
    const { outTradeNo: _, ...unnumbered } = order()
    expect(await json(await handler(post('/payments', unnumbered)))).toMatchObject({ http: 201, outTradeNo: 'MINE_1' })
  })

  test('takes bodies up to its limit and not a byte more, with or without a declared length', async () => {
    const body = JSON.stringify({ ...order(), body: 'x' })
    const send = async (maxBodyBytes: number, declared: boolean) => {
      const { handler } = await setUp({ maxBodyBytes })
      const headers: Record<string, string> = { 'content-type': 'application/json' }
      if (declared) headers['content-length'] = String(body.length)
      const request = new Request('http://till/payments', { method: 'POST', headers, body })
      return (await handler(request)).status
    }
    for (const declared of [true, false]) {
      expect([await send(body.length, declared), await send(body.length - 1, declared)]).toEqual([201, 413])
    }
  })
})

describe('authenticate', () => {
  test('is asked with method, address, headers and route, and never given the body', async () => {
    const asked: unknown[] = []
    const { handler, payment } = await setUp({
      authenticate: (request, route) => {
        asked.push([request.method, request.url, request.headers.get('x-till'), request.body, route])
        return undefined
      },
    })
    const address = `/payments/${payment.outTradeNo}/refunds?x=1`
    const response = await handler(post(address, { outRequestNo: 'R1', refundAmount: '0.10' }, { 'x-till': '7' }))
    expect(response.status).toBe(401)
    const params = { outTradeNo: payment.outTradeNo }
    const route = { operation: 'requestRefund', scopes: ['refund'], params }
    expect(asked).toEqual([['POST', `http://till${address}`, '7', null, route]])
  })

  test.each([
    ['an error of ours', new F2fError('AUTH_INVALID', 'The token is not valid.'), 401, 'AUTH_INVALID'],
    ['another one of ours', new F2fError('STORE_UNAVAILABLE', 'No revocation list.'), 503, 'STORE_UNAVAILABLE'],
    ['anything else', new Error('secret: hunter2'), 500, 'INTERNAL_ERROR'],
  ])('may throw %s', async (_, error, status, code) => {
    const { handler, path } = await setUp({
      authenticate: () => {
        throw error
      },
    })
    const response = await handler(new Request(path))
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ status, code, moneyMayHaveMoved: false })
    expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer error="invalid_token"' : null)
    expect(text).not.toContain('hunter2')
  })

  test('that gives a limit which is no amount is this side’s fault', async () => {
    const { handler, path } = await setUp({ authenticate: () => ({ scopes: ['watch'], refundLimit: '1,00' }) })
    expect(await json(await handler(new Request(path)))).toMatchObject({ http: 500, code: 'CONFIG_INVALID' })
  })

  test('says in the challenge which scope is missing', async () => {
    const { handler } = await setUp({ authenticate: () => ({ scopes: new Set(['watch'] as const) }) })
    const response = await handler(post('/payments', order()))
    expect(response.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="pay"')
  })

  test('binds callers to their merchant as to their store', async () => {
    const { handler, path } = await setUp({ authenticate: () => ({ scopes: ['watch'], merchantId: 'M2' }) })
    expect((await handler(new Request(path))).status).toBe(404)
    expect(await json(await handler(new Request('http://till/payments')))).toMatchObject({ payments: [] })
    const other = await json(await handler(new Request('http://till/payments?merchantId=M3')))
    expect(other).toMatchObject({ http: 403, field: 'merchantId' })
  })
})

describe('a fault', () => {
  test('of the store is a 503 that may be tried again, and is told', async () => {
    const shop = await simulatedShop()
    const down = { ...shop.cashier, start: () => Promise.reject(new F2fError('STORE_UNAVAILABLE', 'It is down.')) }
    const { handler, problems } = await setUp({ cashier: down })
    const answer = await json(await handler(post('/payments', order())))
    expect(answer).toMatchObject({ http: 503, code: 'STORE_UNAVAILABLE', retryable: true, moneyMayHaveMoved: false })
    expect(problems).toEqual([['STORE_UNAVAILABLE', 'startPayment']])
  })

  test('nobody planned for says nothing of itself, and that money may have moved where it may', async () => {
    const shop = await simulatedShop()
    const fail = () => Promise.reject(new Error('secret: hunter2'))
    const { handler, problems } = await setUp({ cashier: { ...shop.cashier, start: fail, find: fail } })
    const started = await json(await handler(post('/payments', { ...order(), outTradeNo: undefined })))
    expect(started).toMatchObject({ http: 500, code: 'INTERNAL_ERROR', retryable: false, moneyMayHaveMoved: true })
    const looked = await json(await handler(new Request('http://till/payments/T1')))
    expect(looked).toMatchObject({ http: 500, code: 'INTERNAL_ERROR', moneyMayHaveMoved: false })
    expect(JSON.stringify([started, looked])).not.toContain('hunter2')
    expect(problems).toEqual([
      ['Error: secret: hunter2', 'startPayment'],
      ['Error: secret: hunter2', 'getPayment'],
    ])
  })

  test('of this side becomes a warning of the process when nobody listens; a client’s does not', async () => {
    const warnings: string[] = []
    const listen = (warning: Error & { code?: string }) => warnings.push(`${warning.name} ${warning.code}`)
    process.on('warning', listen)
    const shop = await simulatedShop()
    const handler = createHandler({
      authenticate: allowAnyone,
      cashier: { ...shop.cashier, find: () => Promise.reject(new F2fError('STORE_UNAVAILABLE', 'It is down.')) },
    })
    await handler(new Request('http://till/payments/T1'))
    await handler(new Request('http://till/nothing'))
    await handler(new Request('http://till/notify', { method: 'POST', body: 'forged' }))
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', listen)
    expect(warnings).toEqual(['F2fWarning STORE_UNAVAILABLE'])
  })

  test('of a notification is told, though it is only answered fail', async () => {
    const { handler, problems } = await setUp()
    const response = await handler(new Request('http://till/notify', { method: 'POST', body: 'a=b' }))
    expect(await response.text()).toBe('fail')
    expect(problems).toEqual([['NOTIFY_MALFORMED', 'notify']])
  })

  test('of the books while a notification is taken is answered fail, so that it comes again', async () => {
    const shop = await simulatedShop()
    const { handler, problems } = await setUp({
      cashier: { ...shop.cashier, handleNotify: () => Promise.reject(new Error('disk full')) },
    })
    const response = await handler(new Request('http://till/notify', { method: 'POST', body: 'a=b' }))
    expect([response.status, await response.text()]).toEqual([200, 'fail'])
    expect(problems).toEqual([['Error: disk full', 'notify']])
  })
})

describe('made-up numbers', () => {
  test('begin with the Beijing time and can be order numbers', () => {
    const clock = new SimulatedClock(Date.UTC(2026, 11, 31, 16, 0, 1))
    expect(orderNumbers(clock, (size) => new Uint8Array(size).fill(0xab))()).toBe(`20270101000001${'AB'.repeat(10)}`)
  })

  test('are all different', () => {
    const make = orderNumbers(new SimulatedClock())
    const numbers = Array.from({ length: 1_000 }, make)
    expect(new Set(numbers).size).toBe(1_000)
    for (const number of numbers) expect(number).toMatch(/^\w{1,64}$/)
  })
})

describe('whatever is sent', () => {
  const path = fc.stringMatching(/^[ -~]{0,40}$/).map((tail) => `/payments/${encodeURI(tail)}`)

  test('is answered by a problem or a result, never by a fault', async () => {
    const { handler, problems } = await setUp()
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(path, fc.constantFrom('/payments', '/qr-payments', '/payments/T1/refunds')),
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'),
        fc.json(),
        async (target, method, body) => {
          const headers = { 'content-type': 'application/json' }
          const init = method === 'GET' || method === 'HEAD' ? { method } : { method, headers, body }
          const response = await handler(new Request(`http://till${target}`, init))
          expect(response.status).toBeLessThan(500)
          await response.body?.cancel()
        },
      ),
      { numRuns: 300 },
    )
    expect(problems).toEqual([])
  })
})
