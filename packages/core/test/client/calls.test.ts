import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { createAlipay } from '../../src/client/alipay.ts'
import { decryptBizContent, encryptBizContent } from '../../src/protocol/aes.ts'
import type { Transport } from '../../src/transport.ts'
import responseVectors from '../vectors/response_verify.open.json' with { type: 'json' }
import { APP_ID, clientFor, HandClock, KEYS, type Received, serveGateway, signedReply } from './fake-gateway.ts'

const PAY = {
  out_trade_no: 'T1',
  auth_code: '281234567890123456',
  subject: '当面付 coffee',
  total_amount: '88.88',
} as const
const PAID = { code: '10000', msg: 'Success', out_trade_no: 'T1', trade_no: '2024052022001400000000000001' }

const echo = ({ content, ok }: Received): void => ok({ ...PAID, out_trade_no: content?.out_trade_no })

describe('a call', () => {
  it('sends one signed request and resolves with the verified reply, in wire names', async () => {
    const server = await serveGateway(echo)
    const clock = new HandClock()
    const alipay = clientFor(server, { clock })
    expect(await alipay.pay(PAY)).toEqual(PAID)
    expect(server.received).toHaveLength(1)
    expect(server.received[0]?.content).toEqual(PAY)
    expect(Object.fromEntries(server.received[0]?.params ?? [])).toMatchObject({
      app_id: APP_ID,
      method: 'alipay.trade.pay',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: '2026-01-01 08:00:00',
      version: '1.0',
    })
    expect(alipay.lastVerifiedReplyAt).toBe(clock.time)
    expect(clock.timers.size).toBe(0)
  })

  it.each([
    ['pay', PAY, 'alipay.trade.pay'],
    ['precreate', { out_trade_no: 'T1', subject: 's', total_amount: '1.00' }, 'alipay.trade.precreate'],
    ['query', { out_trade_no: 'T1' }, 'alipay.trade.query'],
    ['cancel', { out_trade_no: 'T1' }, 'alipay.trade.cancel'],
    ['close', { out_trade_no: 'T1' }, 'alipay.trade.close'],
    ['refund', { out_trade_no: 'T1', refund_amount: '1.00', out_request_no: 'R1' }, 'alipay.trade.refund'],
    ['refundQuery', { out_trade_no: 'T1', out_request_no: 'R1' }, 'alipay.trade.fastpay.refund.query'],
    [
      'billDownloadUrl',
      { bill_type: 'trade', bill_date: '2024-05-19' },
      'alipay.data.dataservice.bill.downloadurl.query',
    ],
    ['appAuthToken', { grant_type: 'authorization_code', code: 'c' }, 'alipay.open.auth.token.app'],
    ['appAuthTokenQuery', { app_auth_token: 't' }, 'alipay.open.auth.token.app.query'],
    [
      'settle',
      { trade_no: '1', out_request_no: 'R1', royalty_parameters: [{ trans_in: '2088000000000001', amount: '0.10' }] },
      'alipay.trade.order.settle',
    ],
    [
      'heartbeat',
      { product: 'FP', type: 'CR', equipment_id: 'e', equipment_status: '10', time: '2024-05-20 13:14:15' },
      'monitor.heartbeat.syn',
    ],
  ] as const)('%s speaks to its API', async (name, content, method) => {
    const server = await serveGateway(({ ok }) => ok({ code: '10000', msg: 'Success' }))
    const call = clientFor(server)[name] as (content: object) => Promise<{ code: string }>
    expect((await call(content)).code).toBe('10000')
    expect(server.received.map((one) => [one.method, one.content])).toEqual([[method, content]])
  })

  it.each([
    ['40004', { code: '40004', msg: 'Business Failed', sub_code: 'ACQ.TRADE_NOT_EXIST', sub_msg: '交易不存在' }],
    ['20000', { code: '20000', msg: 'Service Currently Unavailable', sub_code: 'isp.unknow-error' }],
    ['10003', { code: '10003', msg: ' order success pay inprocess' }],
    ['40002', { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.invalid-signature' }],
  ])('a signed reply is a value whatever its code: %s', async (_, node) => {
    const server = await serveGateway(({ ok }) => ok(node))
    expect(await clientFor(server).query({ out_trade_no: 'T1' })).toEqual(node)
  })

  it('a signed error_response is a value too', async () => {
    const node = { code: '40001', msg: 'Missing Required Arguments', sub_code: 'isv.missing-method' }
    const server = await serveGateway(({ ok }) => ok(node, { name: 'error_response' }))
    expect(await clientFor(server).query({ out_trade_no: 'T1' })).toEqual(node)
  })

  it('does not show the payment code or the token when Alipay quotes the request', async () => {
    const server = await serveGateway(({ ok, params }) => {
      const text = [...params].map((pair) => pair.join('=')).join('&amp;')
      ok({ code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.invalid-signature', sub_msg: `验签出错：${text}` })
    })
    const { sub_msg: quoted } = await clientFor(server).pay(PAY, { appAuthToken: '202405BBdcba8e2cc34749ccaa54X29' })
    expect(quoted).toContain('"auth_code":"28************3456"')
    expect(quoted).toContain('app_auth_token=20')
    expect(quoted).not.toContain('BBdcba8e2cc')
  })

  it('verifies over the text as sent, also with escaped slashes', async () => {
    const vector = responseVectors.find(({ name }) => name === 'escaped_slashes_signed_as_sent')
    const server = await serveGateway(({ raw }) => raw(String(vector?.input.raw)))
    const reply = await clientFor(server).execute(String(vector?.input.method), { out_trade_no: 'P1' })
    expect(reply.qr_code).toBe('https://qr.alipay.com/bavh4wjlxf12tper3a')
  })

  it('uses RSA with SHA-1 when configured so, for both directions', async () => {
    const server = await serveGateway(
      ({ ok }) => ok({ code: '10000', msg: 'Success' }, { key: KEYS.alipay_rsa_1024.pkcs8Pem, digest: 'RSA-SHA1' }),
      KEYS.app_rsa_1024.spkiPem,
    )
    const keys = { privateKey: KEYS.app_rsa_1024.pkcs1Pem, alipayPublicKey: KEYS.alipay_rsa_1024.spkiPem }
    const alipay = clientFor(server, { ...keys, signType: 'RSA' })
    expect((await alipay.query({ out_trade_no: 'T1' })).code).toBe('10000')
    expect(server.received[0]?.params.get('sign_type')).toBe('RSA')
  })

  it('takes either of two Alipay keys while one replaces the other', async () => {
    const server = await serveGateway(({ ok }) =>
      ok({ code: '10000', msg: 'Success' }, { key: KEYS.other_rsa2_2048.pkcs8Pem }),
    )
    const both = { alipayPublicKey: [KEYS.alipay_rsa2_2048.spkiPem, KEYS.other_rsa2_2048.spkiPem] }
    expect((await clientFor(server, both).query({ out_trade_no: 'T1' })).code).toBe('10000')
    await expect(clientFor(server).query({ out_trade_no: 'T1' })).rejects.toThrow(
      expect.objectContaining({ code: 'REPLY_BAD_SIGNATURE' }),
    )
  })

  it('speaks GBK both ways', async () => {
    const server = await serveGateway(({ ok, content }) =>
      ok({ code: '10000', msg: 'Success', out_trade_no: 'T1', store_name: content?.subject }, { charset: 'gbk' }),
    )
    const reply = await clientFor(server, { charset: 'gbk' }).pay(PAY)
    expect(reply.store_name).toBe(PAY.subject)
    expect(server.bodies[0]).toContain('%B5%B1%C3%E6%B8%B6')
  })

  it('encrypts, and decrypts only what is verified, quotes included', async () => {
    const server = await serveGateway(({ params, raw, method }) => {
      const asked = JSON.parse(decryptBizContent(params.get('biz_content') ?? '', KEYS.aes128))
      const node = encryptBizContent(JSON.stringify({ ...PAID, out_trade_no: asked.out_trade_no }), KEYS.aes128)
      raw(signedReply(method, `"${node}"`))
    })
    expect(await clientFor(server, { encryptKey: KEYS.aes128 }).pay(PAY)).toEqual(PAID)
    expect(server.received[0]?.params.get('encrypt_type')).toBe('AES')
  })

  it('reads a plain reply to an encrypted request: the gateway could not decrypt it', async () => {
    const node = { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.decryption-error-unknown' }
    const server = await serveGateway(({ ok }) => ok(node))
    expect(await clientFor(server, { encryptKey: KEYS.aes128 }).pay(PAY)).toEqual(node)
  })
})

describe('execute', () => {
  it('sends any method with any content, unchecked', async () => {
    const server = await serveGateway(({ ok }) => ok({ code: '10000', msg: 'Success', anything: [1] }))
    const reply = await clientFor(server).execute<{ code: string; msg: string; anything: number[] }>(
      'alipay.trade.create',
      { out_trade_no: 'a-b', OTN: 'x' },
    )
    expect(reply.anything).toEqual([1])
    expect(server.received[0]?.content).toEqual({ out_trade_no: 'a-b', OTN: 'x' })
  })

  it('sends no biz_content when there is none', async () => {
    const server = await serveGateway(({ ok }) => ok({ code: '10000', msg: 'Success' }))
    await clientFor(server).execute('alipay.some.thing')
    expect(server.received[0]?.params.has('biz_content')).toBe(false)
    expect(server.bodies).toEqual([''])
  })

  it.each([
    ['', {}],
    [undefined as unknown as string, {}],
    ['alipay trade', {}],
    ['alipay.trade.query&x=1', {}],
    ['alipay.trade.query', 'text' as unknown as object],
    ['alipay.trade.query', null as unknown as object],
  ])('refuses %j with %j before anything is sent', async (method, content) => {
    const server = await serveGateway(echo)
    await expect(clientFor(server).execute(method, content)).rejects.toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID' }),
    )
    expect(server.sockets.size).toBe(0)
  })
})

describe('options of the client and of a call', () => {
  it.each([null, 5, 'soon'])('that are %j are refused before anything is sent', async (options) => {
    const server = await serveGateway(echo)
    const asked = clientFor(server).query({ out_trade_no: 'T1' }, options as unknown as object)
    await expect(asked).rejects.toMatchObject({ code: 'REQUEST_INVALID', details: { field: 'options' } })
    expect(server.sockets.size).toBe(0)
  })

  const ok = ({ ok: answer }: Received): void => answer({ code: '10000', msg: 'Success' })

  it('the token of the call comes before that of the client', async () => {
    const server = await serveGateway(ok)
    const alipay = clientFor(server, { appAuthToken: 'client-token' })
    await alipay.query({ out_trade_no: 'T1' })
    await alipay.query({ out_trade_no: 'T1' }, { appAuthToken: 'call-token' })
    await alipay.withAuth('other-token').query({ out_trade_no: 'T1' })
    await alipay.execute('alipay.some.thing')
    expect(server.received.map(({ params }) => params.get('app_auth_token'))).toEqual([
      'client-token',
      'call-token',
      'other-token',
      'client-token',
    ])
  })

  it('asking for a token is not done in the name of a merchant, unless the call says so', async () => {
    const server = await serveGateway(ok)
    const alipay = clientFor(server, { appAuthToken: 'client-token' })
    await alipay.appAuthToken({ grant_type: 'authorization_code', code: 'c' })
    await alipay.appAuthTokenQuery({ app_auth_token: 't' })
    await alipay.appAuthTokenQuery({ app_auth_token: 't' }, { appAuthToken: 'call-token' })
    expect(server.received.map(({ params }) => params.get('app_auth_token'))).toEqual([
      undefined,
      undefined,
      'call-token',
    ])
  })

  it('withAuth shares the connection and what is known of Alipay', async () => {
    const server = await serveGateway(ok)
    const alipay = clientFor(server, { clock: new HandClock() })
    const other = alipay.withAuth('merchant')
    await other.query({ out_trade_no: 'T1' })
    await alipay.query({ out_trade_no: 'T1' })
    expect(server.sockets.size).toBe(1)
    expect(alipay.lastVerifiedReplyAt).toBe(other.lastVerifiedReplyAt)
    expect(alipay.lastVerifiedReplyAt).toBeDefined()
  })

  it('the address for notifications goes with pay and precreate, or where the call wants it', async () => {
    const server = await serveGateway(ok)
    const alipay = clientFor(server, { notifyUrl: 'https://shop.example/n' })
    await alipay.pay(PAY)
    await alipay.precreate(
      { out_trade_no: 'T1', subject: 's', total_amount: '1.00' },
      { notifyUrl: 'https://b.example/n' },
    )
    await alipay.query({ out_trade_no: 'T1' })
    await alipay.query({ out_trade_no: 'T1' }, { notifyUrl: 'https://c.example/n' })
    expect(server.received.map(({ params }) => params.get('notify_url'))).toEqual([
      'https://shop.example/n',
      'https://b.example/n',
      undefined,
      'https://c.example/n',
    ])
  })

  it('the service provider goes into extend_params of pay and precreate, unless the caller named one', async () => {
    const server = await serveGateway(ok)
    const alipay = clientFor(server, { sysServiceProviderId: '2088511833207846' })
    const extend = { hb_fq_num: '3', sys_service_provider_id: '2088000000000000' }
    await alipay.pay(PAY)
    await alipay.pay({ ...PAY, extend_params: { hb_fq_num: '3' } })
    await alipay.precreate({ out_trade_no: 'T1', subject: 's', total_amount: '1.00', extend_params: extend })
    await alipay.cancel({ out_trade_no: 'T1' })
    expect(server.received.map(({ content }) => content?.extend_params)).toEqual([
      { sys_service_provider_id: '2088511833207846' },
      { hb_fq_num: '3', sys_service_provider_id: '2088511833207846' },
      extend,
      undefined,
    ])
  })

  it.each([
    [{ timeout: 0 }, 'timeout'],
    [{ timeout: Number.NaN }, 'timeout'],
    [{ appAuthToken: '' }, 'appAuthToken'],
    [{ notifyUrl: 'nowhere' }, 'notifyUrl'],
    [{ signal: {} as AbortSignal }, 'signal'],
  ])('refuses %j before anything is sent', async (options, field) => {
    const server = await serveGateway(ok)
    await expect(clientFor(server).query({ out_trade_no: 'T1' }, options)).rejects.toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID', details: expect.objectContaining({ field }) }),
    )
    expect(server.sockets.size).toBe(0)
  })

  it('refuses content that breaks a rule, naming the field, before anything is sent', async () => {
    const server = await serveGateway(ok)
    await expect(clientFor(server).pay({ ...PAY, total_amount: '1e2' })).rejects.toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID', details: expect.objectContaining({ field: 'total_amount' }) }),
    )
    expect(server.sockets.size).toBe(0)
  })

  it('leaves nothing on a signal that outlives the call', async () => {
    const server = await serveGateway(ok)
    const { signal } = new AbortController()
    await clientFor(server).query({ out_trade_no: 'T1' }, { signal })
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('carries calls over a transport of your own', async () => {
    const seen: string[] = []
    const transport: Transport = async ({ url, method }) => {
      seen.push(`${method} ${new URL(url).host}`)
      return { status: 200, headers: {}, body: signedReply('alipay.trade.query', '{"code":"10000","msg":"Success"}') }
    }
    const alipay = createAlipay({
      appId: APP_ID,
      privateKey: KEYS.app_rsa2_2048.pkcs8Pem,
      alipayPublicKey: KEYS.alipay_rsa2_2048.spkiPem,
      transport,
    })
    expect((await alipay.query({ out_trade_no: 'T1' })).code).toBe('10000')
    expect(seen).toEqual(['POST openapi.alipay.com'])
  })
})
