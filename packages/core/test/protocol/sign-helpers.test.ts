import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decryptBizContent } from '../../src/protocol/aes.ts'
import { decodeText } from '../../src/protocol/charset.ts'
import { parseForm } from '../../src/protocol/form.ts'
import { parseKey } from '../../src/protocol/keys.ts'
import { parseNotify, verifyNotifySignature } from '../../src/protocol/notify.ts'
import { nodeCiphertext, parseNode, readReply, verifyReply } from '../../src/protocol/reply.ts'
import { verify } from '../../src/protocol/signature.ts'
import { signNotify, signReply } from '../../src/testing/sign.ts'
import { keys } from './vectors.ts'

const { pkcs8Bare } = keys.alipay_rsa2_2048
const publicKey = parseKey(keys.alipay_rsa2_2048.spkiPem, 'public')
const METHOD = 'alipay.trade.query'

describe('signNotify', () => {
  it.each([
    [{}, 'utf-8', 'RSA2'],
    [{ charset: 'gbk' }, 'gbk', 'RSA2'],
    [{ signType: 'RSA' }, 'utf-8', 'RSA'],
    [{ signsSignType: true }, 'utf-8', 'RSA2'],
  ] as const)('with %j makes a body that verifies', async (options, charset, signType) => {
    const params = { out_trade_no: 'T1', subject: 'a+b&c=d 100% 当面付', body: undefined, app_id: ' ' }
    const body = await signNotify(params, pkcs8Bare, options)
    const notify = parseNotify(body)
    expect(await verifyNotifySignature(notify, [publicKey], signType)).toBe(true)
    expect(notify).toMatchObject({ charset, claimedSignType: signType })
    expect(notify.params).toEqual({ out_trade_no: 'T1', subject: 'a+b&c=d 100% 当面付', charset })
    expect([...parseForm(body).keys()]).toEqual(['charset', 'sign_type', 'out_trade_no', 'subject', 'sign'])
  })

  it('adds what its params have as undefined', async () => {
    const params = { charset: undefined, sign_type: undefined, subject: '扫码' }
    const notify = parseNotify(await signNotify(params, pkcs8Bare, { charset: 'gbk' }))
    expect(notify).toMatchObject({ charset: 'gbk', claimedSignType: 'RSA2', params: { subject: '扫码' } })
    expect(await verifyNotifySignature(notify, [publicKey], 'RSA2')).toBe(true)
  })

  it('follows the charset of its params', async () => {
    expect(await signNotify({ charset: 'GBK', subject: '扫码' }, pkcs8Bare)).toMatch(
      /^charset=GBK&.*subject=%C9%A8%C2%EB/,
    )
  })

  it('signs sign_type only when it is told to', async () => {
    const signature = (body: string) => parseForm(body).get('sign') ?? ''
    const plain = signature(await signNotify({ a: '1' }, pkcs8Bare))
    const whole = signature(await signNotify({ a: '1' }, pkcs8Bare, { signsSignType: true }))
    expect(await verify('a=1&charset=utf-8', plain, publicKey)).toBe(true)
    expect(await verify('a=1&charset=utf-8&sign_type=RSA2', whole, publicKey)).toBe(true)
  })

  it('makes a body that verifies whatever the params', async () => {
    const name = fc.stringMatching(/^[a-z_]{1,12}$/).filter((text) => !['sign', 'sign_type', 'charset'].includes(text))
    const params = fc.dictionary(name, fc.string({ unit: 'grapheme' }))
    await fc.assert(
      fc.asyncProperty(params, async (values) => {
        const notify = parseNotify(await signNotify(values, pkcs8Bare))
        expect(await verifyNotifySignature(notify, [publicKey], 'RSA2')).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})

describe('signReply', () => {
  const node = { trade_no: '2', msg: 'Success', code: '10000', body: 'https://a/b', subject: '当面付' }

  it('writes the reply as the gateway does', async () => {
    const reply = await signReply(METHOD, node, pkcs8Bare)
    expect(decodeText(reply, 'utf-8')).toMatch(
      /^{"alipay_trade_query_response":{"code":"10000","msg":"Success","body":"https:\\\/\\\/a\\\/b","subject":"当面付","trade_no":"2"},"sign":"[^"]+"}$/,
    )
  })

  it.each([
    {},
    { charset: 'gbk' },
    { signType: 'RSA' },
    { escapeSlashes: false },
    { sorted: false },
    { certSn: 'ab12' },
    { nodeName: 'error_response' },
  ] as const)('with %j makes a reply that verifies', async (options) => {
    const settings = { signType: 'RSA2', charset: 'utf-8', ...options } as const
    const reply = readReply(await signReply(METHOD, node, pkcs8Bare, options), METHOD, settings)
    expect(await verifyReply(reply, [publicKey], settings.signType)).toBe(true)
    expect(parseNode(reply.signedBytes, settings.charset)).toEqual(node)
    expect(reply.kind).toBe('nodeName' in options ? 'error' : 'response')
    expect(reply.certSn).toBe('certSn' in options ? 'ab12' : undefined)
  })

  it('encrypts the node', async () => {
    const raw = await signReply(METHOD, node, pkcs8Bare, { encryptKey: keys.aes128, charset: 'gbk' })
    const reply = readReply(raw, METHOD, { charset: 'gbk' })
    expect(reply.encrypted).toBe(true)
    expect(await verifyReply(reply, [publicKey], 'RSA2')).toBe(true)
    expect(parseNode(decryptBizContent(nodeCiphertext(reply), keys.aes128, 'gbk'), 'gbk')).toEqual(node)
  })

  it('keeps the order it is given when it is told to', async () => {
    const reply = await signReply(METHOD, { b: 1, a: 2, code: '10000' }, pkcs8Bare, { sorted: false })
    expect(decodeText(reply, 'utf-8')).toContain('{"b":1,"a":2,"code":"10000"}')
  })
})
