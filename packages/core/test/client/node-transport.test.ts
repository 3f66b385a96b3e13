import { spawn } from 'node:child_process'
import { getEventListeners, once } from 'node:events'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createNodeTransport, type NodeTransportOptions } from '../../src/client/node-transport.ts'
import type { TransportRequest } from '../../src/transport.ts'
import { certificateFile } from '../fixtures/certificates.ts'
import { type Answer, allClosed, refusedPort, serveHttp, serveHttps, serveRaw } from './loopback.ts'

const open = (options?: NodeTransportOptions) => {
  const transport = createNodeTransport(options)
  onTestFinished(() => transport.close())
  return transport
}

const to = (url: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
  method: 'POST',
  url: `${url}?a=%C9`,
  headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
  body: Buffer.from('biz_content=%7B%7D'),
  signal: new AbortController().signal,
  maxReplyBytes: 1000,
  ...more,
})

const code = (value: string) => expect.objectContaining({ code: value })
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

describe('one exchange', () => {
  it('carries the request as it is, and the reply whatever its status', async () => {
    const server = await serveHttp((reply, request) => {
      reply.writeHead(418, { 'X-Thing': ['a', 'b'], Trace_Id: 't' })
      reply.end(`${request.method} ${request.url} ${request.headers['content-type']}`)
    })
    const { status, headers, body } = await open()(to(server.url))
    expect(status).toBe(418)
    expect(headers).toMatchObject({ 'x-thing': 'a, b', trace_id: 't' })
    expect(Buffer.from(body).toString()).toBe('POST /gateway.do?a=%C9 application/x-www-form-urlencoded;charset=utf-8')
    expect(server.bodies).toEqual(['biz_content=%7B%7D'])
  })

  it('goes where each address says, by turns', async () => {
    const answer: Answer = (reply, request) => reply.end(`${request.headers.host}${request.url}`)
    const [one, two] = [await serveHttp(answer), await serveHttp(answer)]
    const transport = open()
    const addresses = [one, two, one].flatMap(({ port }) => [
      `http://127.0.0.1:${port}/a?x=%2B+1&y=?`,
      `http://localhost:${port}/`,
      `http://127.0.0.1:${port}/b`,
    ])
    for (const url of addresses) {
      const { body } = await transport({ ...to(''), url })
      expect(`http://${Buffer.from(body)}`).toBe(url)
    }
  })

  it('does not follow a redirect', async () => {
    const server = await serveHttp((reply) => reply.writeHead(302, { location: '/elsewhere' }).end())
    expect(await open()(to(server.url))).toMatchObject({ status: 302, headers: { location: '/elsewhere' } })
    expect(server.bodies).toHaveLength(1)
  })

  it('asks for no compression', async () => {
    const server = await serveHttp((reply, request) => reply.end(String(request.headers['accept-encoding'])))
    expect(Buffer.from((await open()(to(server.url))).body).toString()).toBe('undefined')
  })

  it('leaves nothing on a signal that outlives it', async () => {
    const server = await serveHttp((reply) => reply.end('ok'))
    const { signal } = new AbortController()
    await open()(to(server.url, { signal }))
    while (getEventListeners(signal, 'abort').length > 0) await new Promise((resolve) => setImmediate(resolve))
    await expect(open()(to(`http://127.0.0.1:${await refusedPort()}/`, { signal }))).rejects.toThrow(code('NOT_SENT'))
    while (getEventListeners(signal, 'abort').length > 0) await new Promise((resolve) => setImmediate(resolve))
    expect(signal.aborted).toBe(false)
  })

  it('speaks TLS to a server that proves its name', async () => {
    const server = await serveHttps((reply) => reply.end('ok'))
    const transport = open({ ca: certificateFile('root.pem') })
    expect(await transport(to(server.url))).toMatchObject({ status: 200 })
    expect(await transport(to(server.url))).toMatchObject({ status: 200 })
    expect(server.sockets.size).toBe(1)
  })
})

describe('failures before a byte was written are NOT_SENT', () => {
  it('refused', async () => {
    await expect(open()(to(`http://127.0.0.1:${await refusedPort()}/`))).rejects.toThrow(code('NOT_SENT'))
  })

  it('no such host', async () => {
    await expect(open()(to('http://nowhere.invalid/'))).rejects.toThrow(code('NOT_SENT'))
  })

  it.each(['server', 'forged'] as const)(
    'a TLS peer that is not trusted (%s) gets no byte of the request',
    async (certificate) => {
      const server = await serveHttps((reply) => reply.end('ok'), certificate)
      const options = certificate === 'forged' ? { ca: certificateFile('root.pem') } : {}
      await expect(open(options)(to(server.url))).rejects.toThrow(code('NOT_SENT'))
      expect(server.bodies).toEqual([])
    },
  )

  it('a server that does not speak TLS', async () => {
    let heard = ''
    const server = await serveRaw((socket) => {
      socket.on('data', (data) => {
        heard += data.toString('latin1')
        socket.end(OK)
      })
    })
    await expect(open()(to(server.url.replace('http:', 'https:')))).rejects.toThrow(code('NOT_SENT'))
    expect(heard).not.toContain('biz_content')
  })

  it.each([
    ['the caller gives up', new Error('enough'), 'REQUEST_ABORTED'],
    ['time is up', new DOMException('late', 'TimeoutError'), 'NOT_SENT'],
  ])('%s during the TLS handshake', async (_, reason, expected) => {
    const controller = new AbortController()
    const server = await serveRaw((socket) => socket.once('data', () => controller.abort(reason)))
    const request = to(server.url.replace('http:', 'https:'), { signal: controller.signal })
    await expect(open()(request)).rejects.toThrow(code(expected))
  })

  it.each([
    ['an address that is none', { url: 'gateway' }],
    ['another scheme', { url: 'ftp://127.0.0.1/' }],
    ['a header with a line end', { headers: { 'x-a': 'b\r\nc: d' } }],
  ])('%s', async (_, more) => {
    await expect(open()({ ...to('http://127.0.0.1:1/'), ...more })).rejects.toThrow(code('NOT_SENT'))
  })

  it('aborted from the start: no connection is opened', async () => {
    const server = await serveHttp((reply) => reply.end('ok'))
    await expect(open()(to(server.url, { signal: AbortSignal.abort() }))).rejects.toThrow(code('REQUEST_ABORTED'))
    expect(server.sockets.size).toBe(0)
  })
})

describe('failures after the request may have left are unknown', () => {
  it.each([
    ['the connection is closed without a reply', (socket: Socket) => socket.destroy()],
    ['the connection is reset without a reply', (socket: Socket) => socket.resetAndDestroy()],
    ['the reply is no HTTP', (socket: Socket) => socket.end('hello\r\n\r\n')],
    ['the headers are cut off', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le')],
    [
      'the body is shorter than announced',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok'),
    ],
    [
      'a chunked body does not end',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n'),
    ],
    [
      'the headers never end in size',
      (socket: Socket) => socket.end(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(200_000)}\r\n\r\n`),
    ],
  ])('%s', async (_, misbehave) => {
    const server = await serveRaw((socket) => socket.once('data', () => misbehave(socket)))
    await expect(open()(to(server.url))).rejects.toThrow(code('UNKNOWN_CONNECTION_LOST'))
    expect(server.sockets.size).toBe(1)
  })

  it.each([
    ['the caller gives up', new Error('enough'), 'UNKNOWN_ABORTED'],
    ['time is up', new DOMException('late', 'TimeoutError'), 'UNKNOWN_TIMEOUT'],
  ])('%s while waiting for the reply, and in the middle of it', async (_, reason, expected) => {
    for (const before of ['', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok']) {
      const controller = new AbortController()
      const server = await serveRaw((socket) => {
        socket.once('data', () => {
          socket.write(before)
          setImmediate(() => controller.abort(reason))
        })
      })
      const [answer] = await Promise.allSettled([open()(to(server.url, { signal: controller.signal }))])
      expect(answer).toMatchObject({ status: 'rejected', reason: code(expected) })
      await allClosed(server)
      expect(server.sockets.size).toBe(1)
    }
  })
})

describe('long replies', () => {
  it('refuses an announced length without reading the body', async () => {
    const server = await serveRaw((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n'))
    })
    await expect(open()(to(server.url))).rejects.toThrow(code('REPLY_TOO_LARGE'))
    await allClosed(server)
  })

  it('stops a body that goes on for ever, and closes the connection', async () => {
    let sent = 0
    const server = await serveHttp((reply) => {
      const block = Buffer.alloc(64 * 1024, 'x')
      const pump = (): void => {
        while (!reply.destroyed && reply.write(block)) sent += block.length
      }
      reply.on('drain', pump)
      pump()
    })
    await expect(open()(to(server.url, { maxReplyBytes: 100_000 }))).rejects.toThrow(code('REPLY_TOO_LARGE'))
    await allClosed(server)
    expect(sent).toBeLessThan(50_000_000)
  })

  it('takes a body of exactly the limit', async () => {
    const server = await serveHttp((reply) => reply.end('x'.repeat(1000)))
    expect((await open()(to(server.url))).body).toHaveLength(1000)
  })
})

describe('kept connections', () => {
  it('carries 200 calls of 32 callers over at most 32 connections, each request once', async () => {
    const server = await serveHttp((reply, _, body) => reply.end(body))
    const transport = open()
    let next = 0
    const caller = async (): Promise<void> => {
      while (next < 200) {
        const body = Buffer.from(String(next++))
        expect(Buffer.from((await transport(to(server.url, { body }))).body)).toEqual(body)
      }
    }
    await Promise.all(Array.from({ length: 32 }, caller))
    expect(server.sockets.size).toBeLessThanOrEqual(32)
    expect(new Set(server.bodies).size).toBe(server.bodies.length)
  })

  it('never sends again when a kept connection breaks under a request', async () => {
    let requests = 0
    const server = await serveRaw((socket) => {
      socket.on('data', () => {
        requests += 1
        if (requests === 1) socket.write(OK)
        else socket.resetAndDestroy()
      })
    })
    const transport = open()
    await transport(to(server.url))
    await expect(transport(to(server.url))).rejects.toThrow(code('UNKNOWN_CONNECTION_LOST'))
    expect(requests).toBe(2)
    expect(server.sockets.size).toBe(1)
  })

  it.each([
    ['gives up one that the server would keep for no more than a second', 'timeout=1', 2],
    ['keeps one that the server keeps for a minute', 'timeout=60, max=100', 1],
    ['keeps one about which the server says nothing', undefined, 1],
    ['gives up one that the server closes', 'close', 2],
  ])('%s', async (_, hint, connections) => {
    const header = hint === 'close' ? 'Connection: close\r\n' : hint === undefined ? '' : `Keep-Alive: ${hint}\r\n`
    const server = await serveRaw((socket) => {
      socket.on('data', () => socket.write(OK.replace('\r\n\r\n', `\r\n${header}\r\n`)))
    })
    const transport = open()
    await transport(to(server.url))
    await transport(to(server.url))
    expect(server.sockets.size).toBe(connections)
  })

  it('lets the process end while connections are kept', async () => {
    const server = await serveHttp((reply) => reply.end('ok'))
    const source = new URL('../../src/client/node-transport.ts', import.meta.url).href
    const script = `
      const { createNodeTransport } = await import(${JSON.stringify(source)})
      const { signal } = new AbortController()
      const request = { method: 'POST', url: ${JSON.stringify(server.url)}, headers: {}, body: Buffer.from(''), signal }
      await createNodeTransport()({ ...request, maxReplyBytes: 9 })
      const answered = performance.now()
      process.on('exit', () => console.log(performance.now() - answered))`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [waited] = await Promise.all([text(child.stdout), once(child, 'exit')])
    expect(server.bodies).toHaveLength(1)
    expect(Number.parseFloat(waited)).toBeLessThan(3_000)
  })

  it('drops idle ones when told to, and opens new ones when needed', async () => {
    const server = await serveHttp((reply) => reply.end('ok'))
    const transport = open()
    await transport(to(server.url))
    transport.close()
    await allClosed(server)
    await transport(to(server.url))
    expect(server.sockets.size).toBe(2)
  })
})
