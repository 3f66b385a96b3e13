import { Agent, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { allowAnyone, createHandler, type Handler, nodeRequest, toNodeListener } from '../../src/http/index.ts'
import { httpShop } from '../../src/testing/index.ts'
import { listening, serving } from './mounted.ts'
import { countingWatches, untilTrue } from './shop.ts'

const served = async (handler: Handler) => {
  const { url, close } = await serving(handler)
  onTestFinished(close)
  return url
}

/** The API over HTTP with one payment that waits, and how many watch it. */
const shopWithWaiting = async (wrap: (handler: Handler) => Handler = (handler) => handler) => {
  const shop = httpShop()
  const { cashier, open } = countingWatches(shop.cashier)
  const url = await served(wrap(createHandler({ ...shop, cashier, authenticate: allowAnyone })))
  const code = await shop.mountedAt(url, async () => undefined).paymentCode('waits')
  const { outTradeNo } = await cashier.start({ outTradeNo: 'T1', authCode: code, totalAmount: '1.00', subject: 'tea' })
  onTestFinished(() => shop.cashier.close())
  return { url, open, cashier, path: `/payments/${outTradeNo}` }
}

const passing =
  (handler: Handler): Handler =>
  (req) =>
    handler(req)

const opened = (url: string, path: string, agent?: Agent): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request(`${url}${path}`, agent === undefined ? {} : { agent })
      .on('response', resolve)
      .on('error', reject)
      .end()
  })

const socketTo = async (url: string): Promise<Socket> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  return socket
}

describe.each([
  ['our own handler', (handler: Handler) => handler],
  ['any Fetch handler', passing],
])('clients of %s that leave', (_, wrap) => {
  test('free what was held for them: fifty streams', async () => {
    const { url, open, path } = await shopWithWaiting(wrap)
    const agent = new Agent()
    const streams = await Promise.all(Array.from({ length: 50 }, () => opened(url, `${path}/events`, agent)))
    await untilTrue(() => open() === 50)
    for (const stream of streams) stream.destroy()
    await untilTrue(() => open() === 0)
  })

  test('free what was held for them: a long poll', async () => {
    const { url, open, path } = await shopWithWaiting(wrap)
    const socket = await socketTo(url)
    socket.write(`GET ${path}?wait=60 HTTP/1.1\r\nHost: till\r\n\r\n`)
    await untilTrue(() => open() === 1)
    socket.destroy()
    await untilTrue(() => open() === 0)
  })

  test('free what was held for them: requests still waiting in line behind a stream', async () => {
    const { url, open, path } = await shopWithWaiting(wrap)
    const socket = await socketTo(url)
    const ask = (target: string) => `GET ${target} HTTP/1.1\r\nHost: till\r\n\r\n`
    socket.write(ask(`${path}/events`) + ask(`${path}/events`) + ask(`${path}?wait=60`))
    await untilTrue(() => open() === 3)
    socket.destroy()
    await untilTrue(() => open() === 0)
  })

  test('in the middle of their request are forgotten', async () => {
    const { url } = await shopWithWaiting(wrap)
    const socket = await socketTo(url)
    socket.write(
      'POST /payments HTTP/1.1\r\nHost: till\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"sub',
    )
    await new Promise<void>((resolve) => socket.end(resolve))
    socket.destroy()
    expect((await fetch(`${url}/health`)).status).toBe(200)
  })
})

test('streams end when the cashier closes', async () => {
  const { url, path, cashier } = await shopWithWaiting()
  const stream = await opened(url, `${path}/events`)
  const ended = new Promise((resolve) => stream.resume().on('end', resolve))
  await cashier.close()
  await ended
})

describe('a body nobody wants', () => {
  const upload = (url: string, agent: Agent, length: number, declared: boolean): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        ...(declared ? { 'content-length': String(length) } : {}),
      }
      const outgoing = request(`${url}/payments`, { method: 'POST', agent, headers })
      outgoing.on('error', reject).on('response', (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0))
      })
      const rest = Buffer.alloc(10_000, 'x')
      for (let sent = 0; sent < length; sent += rest.length) outgoing.write(rest)
      outgoing.end()
    })

  const connections = async (handler: Handler) => {
    const url = await served(handler)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    const health = async () => {
      const response = await opened(url, '/health', agent)
      const { localPort } = response.socket
      await new Promise((resolve) => response.resume().on('end', resolve))
      return localPort
    }
    return { url, agent, health }
  }

  test('leaves the connection as it was when it is short and declared', async () => {
    const { url, agent, health } = await connections(createHandler({ ...httpShop(), authenticate: allowAnyone }))
    const before = await health()
    expect(await upload(url, agent, 200_000, true)).toBe(413)
    expect(await health()).toBe(before)
  })

  test.each([
    ['long', 5_000_000, true],
    ['of no declared length', 5_000_000, false],
  ])('costs the connection when it is %s, but not the answer', async (_, length, declared) => {
    const { url, agent, health } = await connections(createHandler({ ...httpShop(), authenticate: allowAnyone }))
    const before = await health()
    expect(await upload(url, agent, length, declared).catch((error: Error) => error.message)).toBe(413)
    expect(await health()).not.toBe(before)
  })

  test('is not waited for when it never comes', async () => {
    const url = await served(createHandler({ ...httpShop(), authenticate: () => undefined }))
    const socket = await socketTo(url)
    onTestFinished(() => void socket.destroy())
    socket.write('POST /payments HTTP/1.1\r\nHost: till\r\nContent-Length: 1000000\r\n\r\n{')
    const text = await new Promise<string>((resolve) => socket.once('data', (chunk) => resolve(chunk.toString())))
    expect(text).toMatch(/^HTTP\/1\.1 401 /)
    expect(text.toLowerCase()).toContain('connection: close')
    expect(text).toContain('AUTH_REQUIRED')
  })
})

describe('the address', () => {
  const addressAt = async (target: string, host: string): Promise<unknown> => {
    const addresses: string[] = []
    const url = await served(
      createHandler({
        ...httpShop(),
        authenticate: (req) => {
          addresses.push(req.url)
          return undefined
        },
      }),
    )
    const socket = await socketTo(url)
    onTestFinished(() => void socket.destroy())
    socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    await new Promise((resolve) => socket.resume().on('end', resolve))
    return addresses[0]
  }

  test.each([
    ['/payments?x=1', 'till.example:8080', 'http://till.example:8080/payments?x=1'],
    ['/payments', '[::1]:80', 'http://[::1]/payments'],
    ['http://elsewhere.example/payments', 'till.example', 'http://till.example/payments'],
    ['/payments', 'evil.example/x?', 'http://localhost/payments'],
    ['/payments', 'user@evil.example', 'http://localhost/payments'],
    ['//evil.example/payments', 'till.example', undefined],
    ['/x/../payments', 'till.example', undefined],
  ])('%s with host %s is %s', async (target, host, address) => {
    expect(await addressAt(target, host)).toBe(address)
  })
})

describe('in a chain of middleware', () => {
  const chained = async (handler: Handler) => {
    const errors: unknown[] = []
    const listener = toNodeListener(handler)
    const { url, close } = await listening((req, res) =>
      listener(req, res, (error) => {
        errors.push(error)
        res.statusCode = error === undefined ? 404 : 500
        res.end('from the framework')
      }),
    )
    onTestFinished(close)
    const get = async (path: string, init?: RequestInit) => {
      const response = await fetch(url + path, init)
      return [response.status, await response.text()]
    }
    return { errors, get }
  }

  test('paths elsewhere are handed on, paths below are not', async () => {
    const { get, errors } = await chained(createHandler({ ...httpShop(), basePath: '/pay' }))
    expect(await get('/other')).toEqual([404, 'from the framework'])
    expect(await get('/payments')).toEqual([404, 'from the framework'])
    expect(errors).toEqual([undefined, undefined])
    expect((await get('/pay/health'))[0]).toBe(200)
    expect(String((await get('/pay/nothing'))[1])).toContain('HTTP_ROUTE_NOT_FOUND')
  })

  test('errors nobody planned for go to the framework, all others are answered', async () => {
    const fault = new Error('a bug')
    const shop = httpShop()
    const cashier = { ...shop.cashier, find: () => Promise.reject(fault) }
    const { get, errors } = await chained(createHandler({ ...shop, cashier, authenticate: allowAnyone }))
    expect(await get('/payments/T1')).toEqual([500, 'from the framework'])
    expect((await get('/payments', { method: 'PUT' }))[0]).toBe(405)
    expect(errors).toEqual([fault])
  })
})

test('what a framework has put on the Node request is within reach of authenticate', async () => {
  const seen: unknown[] = []
  const authenticate = (req: Request) => {
    seen.push((nodeRequest(req) as { user?: string } | undefined)?.user)
    return undefined
  }
  const handler = createHandler({ ...httpShop(), authenticate })
  for (const listener of [toNodeListener(handler), toNodeListener(passing(handler))]) {
    const { url, close } = await listening((req, res) => listener(Object.assign(req, { user: 'ann' }), res))
    onTestFinished(close)
    await fetch(`${url}/payments`)
  }
  await handler(new Request('http://till/payments'))
  expect(seen).toEqual(['ann', 'ann', undefined])
})

describe('any Fetch handler', () => {
  test('has its status, headers and cookies passed on, and its body streamed as it comes', async () => {
    let send = (_: string): void => undefined
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        send = (text) => (text === '' ? controller.close() : controller.enqueue(new TextEncoder().encode(text)))
      },
    })
    const headers = new Headers([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['x-till', '7'],
    ])
    const url = await served(async () => new Response(body, { status: 202, headers }))
    send('one ')
    const response = await opened(url, '/')
    expect([response.statusCode, response.headers['set-cookie'], response.headers['x-till']]).toEqual([
      202,
      ['a=1', 'b=2'],
      '7',
    ])
    const chunks = response.setEncoding('utf8')[Symbol.asyncIterator]()
    expect((await chunks.next()).value).toBe('one ')
    send('two')
    send('')
    expect((await chunks.next()).value).toBe('two')
    expect((await chunks.next()).done).toBe(true)
  })

  test('may read the request as a stream, and is told when the client has gone', async () => {
    let gone = false
    const url = await served(async (req) => {
      req.signal.addEventListener('abort', () => {
        gone = true
      })
      return new Response((await req.text()).toUpperCase())
    })
    expect(await (await fetch(url, { method: 'POST', body: 'x'.repeat(300_000) })).text()).toBe('X'.repeat(300_000))
    expect(gone).toBe(false)
  })

  test('that fails is a 500 which says nothing of it', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve))
    const url = await served(async () => {
      throw new Error('hunter2')
    })
    const response = await fetch(url)
    const text = await response.text()
    expect([response.status, text.includes('hunter2')]).toEqual([500, false])
    expect(JSON.parse(text)).toMatchObject({ code: 'INTERNAL_ERROR' })
    expect((await warned).message).toBe('hunter2')
  })

  test('writes no faster than its client reads', async () => {
    const chunk = new Uint8Array(65_536)
    let made = 0
    const url = await served(
      async () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              made++
              if (made > 2_000) controller.close()
              else controller.enqueue(chunk)
            },
          }),
        ),
    )
    const socket = await socketTo(url)
    socket.pause()
    socket.write('GET / HTTP/1.1\r\nHost: till\r\n\r\n')
    let last = -1
    await untilTrue(() => {
      const still = made > 0 && made === last
      last = made
      return still
    })
    expect(made).toBeLessThan(1_000)
    socket.destroy()
  })
})
