import { createSign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { certSn } from '../../src/protocol/certificate.ts'
import { encodeText } from '../../src/protocol/charset.ts'
import { encodeForm } from '../../src/protocol/form.ts'
import { certificateFile } from '../fixtures/certificates.ts'
import { clientFor, HandClock, KEYS, serveGateway } from './fake-gateway.ts'

const NOTIFY = {
  app_id: 'another-app',
  charset: 'utf-8',
  gmt_payment: '2024-05-20 13:14:20',
  notify_id: 'n1',
  out_trade_no: 'T1',
  subject: '100% off & more + coffee',
  total_amount: '88.88',
  trade_status: 'TRADE_SUCCESS',
  new_member: 'x',
}

const signed = (
  members: Record<string, string>,
  { key = KEYS.alipay_rsa2_2048.pkcs8Pem, charset = 'utf-8', unsigned = {} as Record<string, string> } = {},
): string => {
  const text = Object.keys(members)
    .sort()
    .map((name) => `${name}=${members[name]}`)
    .join('&')
  const sign = createSign('RSA-SHA256')
    .update(encodeText(text, charset as 'utf-8'))
    .sign(key, 'base64')
  return encodeForm(Object.entries({ ...members, sign_type: 'RSA2', sign, ...unsigned }), charset as 'utf-8')
}

const alipay = clientFor({ url: 'https://gateway.example/' }, { clock: new HandClock() })
const code = (value: string) => expect.objectContaining({ code: value })

describe('verifyNotify', () => {
  it.each([
    ['bytes', Buffer.from(signed(NOTIFY))],
    ['text', signed(NOTIFY)],
  ])('returns what a genuine notification says, from %s', async (_, body) => {
    const contentType = 'application/x-www-form-urlencoded; text/html; charset=utf-8'
    const { params, charset, ...members } = await alipay.verifyNotify(body, { contentType })
    expect(params).toEqual(NOTIFY)
    expect(charset).toBe('utf-8')
    const { charset: _charset, new_member: _new, ...documented } = NOTIFY
    expect(members).toEqual(documented)
  })

  it('reads GBK by its own charset', async () => {
    const body = signed({ ...NOTIFY, charset: 'GBK', subject: '扫码' }, { charset: 'gbk' })
    expect(await alipay.verifyNotify(Buffer.from(body))).toMatchObject({ subject: '扫码', charset: 'gbk' })
  })

  it.each<[string, string, string]>([
    ['a changed amount', signed(NOTIFY).replace('88.88', '0.01'), 'NOTIFY_BAD_SIGNATURE'],
    ["another key's signature", signed(NOTIFY, { key: KEYS.other_rsa2_2048.pkcs8Pem }), 'NOTIFY_BAD_SIGNATURE'],
    ['a member put in later', `${signed(NOTIFY)}&seller_id=2088`, 'NOTIFY_BAD_SIGNATURE'],
    ['a member twice', `total_amount=0.01&${signed(NOTIFY)}`, 'NOTIFY_DUPLICATE_KEY'],
    ['no signature', 'out_trade_no=T1', 'NOTIFY_MALFORMED'],
    ['nothing', '', 'NOTIFY_MALFORMED'],
  ])('refuses %s', async (_, body, expected) => {
    await expect(alipay.verifyNotify(body)).rejects.toThrow(code(expected))
  })

  it('says what to do when a body parser was there first', async () => {
    await expect(alipay.verifyNotify(NOTIFY as unknown as string)).rejects.toThrow(code('NOTIFY_BODY_PARSED'))
  })

  it('leaves nothing of itself in the time of the last verified reply', () => {
    expect(alipay.lastVerifiedReplyAt).toBeUndefined()
  })
})

describe('verifyNotify in certificate mode', () => {
  const certificates = {
    app: certificateFile('app.pem'),
    alipay: certificateFile('alipay.pem'),
    root: certificateFile('root.pem'),
  }
  const rolled = certSn(certificateFile('rolled.pem'))
  const fromAlipay = (name: string, sn?: string): string =>
    signed(NOTIFY, {
      key: certificateFile(`${name}.key`),
      ...(sn === undefined ? {} : { unsigned: { alipay_cert_sn: sn } }),
    })

  it('verifies with the configured certificate, whatever serial is claimed, and never calls Alipay', async () => {
    const server = await serveGateway(() => undefined)
    const client = clientFor(server, { privateKey: certificateFile('app.key'), certificates, clock: new HandClock() })
    expect(await client.verifyNotify(fromAlipay('alipay'))).toMatchObject({ out_trade_no: 'T1' })
    expect(await client.verifyNotify(fromAlipay('alipay', certSn(certificates.alipay)))).toMatchObject({
      notify_id: 'n1',
    })
    await expect(client.verifyNotify(fromAlipay('rolled', rolled))).rejects.toThrow(code('NOTIFY_BAD_SIGNATURE'))
    await expect(client.verifyNotify(fromAlipay('rolled'))).rejects.toThrow(code('NOTIFY_BAD_SIGNATURE'))
    expect(server.received).toEqual([])
  })

  it('verifies with a renewed certificate once a reply has shown it', async () => {
    const key = certificateFile('rolled.key')
    const server = await serveGateway(({ method, ok }) => {
      const content = Buffer.from(certificateFile('rolled.pem')).toString('base64')
      if (method === 'alipay.trade.query') ok({ code: '10000' }, { key, certSn: rolled })
      else ok({ code: '10000', alipay_cert_content: content }, { key })
    }, certificates.app)
    const client = clientFor(server, { privateKey: certificateFile('app.key'), certificates, clock: new HandClock() })
    await client.query({ out_trade_no: 'T1' })
    expect(await client.verifyNotify(fromAlipay('rolled', rolled))).toMatchObject({ out_trade_no: 'T1' })
    expect(await client.verifyNotify(fromAlipay('rolled'))).toMatchObject({ out_trade_no: 'T1' })
  })
})
