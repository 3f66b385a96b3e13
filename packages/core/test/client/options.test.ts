import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createAlipay } from '../../src/client/alipay.ts'
import type { AlipayOptions } from '../../src/client/options.ts'
import type { Transport } from '../../src/transport.ts'
import { certificateFile } from '../fixtures/certificates.ts'
import certificateVectors from '../vectors/cert_sn.open.json' with { type: 'json' }
import { APP_ID, KEYS } from './fake-gateway.ts'

const nowhere: Transport = () => Promise.reject(new Error('nothing is sent in these tests'))

const good = {
  appId: APP_ID,
  privateKey: KEYS.app_rsa2_2048.pkcs1Bare,
  alipayPublicKey: KEYS.alipay_rsa2_2048.spkiBare,
}
const certificates = {
  app: certificateFile('app.pem'),
  alipay: certificateFile('alipay.pem'),
  root: certificateFile('root.pem'),
}
const certificateMode = { appId: APP_ID, privateKey: certificateFile('app.key'), certificates }
const ecRoot = certificateVectors.find(({ name }) => name === 'leaf_ec_key_ec_signature')?.input.pem ?? ''
const ecKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' })

const build = (options: object) => () => createAlipay(options as AlipayOptions)

describe('createAlipay takes', () => {
  it.each<[string, object]>([
    ['bare base64', {}],
    ['PEM', { privateKey: KEYS.app_rsa2_2048.pkcs8Pem, alipayPublicKey: KEYS.alipay_rsa2_2048.spkiPem }],
    ['a file as bytes', { privateKey: Buffer.from(KEYS.app_rsa2_2048.pkcs8Pem) }],
    ['a Signer', { privateKey: { sign: async () => 'AAAA' } }],
    ['several Alipay keys', { alipayPublicKey: [KEYS.alipay_rsa2_2048.spkiPem, KEYS.other_rsa2_2048.spkiBare] }],
    ['short keys with RSA', { privateKey: KEYS.app_rsa_1024.pkcs1Pem, signType: 'RSA' }],
    ['GBK in capitals', { charset: 'GBK' }],
    ['the sandbox', { gateway: 'sandbox' }],
    ['plain http to this machine', { gateway: 'http://127.0.0.1:8080/gateway.do' }],
    ['plain http to localhost', { gateway: 'http://localhost:1/x' }],
    ['plain http to ::1', { gateway: 'http://[::1]:1/x' }],
    ['plain http anywhere with a transport', { gateway: 'http://gateway.internal/gateway.do', transport: nowhere }],
    [
      'options that are undefined',
      { charset: undefined, timeout: undefined, certificates: undefined, clock: undefined },
    ],
  ])('%s', (_, more) => {
    expect(createAlipay({ ...good, ...more } as AlipayOptions).appId).toBe(APP_ID)
  })

  it('certificates as text or bytes', () => {
    const bytes = { ...certificates, alipay: Buffer.from(certificates.alipay) }
    expect(build({ ...certificateMode, certificates: bytes })).not.toThrow()
  })
})

describe('createAlipay refuses', () => {
  const { alipayPublicKey: _alipay, ...noTrust } = good
  const { privateKey: _private, ...noKey } = good

  it.each<[string, object | undefined | null, string, string?]>([
    ['no options', undefined, 'CONFIG_INVALID', 'options'],
    ['null', null, 'CONFIG_INVALID', 'options'],
    ['no app id', { ...good, appId: undefined }, 'CONFIG_INVALID', 'appId'],
    ['an empty app id', { ...good, appId: '' }, 'CONFIG_INVALID', 'appId'],
    ['an app id that is a number', { ...good, appId: 2021 }, 'CONFIG_INVALID', 'appId'],
    ['no private key', noKey, 'CONFIG_INVALID', 'privateKey'],
    ['a private key that is null', { ...good, privateKey: null }, 'CONFIG_INVALID', 'privateKey'],
    ['a private key that is a number', { ...good, privateKey: 5 }, 'CONFIG_INVALID', 'privateKey'],
    ['a private key that is no key', { ...good, privateKey: 'hello' }, 'CONFIG_KEY_INVALID'],
    ['an empty private key', { ...good, privateKey: '' }, 'CONFIG_KEY_INVALID'],
    ['an EC key', { ...good, privateKey: ecKey }, 'CONFIG_KEY_INVALID'],
    ['a public key as private key', { ...good, privateKey: KEYS.app_rsa2_2048.spkiPem }, 'CONFIG_KEY_KIND'],
    ['a private key as public key', { ...good, alipayPublicKey: KEYS.other_rsa2_2048.pkcs8Pem }, 'CONFIG_KEY_KIND'],
    ['a short private key', { ...good, privateKey: KEYS.app_rsa_1024.pkcs1Pem }, 'CONFIG_KEY_TOO_SHORT'],
    ['a short public key', { ...good, alipayPublicKey: KEYS.alipay_rsa_1024.spkiPem }, 'CONFIG_KEY_TOO_SHORT'],
    [
      "the application's own public key",
      { ...good, alipayPublicKey: KEYS.app_rsa2_2048.spkiPem },
      'CONFIG_OWN_PUBLIC_KEY',
    ],
    [
      'its own among others',
      { ...good, alipayPublicKey: [KEYS.alipay_rsa2_2048.spkiPem, KEYS.app_rsa2_2048.spkiPem] },
      'CONFIG_OWN_PUBLIC_KEY',
    ],
    ['nothing to verify with', noTrust, 'CONFIG_INVALID', 'alipayPublicKey'],
    ['an empty list of keys', { ...good, alipayPublicKey: [] }, 'CONFIG_INVALID', 'alipayPublicKey'],
    ['a list with a hole', { ...good, alipayPublicKey: [undefined] }, 'CONFIG_INVALID', 'alipayPublicKey'],
    ['both modes at once', { ...good, certificates }, 'CONFIG_INVALID', 'alipayPublicKey'],
    [
      'a certificate that is missing',
      { ...certificateMode, certificates: { ...certificates, root: undefined } },
      'CONFIG_INVALID',
      'certificates.root',
    ],
    ['certificates that are null', { ...noTrust, certificates: null }, 'CONFIG_INVALID', 'certificates.app'],
    [
      'a certificate that is none',
      { ...certificateMode, certificates: { ...certificates, alipay: 'x' } },
      'CONFIG_CERTIFICATE_INVALID',
    ],
    [
      'a root file without RSA',
      { ...certificateMode, certificates: { ...certificates, root: ecRoot } },
      'CONFIG_CERTIFICATE_INVALID',
    ],
    [
      "another application's certificate",
      { ...certificateMode, certificates: { ...certificates, app: certificateFile('other-shop.pem') } },
      'CONFIG_INVALID',
      'certificates.app',
    ],
    [
      "its own certificate as Alipay's",
      { ...certificateMode, certificates: { ...certificates, alipay: certificates.app } },
      'CONFIG_OWN_PUBLIC_KEY',
    ],
    [
      "its own certificate as Alipay's, with a signer",
      {
        ...certificateMode,
        privateKey: { sign: async () => '' },
        certificates: { ...certificates, alipay: certificates.app },
      },
      'CONFIG_OWN_PUBLIC_KEY',
    ],
    [
      'a certificate of a short key, with a signer',
      {
        ...certificateMode,
        privateKey: { sign: async () => '' },
        certificates: { ...certificates, app: certificateFile('short.pem') },
      },
      'CONFIG_KEY_TOO_SHORT',
    ],
    [
      'an EC certificate',
      { ...certificateMode, certificates: { ...certificates, alipay: ecRoot } },
      'CONFIG_KEY_INVALID',
    ],
    ['another sign type', { ...good, signType: 'HMAC' }, 'CONFIG_INVALID', 'signType'],
    ['another charset', { ...good, charset: 'latin1' }, 'CONFIG_INVALID', 'charset'],
    ['no charset', { ...good, charset: null }, 'CONFIG_INVALID', 'charset'],
    ['no gateway', { ...good, gateway: null }, 'CONFIG_INVALID', 'gateway'],
    ['an AES key that is none', { ...good, encryptKey: 'c2hvcnQ=' }, 'CONFIG_ENCRYPT_KEY_INVALID'],
    ['an empty AES key', { ...good, encryptKey: '' }, 'CONFIG_ENCRYPT_KEY_INVALID'],
    ['an AES key that is no text', { ...good, encryptKey: 5 }, 'CONFIG_INVALID', 'encryptKey'],
    ['an empty token', { ...good, appAuthToken: '' }, 'CONFIG_INVALID', 'appAuthToken'],
    ['a notification address that is relative', { ...good, notifyUrl: '/notify' }, 'CONFIG_INVALID', 'notifyUrl'],
    [
      'a notification address of 257 characters',
      { ...good, notifyUrl: `https://${'a'.repeat(249)}` },
      'CONFIG_INVALID',
      'notifyUrl',
    ],
    ['an empty seller', { ...good, sellerId: '' }, 'CONFIG_INVALID', 'sellerId'],
    ['an empty provider', { ...good, sysServiceProviderId: '' }, 'CONFIG_INVALID', 'sysServiceProviderId'],
    ['no time', { ...good, timeout: 0 }, 'CONFIG_INVALID', 'timeout'],
    ['endless time', { ...good, timeout: Number.POSITIVE_INFINITY }, 'CONFIG_INVALID', 'timeout'],
    ['time that is no number', { ...good, timeout: '10' }, 'CONFIG_INVALID', 'timeout'],
    ['a transport that is no function', { ...good, transport: {} }, 'CONFIG_INVALID', 'transport'],
    ['a clock that is none', { ...good, clock: {} }, 'CONFIG_INVALID', 'clock'],
    ['an empty gateway', { ...good, gateway: '' }, 'CONFIG_INVALID', 'gateway'],
    ['a gateway that is no address', { ...good, gateway: 'prod' }, 'CONFIG_INVALID', 'gateway'],
    ['a name every object has', { ...good, gateway: 'constructor' }, 'CONFIG_INVALID', 'gateway'],
    ['a gateway by ftp', { ...good, gateway: 'ftp://127.0.0.1/' }, 'CONFIG_INVALID', 'gateway'],
    [
      'plain http to another host',
      { ...good, gateway: 'http://openapi.alipay.com/gateway.do' },
      'CONFIG_INVALID',
      'gateway',
    ],
    [
      'plain http to a host that looks like this one',
      { ...good, gateway: 'http://127.0.0.1.example.com/' },
      'CONFIG_INVALID',
      'gateway',
    ],
    [
      'a gateway with credentials',
      { ...good, gateway: 'https://me:secret@openapi.alipay.com/' },
      'CONFIG_INVALID',
      'gateway',
    ],
    [
      'a gateway with a query',
      { ...good, gateway: 'https://openapi.alipay.com/gateway.do?charset=utf-8' },
      'CONFIG_INVALID',
      'gateway',
    ],
  ])('%s', (_, options, code, field) => {
    const details = field === undefined ? {} : { details: expect.objectContaining({ field }) }
    expect(build(options as object)).toThrow(expect.objectContaining({ code, moneyMayHaveMoved: false, ...details }))
  })

  it('without ever echoing a key or a token', () => {
    const secret = KEYS.app_rsa2_2048.pkcs1Bare
    const attempts = [
      { ...good, privateKey: `${secret}!` },
      { ...good, alipayPublicKey: secret },
      { ...good, appAuthToken: `${secret} ` },
      { ...good, encryptKey: secret },
      { ...good, gateway: secret },
      { ...good, notifyUrl: secret },
    ]
    for (const attempt of attempts) {
      let thrown: unknown
      try {
        createAlipay(attempt)
      } catch (error) {
        thrown = error
      }
      expect(thrown).toBeDefined()
      expect(`${inspect(thrown, { depth: 9 })}${JSON.stringify(thrown)}`).not.toContain(secret.slice(40, 80))
    }
  })
})

describe('the client', () => {
  const token = '202405BBdcba8e2cc34749ccaa54c1f6d28e1X29'
  const client = createAlipay({ ...good, appAuthToken: token, encryptKey: KEYS.aes128, sellerId: '2088000000000001' })

  it('shows what it may', () => {
    expect(client).toMatchObject({ appId: APP_ID, sellerId: '2088000000000001', lastVerifiedReplyAt: undefined })
    expect(client.clock.now()).toBeGreaterThan(Date.UTC(2020, 0, 1))
  })

  it('shows neither keys nor tokens, however it is printed', () => {
    const printed = [client, client.withAuth(`${token}other`)].map(
      (one) => `${inspect(one, { depth: 20, showHidden: true, getters: true })}${JSON.stringify(one)}${String(one)}`,
    )
    for (const text of printed) {
      expect(text).not.toContain(token)
      expect(text).not.toContain(KEYS.aes128)
      expect(text).not.toContain('PRIVATE')
      expect(text).not.toMatch(/MII|KeyObject/)
    }
  })

  it('cannot be changed', () => {
    expect(() => Object.assign(client, { appId: 'other' })).toThrow(TypeError)
  })

  it.each([undefined, '', 'with blank ', 5])('refuses to act for the token %j', (bad) => {
    expect(() => client.withAuth(bad as string)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  })
})
