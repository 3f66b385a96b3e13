import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Alipay } from '../../src/client/alipay.ts'
import { F2fError } from '../../src/errors.ts'
import { encryptBizContent } from '../../src/protocol/aes.ts'
import type { Transport } from '../../src/transport.ts'
import { clientFor, HandClock, KEYS, type Received, serveGateway, signedReply } from './fake-gateway.ts'
import { allClosed, refusedPort, serveHttps, serveRaw } from './loopback.ts'

const PAY = { out_trade_no: 'T1', auth_code: '281234567890123456', subject: 'tea', total_amount: '88.88' } as const
const NODE = '{"code":"10000","msg":"Success","out_trade_no":"T1","trade_status":"TRADE_SUCCESS"}'
const QUERY = 'alipay.trade.query'

/** What a call rejected with. */
const failure = async (call: Promise<unknown>): Promise<F2fError> => {
  const [outcome] = await Promise.allSettled([call])
  if (outcome?.status !== 'rejected') throw new Error('The call did not fail.')
  expect(outcome.reason).toBeInstanceOf(F2fError)
  return outcome.reason as F2fError
}

/** Lets the other side of a loopback connection catch up with what was set going. */
const until = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setImmediate(resolve))
}

describe('replies that are not trustworthy', () => {
  const forged = NODE.replace('"10000"', '"10003"')
  const genuine = signedReply(QUERY, NODE).toString()
  const sign = /"sign":"([^"]+)"/.exec(genuine)?.[1] ?? ''

  it.each<[string, string | Buffer, string]>([
    ['HTML', '<html><body>502 Bad Gateway</body></html>', 'REPLY_UNREADABLE'],
    ['nothing', '', 'REPLY_UNREADABLE'],
    ['half a reply', genuine.slice(0, 60), 'REPLY_UNREADABLE'],
    ['a reply without its last brace', genuine.slice(0, -1), 'REPLY_UNREADABLE'],
    ['another text after the reply', `${genuine}{}`, 'REPLY_UNREADABLE'],
    ['a JSON array', '[]', 'REPLY_UNREADABLE'],
    ['the reply to another method', signedReply('alipay.trade.pay', NODE), 'REPLY_UNREADABLE'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80]), 'REPLY_UNREADABLE'],
    ['a changed node', genuine.replace(NODE, forged), 'REPLY_BAD_SIGNATURE'],
    [
      "another key's signature",
      signedReply(QUERY, NODE, { key: KEYS.other_rsa2_2048.pkcs8Pem }),
      'REPLY_BAD_SIGNATURE',
    ],
    ['a SHA-1 signature by the right key', signedReply(QUERY, NODE, { digest: 'RSA-SHA1' }), 'REPLY_BAD_SIGNATURE'],
    ['a signature that is no base64', signedReply(QUERY, NODE, { sign: '%%%' }), 'REPLY_BAD_SIGNATURE'],
    ['success without a signature', signedReply(QUERY, NODE, { sign: undefined }), 'REPLY_UNSIGNED'],
    ['success with an empty signature', signedReply(QUERY, NODE, { sign: '' }), 'REPLY_UNSIGNED'],
    ['no code and no signature', signedReply(QUERY, '{}', { sign: undefined }), 'REPLY_UNSIGNED'],
    [
      'a second node after the signature',
      genuine.replace(/}$/, `,"alipay_trade_query_response":${forged}}`),
      'REPLY_DUPLICATE_MEMBER',
    ],
    [
      'a second node with an escaped name',
      genuine.replace(/}$/, `,"alipay_trade_\\u0071uery_response":${forged}}`),
      'REPLY_DUPLICATE_MEMBER',
    ],
    ['an error node beside the node', genuine.replace(/}$/, ',"error_response":{}}'), 'REPLY_UNREADABLE'],
    ['a genuine reply about another trade', signedReply(QUERY, NODE.replace('"T1"', '"T2"')), 'REPLY_MISMATCH'],
    ['encrypted text without a key', signedReply(QUERY, '"AAAA"'), 'REPLY_UNDECRYPTABLE'],
    ['an unsigned encrypted text', `{"alipay_trade_query_response":"AAAA"}`, 'REPLY_UNSIGNED'],
    [
      'a sign member inside the node only',
      `{"alipay_trade_query_response":${NODE.replace('{', `{"sign":"${sign}",`)}}`,
      'REPLY_UNSIGNED',
    ],
  ])('%s', async (_, body, code) => {
    const server = await serveGateway(({ raw }) => raw(body))
    const clock = new HandClock()
    const alipay = clientFor(server, { clock })
    const error = await failure(alipay.query({ out_trade_no: 'T1' }))
    expect(error).toMatchObject({ code, moneyMayHaveMoved: false, details: { method: QUERY, outTradeNo: 'T1' } })
    expect(server.received).toHaveLength(1)
    expect(alipay.lastVerifiedReplyAt).toBeUndefined()
    expect(clock.timers.size).toBe(0)
  })

  it.each([
    [
      'out_request_no',
      (alipay: Alipay) => alipay.refundQuery({ out_trade_no: 'T1', out_request_no: 'R1' }),
      { out_request_no: 'R2' },
    ],
    ['trade_no', (alipay: Alipay) => alipay.query({ trade_no: '1' }), { trade_no: '2', out_trade_no: 'T1' }],
    ['out_trade_no', (alipay: Alipay) => alipay.pay(PAY), { out_trade_no: 'T2' }],
  ])('a genuine reply with another %s', async (field, call, members) => {
    const server = await serveGateway(({ ok }) => ok({ code: '10000', msg: 'Success', ...members }))
    expect(await failure(call(clientFor(server)))).toMatchObject({ code: 'REPLY_MISMATCH', details: { field } })
  })

  it('encrypted by another key, genuinely signed', async () => {
    const server = await serveGateway(({ raw, method }) =>
      raw(signedReply(method, `"${encryptBizContent(NODE, KEYS.aes128_b)}"`)),
    )
    const error = await failure(clientFor(server, { encryptKey: KEYS.aes128 }).query({ out_trade_no: 'T1' }))
    expect(['REPLY_UNDECRYPTABLE', 'REPLY_UNREADABLE']).toContain(error.code)
  })

  it('is not decrypted when the signature covers the text without its quotes', async () => {
    const node = encryptBizContent(NODE, KEYS.aes128)
    const unquoted = /"sign":"([^"]+)"/.exec(signedReply(QUERY, node).toString())?.[1]
    const server = await serveGateway(({ raw, method }) => raw(signedReply(method, `"${node}"`, { sign: unquoted })))
    const error = await failure(clientFor(server, { encryptKey: KEYS.aes128 }).query({ out_trade_no: 'T1' }))
    expect(error.code).toBe('REPLY_BAD_SIGNATURE')
  })

  it('says that money may have moved when the call moves money', async () => {
    const server = await serveGateway(({ raw }) => raw(''))
    for (const call of [
      (alipay: Alipay) => alipay.pay(PAY),
      (alipay: Alipay) => alipay.refund({ out_trade_no: 'T1', refund_amount: '1.00', out_request_no: 'R1' }),
      (alipay: Alipay) => alipay.execute('alipay.fund.trans.uni.transfer', {}),
    ]) {
      const error = await failure(call(clientFor(server)))
      expect(error).toMatchObject({ code: 'REPLY_UNREADABLE', moneyMayHaveMoved: true, retryable: true })
      expect(error.message).toContain('Money may have moved.')
    }
    const error = await failure(clientFor(server).execute('alipay.trade.query', {}))
    expect(error.message).toContain('The call itself moves no money.')
  })
})

describe('an error that nobody signed', () => {
  const problem = (node: object) => async (call: (alipay: Alipay) => Promise<unknown>) => {
    const server = await serveGateway(({ raw, method }) =>
      raw(signedReply(method, JSON.stringify(node), { sign: undefined })),
    )
    return failure(call(clientFor(server)))
  }

  it('is shown, marked as unverified', async () => {
    const node = { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.invalid-app-id', sub_msg: '无效的AppID参数' }
    expect(await problem(node)((alipay) => alipay.pay(PAY))).toMatchObject({
      code: 'REPLY_UNSIGNED_PROBLEM',
      message: expect.stringContaining('without a signature (40002 isv.invalid-app-id). Money may have moved.'),
      moneyMayHaveMoved: true,
      retryable: false,
      details: {
        verified: false,
        code: '40002',
        subCode: 'isv.invalid-app-id',
        subMsg: '无效的AppID参数',
        method: 'alipay.trade.pay',
        outTradeNo: 'T1',
      },
    })
  })

  it('is shown bounded, without markup, payment codes or tokens', async () => {
    const text = `<script>alert(1)</script>&lt;b&gt;\nauth_code 281234567890123456 ${'長'.repeat(5000)}`
    const node = { code: '40004', sub_code: '<img>', sub_msg: text }
    const error = await problem(node)((alipay) => alipay.pay(PAY))
    const { subMsg, subCode } = error.details
    expect(subCode).toBeUndefined()
    expect(String(subMsg).length).toBeLessThanOrEqual(200)
    expect(subMsg).not.toMatch(/[<>&\n]|281234567890123456/)
  })

  it('is shown without a sub-code that echoes what was sent', async () => {
    for (const echoed of [PAY.auth_code, '202405BBdcba8e2cc34749ccaa54c1f6d28e1X29']) {
      const error = await problem({ code: '40002', sub_code: echoed })((alipay) => alipay.pay(PAY))
      expect(error.details.subCode).toBeUndefined()
      expect(error.message).toContain('without a signature (40002).')
    }
  })
})

describe('HTTP answers other than 200', () => {
  it.each([302, 400, 404, 500, 502, 503])('%d is unknown, even with a genuine body', async (status) => {
    const server = await serveGateway(({ reply, raw, method }) => {
      reply.statusCode = status
      reply.setHeader('location', 'https://elsewhere.example/')
      raw(signedReply(method, NODE))
    })
    expect(await failure(clientFor(server).query({ out_trade_no: 'T1' }))).toMatchObject({
      code: 'UNKNOWN_HTTP_STATUS',
      message: expect.stringContaining(`other than 200 (${status}).`),
      details: { status },
    })
    expect(server.received).toHaveLength(1)
  })
})

describe('connections that fail', () => {
  it('a refused port: nothing was sent', async () => {
    const alipay = clientFor({ url: `http://127.0.0.1:${await refusedPort()}/gateway.do` })
    const error = await failure(alipay.pay(PAY))
    expect(error).toMatchObject({ code: 'NOT_SENT', moneyMayHaveMoved: false, retryable: true })
    expect(error.message).toContain('Nothing was sent, no money moved.')
  })

  it('a TLS peer that proves nothing: nothing was sent', async () => {
    const server = await serveHttps((reply) => reply.end())
    expect(await failure(clientFor(server).pay(PAY))).toMatchObject({ code: 'NOT_SENT' })
    expect(server.bodies).toEqual([])
  })

  it.each([
    ['closed after the request was read', (socket: Socket) => socket.end()],
    ['reset after the request was read', (socket: Socket) => socket.resetAndDestroy()],
    [
      'closed in the middle of the reply',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"al'),
    ],
  ])('%s: unknown, and the server saw exactly one request', async (_, end) => {
    let requests = 0
    const server = await serveRaw((socket) => {
      let text = ''
      socket.on('data', (data) => {
        text += data.toString('latin1')
        if (!text.endsWith('%7D')) return
        requests += 1
        end(socket)
      })
    })
    expect(await failure(clientFor(server).pay(PAY))).toMatchObject({
      code: 'UNKNOWN_CONNECTION_LOST',
      moneyMayHaveMoved: true,
    })
    await allClosed(server)
    expect(requests).toBe(1)
    expect(server.sockets.size).toBe(1)
  })

  it('100 MB are not read', async () => {
    let sent = 0
    const server = await serveGateway(({ reply }) => {
      const block = Buffer.alloc(1024 * 1024, ' ')
      const pump = (): void => {
        while (sent < 100 && !reply.destroyed) {
          sent += 1
          if (!reply.write(block)) return
        }
        reply.end()
      }
      reply.on('drain', pump)
      pump()
    })
    expect(await failure(clientFor(server).query({ out_trade_no: 'T1' }))).toMatchObject({ code: 'REPLY_TOO_LARGE' })
    await allClosed(server)
    expect(sent).toBeLessThan(50)
  })

  it('a transport that returns 100 MB all the same', async () => {
    const body = Buffer.alloc(2 * 1024 * 1024)
    const transport: Transport = async () => ({ status: 200, headers: {}, body })
    const alipay = clientFor({ url: 'https://gateway.example/' }, { transport })
    expect(await failure(alipay.query({ out_trade_no: 'T1' }))).toMatchObject({ code: 'REPLY_TOO_LARGE' })
  })

  it.each<[string, Transport, string]>([
    ['throws something', () => Promise.reject(new Error('boom')), 'UNKNOWN_CONNECTION_LOST'],
    [
      'throws at once',
      () => {
        throw new TypeError('boom')
      },
      'UNKNOWN_CONNECTION_LOST',
    ],
    ['returns nothing', (async () => undefined) as unknown as Transport, 'UNKNOWN_CONNECTION_LOST'],
    [
      'throws an error of another kind',
      () => Promise.reject(new F2fError('CONFIG_INVALID', 'No proxy.')),
      'UNKNOWN_CONNECTION_LOST',
    ],
    ['knows that nothing was sent', () => Promise.reject(new F2fError('NOT_SENT', 'No route.')), 'NOT_SENT'],
  ])('a transport that %s', async (_, transport, code) => {
    const alipay = clientFor({ url: 'https://gateway.example/' }, { transport })
    const error = await failure(alipay.pay(PAY))
    expect(error).toMatchObject({ code, moneyMayHaveMoved: code !== 'NOT_SENT', details: { outTradeNo: 'T1' } })
  })
})

describe('time', () => {
  it('a reply that drips for ever ends with the total time', async () => {
    const clock = new HandClock()
    let drips = 0
    const server = await serveRaw((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
        const drip = (): void => {
          if (socket.destroyed) return
          drips += 1
          socket.write('1\r\n \r\n', () => setImmediate(drip))
        }
        drip()
      })
    })
    const call = failure(clientFor(server, { clock }).pay(PAY))
    await until(() => drips > 20)
    clock.advance(9_999)
    await until(() => drips > 40)
    clock.advance(1)
    expect(await call).toMatchObject({ code: 'UNKNOWN_TIMEOUT', moneyMayHaveMoved: true, retryable: true })
    await allClosed(server)
  })

  it('the time of the call comes before that of the client', async () => {
    const clock = new HandClock()
    const server = await serveGateway(() => undefined)
    const call = failure(clientFor(server, { clock, timeout: 60_000 }).query({ out_trade_no: 'T1' }, { timeout: 500 }))
    await until(() => server.received.length === 1)
    clock.advance(500)
    expect(await call).toMatchObject({ code: 'UNKNOWN_TIMEOUT', moneyMayHaveMoved: false })
  })

  it('a connection that never stands: nothing was sent', async () => {
    const clock = new HandClock()
    let hello = false
    const server = await serveRaw((socket) =>
      socket.once('data', () => {
        hello = true
      }),
    )
    const call = failure(clientFor({ url: server.url.replace('http:', 'https:') }, { clock }).pay(PAY))
    await until(() => hello)
    clock.advance(10_000)
    expect(await call).toMatchObject({ code: 'NOT_SENT', moneyMayHaveMoved: false })
  })

  it('a signer that never answers: nothing was sent', async () => {
    const clock = new HandClock()
    const server = await serveGateway(() => undefined)
    let asked = false
    const sign = () => {
      asked = true
      return new Promise<string>(() => undefined)
    }
    const call = failure(clientFor(server, { clock, privateKey: { sign } }).pay(PAY))
    await until(() => asked)
    clock.advance(10_000)
    expect(await call).toMatchObject({ code: 'REQUEST_SIGN_FAILED', moneyMayHaveMoved: false })
    expect(server.sockets.size).toBe(0)
  })

  it('over before the turn of a call comes, or given up by then: nothing was sent', async () => {
    const clock = new HandClock()
    const server = await serveGateway(() => undefined)
    const alipay = clientFor(server, { clock })
    const late = Array.from({ length: 20 }, () => failure(alipay.pay(PAY)))
    clock.advance(10_000)
    for (const error of await Promise.all(late)) expect(error).toMatchObject({ code: 'NOT_SENT' })
    const controller = new AbortController()
    const unwanted = Array.from({ length: 20 }, () => failure(alipay.pay(PAY, { signal: controller.signal })))
    controller.abort()
    for (const error of await Promise.all(unwanted)) expect(error).toMatchObject({ code: 'REQUEST_ABORTED' })
    expect(server.sockets.size).toBe(0)
    expect(clock.timers.size).toBe(0)
  })

  it('a transport that does not listen to its signal', async () => {
    const clock = new HandClock()
    let asked = false
    const transport: Transport = () => {
      asked = true
      return new Promise(() => undefined)
    }
    const call = failure(clientFor({ url: 'https://gateway.example/' }, { clock, transport }).pay(PAY))
    await until(() => asked)
    clock.advance(10_000)
    expect(await call).toMatchObject({ code: 'UNKNOWN_TIMEOUT' })
  })
})

describe('giving up', () => {
  it('before the call: nothing was sent', async () => {
    const server = await serveGateway(() => undefined)
    let signed = 0
    const privateKey = { sign: async () => String(++signed) }
    const error = await failure(clientFor(server, { privateKey }).pay(PAY, { signal: AbortSignal.abort() }))
    expect(error).toMatchObject({ code: 'REQUEST_ABORTED', moneyMayHaveMoved: false })
    expect(signed).toBe(0)
    expect(server.sockets.size).toBe(0)
  })

  it('while it is being signed: nothing was sent', async () => {
    const controller = new AbortController()
    const server = await serveGateway(() => undefined)
    const privateKey = {
      sign: async () => {
        controller.abort()
        return new Promise<string>(() => undefined)
      },
    }
    const error = await failure(clientFor(server, { privateKey }).pay(PAY, { signal: controller.signal }))
    expect(error).toMatchObject({ code: 'REQUEST_ABORTED', moneyMayHaveMoved: false })
    expect(server.sockets.size).toBe(0)
  })

  it('after it was signed and before it was sent: nothing was sent', async () => {
    const controller = new AbortController()
    const server = await serveGateway(() => undefined)
    const privateKey = {
      sign: async () => {
        controller.abort()
        return 'AAAA'
      },
    }
    const error = await failure(clientFor(server, { privateKey }).pay(PAY, { signal: controller.signal }))
    expect(error).toMatchObject({ code: 'REQUEST_ABORTED', moneyMayHaveMoved: false })
    expect(server.sockets.size).toBe(0)
  })

  it('before it was sent: a transport of your own is not even asked', async () => {
    const controller = new AbortController()
    let asked = false
    const privateKey = {
      sign: async () => {
        controller.abort()
        return 'AAAA'
      },
    }
    const transport: Transport = async () => {
      asked = true
      return { status: 200, headers: {}, body: Buffer.from('') }
    }
    const alipay = clientFor({ url: 'https://gateway.example/' }, { privateKey, transport })
    expect((await failure(alipay.pay(PAY, { signal: controller.signal }))).code).toBe('REQUEST_ABORTED')
    expect(asked).toBe(false)
  })

  it('after it was sent: unknown, and the connection is closed', async () => {
    const controller = new AbortController()
    const clock = new HandClock()
    const server = await serveGateway(() => controller.abort(new Error('the till was switched off')))
    const error = await failure(clientFor(server, { clock }).pay(PAY, { signal: controller.signal }))
    expect(error).toMatchObject({ code: 'UNKNOWN_ABORTED', moneyMayHaveMoved: true })
    expect(clock.timers.size).toBe(0)
    await allClosed(server)
    expect(server.received).toHaveLength(1)
  })

  it.each([
    [true, 'REQUEST_ABORTED'],
    [false, 'UNKNOWN_ABORTED'],
  ])('with a transport of your own that knows it was not sent: %s', async (unsent, code) => {
    const controller = new AbortController()
    const transport: Transport = ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(unsent ? new F2fError('NOT_SENT', 'x') : signal.reason))
        setImmediate(() => controller.abort())
      })
    const alipay = clientFor({ url: 'https://gateway.example/' }, { transport })
    expect(await failure(alipay.pay(PAY, { signal: controller.signal }))).toMatchObject({ code })
  })
})

describe('errors', () => {
  it('hold neither payment code nor token nor key', async () => {
    const { inspect } = await import('node:util')
    const token = '202405BBdcba8e2cc34749ccaa54c1f6d28e1X29'
    const answers: ((received: Received) => void)[] = [
      ({ raw }) => raw(''),
      ({ reply }) => reply.destroy(),
      ({ ok }) => ok({ code: '10000', out_trade_no: 'T2' }),
    ]
    for (const answer of answers) {
      const server = await serveGateway(answer)
      const error = await failure(clientFor(server).pay(PAY, { appAuthToken: token }))
      const printed = `${inspect(error, { depth: 9 })}${JSON.stringify(error)}`
      expect(printed).not.toContain(PAY.auth_code)
      expect(printed).not.toContain(token)
      expect(printed).not.toContain('PRIVATE')
    }
  })
})
