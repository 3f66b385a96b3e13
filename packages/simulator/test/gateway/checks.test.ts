import { encryptBizContent, sign } from '@f2f/core'
import { afterAll, describe, expect, test } from 'vitest'
import { generatePair } from '../../src/identity/keys.ts'
import { type CallOptions, call, callRaw, signedParams } from '../support/call.ts'
import { APP_KEYS } from '../support/keys.ts'
import { app, makeSimulator } from '../support/simulator.ts'

const AES_KEY = Buffer.alloc(16, 7).toString('base64')
const simulator = makeSimulator({
  apps: [app(), { appId: 'aes_app', privateKey: app().privateKey ?? '', encryptKey: AES_KEY }],
})
const STRANGER = generatePair()
const QUERY = 'alipay.trade.query'
const BIZ = { out_trade_no: 'a' }
afterAll(() => simulator.close())

const ask = (options: CallOptions) => call(simulator, QUERY, BIZ, options)

describe('callers the gateway does not know are told so first, without a signature', () => {
  test.each([
    ['no app id', { params: { app_id: undefined } }, '40001', 'isv.missing-app-id'],
    ['an unknown app id', { params: { app_id: '2021999999999999' } }, '40002', 'isv.invalid-app-id'],
    [
      'an unknown app id and nothing else right',
      { params: { app_id: 'x', timestamp: '' }, signature: undefined },
      '40002',
      'isv.invalid-app-id',
    ],
  ])('%s', async (_name, options, code, sub_code) => {
    const { node, reply } = await ask(options)
    expect(node).toMatchObject({ code, sub_code })
    expect(reply.sign).toBeUndefined()
  })

  test('the node is named after the method all the same', async () => {
    const { bytes } = await callRaw(simulator, QUERY, BIZ, { params: { app_id: 'x' } })
    expect(bytes.toString()).toBe(
      '{"alipay_trade_query_response":{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-app-id","sub_msg":"无效的AppID参数"}}',
    )
  })
})

describe('what is missing or wrong is said in a signed answer', () => {
  test.each<[string, CallOptions, string, string]>([
    ['no method', { params: { method: undefined } }, '40001', 'isv.missing-method'],
    ['no signature', { signature: undefined }, '40001', 'isv.missing-signature'],
    ['no signature type', { params: { sign_type: undefined } }, '40001', 'isv.missing-signature-type'],
    ['no timestamp', { params: { timestamp: undefined } }, '40001', 'isv.missing-timestamp'],
    ['no version', { params: { version: undefined } }, '40001', 'isv.missing-version'],
    ['a charset the gateway lacks', { params: { charset: 'latin1' } }, '40002', 'isv.invalid-charset'],
    ['an unknown signature type', { params: { sign_type: 'MD5' } }, '40002', 'isv.invalid-signature-type'],
    [
      'a signature type the application has no key for',
      { params: { sign_type: 'RSA' } },
      '40002',
      'isv.missing-signature-config',
    ],
    ['a wrong signature', { signature: 'AAAA' }, '40002', 'isv.invalid-signature'],
    ['the signature of another key', { privateKey: STRANGER.privateKey }, '40002', 'isv.invalid-signature'],
    ['an unpadded timestamp', { params: { timestamp: '2026-1-1 00:00:00' } }, '40002', 'isv.invalid-timestamp'],
    ['a day that does not exist', { params: { timestamp: '2026-02-30 00:00:00' } }, '40002', 'isv.invalid-timestamp'],
    [
      'milliseconds in the timestamp',
      { params: { timestamp: '2026-02-03 00:00:00.5' } },
      '40002',
      'isv.invalid-timestamp',
    ],
    ['another format', { params: { format: 'xml' } }, '40002', 'isv.invalid-format'],
    ['an unknown method', { params: { method: 'alipay.trade.gift' } }, '40002', 'isv.invalid-method'],
    ['an unknown app_auth_token', { params: { app_auth_token: 'x' } }, '20001', 'aop.invalid-app-auth-token'],
    ['content that is no JSON', { params: { biz_content: '{' } }, '40002', 'isv.illegal-json'],
    ['content that is no object', { params: { biz_content: '[]' } }, '40002', 'isv.illegal-json'],
    [
      'an encryption it does not have',
      { params: { encrypt_type: 'DES' } },
      '40002',
      'isv.decryption-error-not-valid-encrypt-type',
    ],
    [
      'encryption without a key',
      { params: { encrypt_type: 'AES' } },
      '40002',
      'isv.decryption-error-not-valid-encrypt-key',
    ],
    [
      'content it cannot decrypt',
      { params: { app_id: 'aes_app', encrypt_type: 'AES' } },
      '40002',
      'isv.decryption-error-unknown',
    ],
    ['a notify_url that is no address', { params: { notify_url: 'ftp://a' } }, '40002', 'isv.invalid-parameter'],
  ])('%s', async (_name, options, code, sub_code) => {
    const method = options.params?.method === undefined ? QUERY : options.params.method
    const { node, isSigned } = await call(simulator, method, BIZ, options)
    expect(node).toMatchObject({ code, sub_code })
    expect(isSigned).toBe(true)
  })

  test('a wrong signature is answered with the text the gateway signed, HTML-escaped', async () => {
    const { node } = await ask({ signature: 'AAAA' })
    expect(node.sub_msg).toContain(
      '网关生成的验签字符串为：app_id=2021000000000001&amp;biz_content={&quot;out_trade_no&quot;',
    )
  })

  test('a missing signature comes before a missing timestamp, a wrong one before a wrong timestamp', async () => {
    const missing = await ask({ params: { timestamp: undefined }, signature: undefined })
    expect(missing.node.sub_code).toBe('isv.missing-signature')
    const wrong = await ask({ params: { timestamp: 'x' }, signature: 'AAAA' })
    expect(wrong.node.sub_code).toBe('isv.invalid-signature')
  })
})

describe('what the gateway takes', () => {
  test.each<[string, CallOptions]>([
    ['public parameters in the query, content in the body', {}],
    ['everything in the body', { allInBody: true }],
    ['everything in the query of a GET', { http: 'GET' }],
    ['a timestamp far away, as no window is documented', { params: { timestamp: '2019-01-01 00:00:00' } }],
  ])('%s', async (_name, options) => {
    expect((await ask(options)).node.sub_code).toBe('ACQ.TRADE_NOT_EXIST')
  })

  test('an empty parameter left out of the signature, as the documentation says', async () => {
    expect((await ask({ params: { notify_url: '' } })).node.sub_code).toBe('ACQ.TRADE_NOT_EXIST')
  })

  test('an empty parameter that is signed, as the official Node SDK does', async () => {
    const params = { timestamp: '2026-01-01 00:00:00', notify_url: '' }
    const members = await signedParams(QUERY, BIZ, { params }, 0)
    const text = members
      .filter(([name]) => name !== 'sign')
      .sort()
      .map((pair) => pair.join('='))
      .join('&')
    const signature = await sign(text, APP_KEYS.privateKey)
    expect((await ask({ params, signature })).node.sub_code).toBe('ACQ.TRADE_NOT_EXIST')
  })

  test('only fresh timestamps when a window is set', async () => {
    const strict = makeSimulator({ timestampWindow: 60_000 })
    expect((await call(strict, QUERY, BIZ)).node.sub_code).toBe('ACQ.TRADE_NOT_EXIST')
    const old = await call(strict, QUERY, BIZ, { params: { timestamp: '2019-01-01 00:00:00' } })
    expect(old.node.sub_code).toBe('isv.invalid-timestamp')
    strict.close()
  })

  test('a body that is no form is refused without a signature, as nobody can tell whose it is', async () => {
    const request = new Request('http://simulator.test/gateway.do', { method: 'POST', body: 'app_id=%zz' })
    const text = await (await simulator.fetch(request)).text()
    expect(text).toContain('"error_response":{"code":"40002"')
    expect(text).not.toContain('"sign"')
  })
})

describe('the shape of an answer', () => {
  test('HTTP 200 and text/html in the charset of the request', async () => {
    const { response } = await ask({})
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html;charset=utf-8')
    expect(response.headers.get('trace_id')).toMatch(/^[0-9a-f]{32}$/)
  })

  test('code, msg, sub_code, sub_msg, then the fields in alphabetical order, without white space', async () => {
    const { text } = await ask({})
    expect(text).toBe(
      '{"code":"40004","msg":"Business Failed","sub_code":"ACQ.TRADE_NOT_EXIST","sub_msg":"交易不存在",' +
        '"buyer_pay_amount":"0.00","invoice_amount":"0.00","out_trade_no":"a","point_amount":"0.00","receipt_amount":"0.00"}',
    )
  })

  test('slashes are escaped', async () => {
    const { text } = await call(simulator, 'alipay.trade.precreate', {
      out_trade_no: 'qr_1',
      subject: 'a',
      total_amount: '1',
    })
    expect(text).toContain('"qr_code":"https:\\/\\/qr.alipay.com\\/bax')
  })

  test('encrypted questions get encrypted answers, problems stay plain', async () => {
    const content = encryptBizContent(JSON.stringify(BIZ), AES_KEY)
    const options = { params: { app_id: 'aes_app', encrypt_type: 'AES', biz_content: content } }
    const { bytes } = await callRaw(simulator, QUERY, BIZ, options)
    expect(bytes.toString()).toMatch(/^\{"alipay_trade_query_response":"[A-Za-z0-9+/=]+","sign":"/)
  })
})
