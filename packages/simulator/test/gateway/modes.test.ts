import {
  certSn,
  createAlipay,
  decryptBizContent,
  encryptBizContent,
  isTrustedCertificate,
  rootCertSn,
  verify,
} from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { describe, expect, test } from 'vitest'
import { call, payment } from '../support/call.ts'
import { ALIPAY_KEYS, APP_ID, APP_KEYS } from '../support/keys.ts'
import { T0 } from '../support/ledger.ts'
import { app, makeSimulator, newCode, newNumber } from '../support/simulator.ts'

const PAY = 'alipay.trade.pay'

describe('certificate mode', () => {
  const simulator = makeSimulator({ apps: [app({ certificate: true })], clock: new SimulatedClock(T0) })
  const { certificates } = simulator
  const serials = { app_cert_sn: certSn(certificates.app), alipay_root_cert_sn: rootCertSn(certificates.root) }

  test('the files are what a merchant downloads: a chain to the root', () => {
    expect(isTrustedCertificate(certificates.alipay, certificates.root, T0)).toBe(true)
    expect(serials.app_cert_sn).toMatch(/^[0-9a-f]{32}$/)
  })

  test('a call with its serials is answered with the serial of the Alipay certificate beside the node', async () => {
    const { node, isSigned, reply } = await call(simulator, PAY, payment(newNumber(), newCode('00')), {
      params: serials,
    })
    expect(node.code).toBe('10000')
    expect(isSigned).toBe(true)
    expect(reply.certSn).toBe(certSn(certificates.alipay))
  })

  test.each([
    ['no application certificate', { app_cert_sn: undefined }, 'isv.missing-app-cert-sn'],
    ['no root certificate', { alipay_root_cert_sn: undefined }, 'isv.missing-alipay-root-cert-sn'],
    ['an unknown application certificate', { app_cert_sn: 'x' }, 'isv.app-cert-not-exist'],
    ['an unknown root certificate', { alipay_root_cert_sn: 'x' }, 'isv.invalid-alipay-root-cert-sn'],
  ])('%s is refused', async (_name, changes, sub_code) => {
    const { node } = await call(simulator, PAY, {}, { params: { ...serials, ...changes } })
    expect(node.sub_code).toBe(sub_code)
  })

  test('a rolled certificate can be downloaded and leads to the same root', async () => {
    const before = certSn(certificates.alipay)
    const rolled = simulator.rollAlipayCertificate()
    expect(certSn(rolled)).not.toBe(before)
    const method = 'alipay.open.app.alipaycert.download'
    const { node, reply } = await call(simulator, method, { alipay_cert_sn: certSn(rolled) }, { params: serials })
    expect(reply.certSn).toBe(certSn(rolled))
    const file = Buffer.from(node.alipay_cert_content, 'base64').toString()
    expect(isTrustedCertificate(file, certificates.root, T0)).toBe(true)
    const unknown = await call(simulator, method, { alipay_cert_sn: 'x' }, { params: serials })
    expect(unknown.node.sub_code).toBe('isv.alipay-cert-not-exist')
  })

  test('an application may bring its own certificate', async () => {
    const own = makeSimulator({ apps: [app({ certificate: certificates.app })] })
    const params = { ...serials, alipay_root_cert_sn: rootCertSn(own.certificates.root) }
    expect(own.certificates.app).toBe(certificates.app)
    const { node } = await call(own, PAY, payment(newNumber(), newCode('00')), { params })
    expect(node.code).toBe('10000')
    own.close()
  })

  test("core's client pays in certificate mode, also after the certificate was rolled", async () => {
    const alipay = createAlipay({
      appId: APP_ID,
      privateKey: APP_KEYS.privateKey,
      certificates,
      gateway: 'http://simulator.test/gateway.do',
      transport: simulator.transport,
      clock: simulator.clock,
    })
    const order = {
      out_trade_no: newNumber(),
      auth_code: newCode('00'),
      subject: '咖啡',
      total_amount: '1.00',
    } as const
    expect(await alipay.pay({ ...order, scene: 'bar_code' })).toMatchObject({ code: '10000' })
  })
})

describe('RSA', () => {
  test('an application set to RSA is answered with RSA', async () => {
    const simulator = makeSimulator({ apps: [app({ signType: 'RSA' })] })
    const { isSigned, reply } = await call(simulator, PAY, payment(newNumber(), newCode('00')), { signType: 'RSA' })
    expect(isSigned).toBe(true)
    expect(await verify(reply.signedBytes, reply.sign ?? '', ALIPAY_KEYS.publicKey, { signType: 'RSA2' })).toBe(false)
    simulator.close()
  })
})

describe('gbk', () => {
  test('questions are read and answers written in gbk', async () => {
    const simulator = makeSimulator()
    const number = newNumber()
    const options = { charset: 'gbk' } as const
    const { response, isSigned } = await call(
      simulator,
      PAY,
      payment(number, newCode('00'), { subject: '拿铁' }),
      options,
    )
    expect(response.headers.get('content-type')).toBe('text/html;charset=gbk')
    expect(isSigned).toBe(true)
    expect(simulator.ledger.find(number)?.subject).toBe('拿铁')
    const refused = await call(simulator, 'alipay.trade.query', { out_trade_no: 'x' }, options)
    expect(refused.node.sub_msg).toBe('交易不存在')
    expect(Buffer.from(refused.reply.signedBytes).includes('交易不存在')).toBe(false)
    simulator.close()
  })
})

describe('AES', () => {
  test.each(['utf-8', 'gbk'] as const)('content is decrypted and the answer encrypted in %s', async (charset) => {
    const encryptKey = Buffer.alloc(16, 3).toString('base64')
    const simulator = makeSimulator({ apps: [app({ encryptKey })] })
    const biz = JSON.stringify(payment(newNumber(), newCode('00')))
    const params = { encrypt_type: 'AES', biz_content: encryptBizContent(biz, encryptKey, charset) }
    const { node, isSigned, reply } = await call(simulator, PAY, {}, { params, charset })
    expect(isSigned).toBe(true)
    expect(reply.encrypted).toBe(true)
    expect(JSON.parse(decryptBizContent(node, encryptKey, charset))).toMatchObject({
      code: '10000',
      total_amount: '88.88',
    })
    simulator.close()
  })
})
