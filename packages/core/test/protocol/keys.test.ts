import { createPublicKey, createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { assertKeyFits, isOwnPublicKey, parseKey, publicKeyOf } from '../../src/protocol/keys.ts'
import { keys } from './vectors.ts'

const { pkcs1Pem, pkcs8Pem, pkcs1Bare, pkcs8Bare, spkiPem, spkiBare, rsaPublicPem } = keys.app_rsa2_2048

const privateKey = parseKey(pkcs8Pem, 'private')
const publicKey = createPublicKey(spkiPem)

const failure = (code: string, words: string | RegExp = '') =>
  expect.objectContaining({ code, message: expect.stringMatching(words) })

const wrapped = (bare: string): string => (bare.match(/.{1,64}/g) ?? []).join('\n')

const relabelled = (pem: string, label: string): string => pem.replace(/(BEGIN|END) [A-Z ]+-----/g, `$1 ${label}-----`)

describe('parseKey reads a private key', () => {
  it.each<[string, string | Uint8Array | KeyObject]>([
    ['PKCS#1 PEM', pkcs1Pem],
    ['PKCS#8 PEM', pkcs8Pem],
    ['bare PKCS#1', pkcs1Bare],
    ['bare PKCS#8', pkcs8Bare],
    ['a KeyObject', privateKey],
    ['PEM bytes', Buffer.from(pkcs8Pem)],
    ['a plain byte array', new TextEncoder().encode(pkcs8Pem)],
    ['bare bytes', Buffer.from(pkcs8Bare)],
    ['PKCS#8 DER', Buffer.from(pkcs8Bare, 'base64')],
    ['PKCS#1 DER', Buffer.from(pkcs1Bare, 'base64')],
    ['bare in lines', wrapped(pkcs8Bare)],
    ['CRLF', pkcs8Pem.replaceAll('\n', '\r\n')],
    ['lone CR', pkcs8Pem.replaceAll('\n', '\r')],
    ['a byte order mark', `\uFEFF${pkcs8Pem}`],
    ['blanks around and inside', `  \n\t${pkcs8Pem.replaceAll('\n', ' \n  ')}\n\n `],
    ['blanks inside bare', ` ${pkcs8Bare.slice(0, 100)} \t${pkcs8Bare.slice(100)}\n`],
    ['literal \\n as in an environment variable', pkcs8Pem.replaceAll('\n', '\\n')],
    ['literal \\r\\n in quotes', `"${pkcs8Pem.replaceAll('\n', '\\r\\n')}"`],
    ['single quotes', `'${pkcs1Bare}'`],
    ['one line of PEM', pkcs8Pem.replaceAll('\n', '')],
    ['the other label over it', relabelled(pkcs8Pem, 'RSA PRIVATE KEY')],
    ['zero-width blanks, as pages have them', `\u200B${pkcs8Pem.slice(0, 90)}\u2060${pkcs8Pem.slice(90)}`],
    ['zero-width blanks in bare', `${pkcs8Bare.slice(0, 70)}\u200B${pkcs8Bare.slice(70)}\u200B`],
    ['text before it', `Bag Attributes: 1\n${pkcs8Pem}`],
    ['its public key before it', `${spkiPem}${pkcs8Pem}`],
  ])('from %s', (_, input) => {
    expect(parseKey(input, 'private').equals(privateKey)).toBe(true)
  })
})

describe('parseKey reads a public key', () => {
  it.each<[string, string | Uint8Array | KeyObject]>([
    ['SPKI PEM', spkiPem],
    ['bare SPKI', spkiBare],
    ['RSA PUBLIC KEY PEM', rsaPublicPem],
    ['bare PKCS#1', rsaPublicPem.replace(/-----[^-]+-----|\s/g, '')],
    ['SPKI DER', Buffer.from(spkiBare, 'base64')],
    ['a KeyObject', publicKey],
    ['literal \\n', spkiPem.replaceAll('\n', '\\n')],
  ])('from %s', (_, input) => {
    expect(parseKey(input, 'public').equals(publicKey)).toBe(true)
  })

  it('from a certificate', () => {
    const certificates = JSON.parse(
      readFileSync(new URL('../vectors/cert_sn.open.json', import.meta.url), 'utf8'),
    ) as readonly { input: { pem: string } }[]
    const pem = certificates.map(({ input }) => input.pem).find((text) => text.startsWith('-----BEGIN CERT')) ?? ''
    const key = parseKey(pem, 'public')
    expect(key.type).toBe('public')
    expect(key.equals(createPublicKey(pem))).toBe(true)
    expect(parseKey(pem.replace(/-----[^-]+-----/g, ''), 'public').equals(key)).toBe(true)
  })
})

describe('parseKey without a kind', () => {
  it('takes either half', () => {
    expect(parseKey(pkcs1Bare).type).toBe('private')
    expect(parseKey(spkiBare).type).toBe('public')
  })
})

const encryptedPem = (type: 'pkcs1' | 'pkcs8'): string =>
  String(privateKey.export({ type, format: 'pem', cipher: 'aes-128-cbc', passphrase: 'secret' } as never))

describe('parseKey refuses', () => {
  it.each<[string, string | Uint8Array | KeyObject, string]>([
    ['nothing', '', 'empty'],
    ['blanks', ' \n ', 'empty'],
    ['quotes', '""', 'empty'],
    ['words', 'this is not a key', 'base64'],
    ['base64 of something else', Buffer.from('hello').toString('base64'), 'PKCS#8'],
    ['half a key', pkcs8Bare.slice(0, 800), 'PKCS#8'],
    ['half a PEM', pkcs8Pem.slice(0, 800), 'END line'],
    ['a PEM with rubbish inside', pkcs8Pem.replace('MII', 'M?I'), 'base64'],
    ['an encrypted PKCS#8 PEM', encryptedPem('pkcs8'), 'encrypted'],
    ['an encrypted PKCS#1 PEM', encryptedPem('pkcs1'), 'encrypted'],
    ['a bare encrypted key', encryptedPem('pkcs8').replace(/-----[^-]+-----/g, ''), 'encrypted'],
    ['a secret key', createSecretKey(Buffer.alloc(16)), 'RSA'],
    ['random DER', Buffer.from('30820102aabb', 'hex'), 'PKCS#8'],
    ['undefined', undefined as never, 'neither text nor bytes'],
    ['null', null as never, 'neither text nor bytes'],
    ['an object', {} as never, 'neither text nor bytes'],
  ])('%s', (_, input, words) => {
    expect(() => parseKey(input, 'private')).toThrow(failure('CONFIG_KEY_INVALID', words))
  })

  it.each([
    ['ec', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['ed25519', generateKeyPairSync('ed25519')],
    ['rsa-pss', generateKeyPairSync('rsa-pss', { modulusLength: 1024 })],
  ])('a key that is not for RSA PKCS#1 v1.5: %s', (_, pair) => {
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' })
    expect(() => parseKey(pem, 'private')).toThrow(failure('CONFIG_KEY_INVALID', 'RSA'))
    expect(() => parseKey(pair.publicKey, 'public')).toThrow(failure('CONFIG_KEY_INVALID', 'RSA'))
  })

  it.each<[string, string | KeyObject, 'private' | 'public']>([
    ['public for private', spkiBare, 'private'],
    ['public KeyObject for private', publicKey, 'private'],
    ['RSA PUBLIC KEY for private', rsaPublicPem, 'private'],
    ['private for public', pkcs8Pem, 'public'],
    ['bare PKCS#1 private for public', pkcs1Bare, 'public'],
    ['private KeyObject for public', privateKey, 'public'],
  ])('the other half: %s', (_, input, kind) => {
    expect(() => parseKey(input, kind)).toThrow(failure('CONFIG_KEY_KIND', `A ${kind} key is wanted`))
  })

  it('without showing any of it', () => {
    for (const input of [pkcs8Bare.slice(0, 800), pkcs8Pem.replace('MII', 'M?I'), pkcs8Pem.slice(0, 800)]) {
      try {
        parseKey(input, 'private')
        expect.unreachable()
      } catch (error) {
        const shown = `${(error as Error).stack} ${JSON.stringify(error)} ${(error as Error).cause}`
        expect(shown).not.toContain(pkcs8Bare.slice(40, 60))
      }
    }
  })
})

describe('assertKeyFits', () => {
  it('wants 1024 bits for RSA', () => {
    const { publicKey: tiny } = generateKeyPairSync('rsa', { modulusLength: 512 })
    expect(() => assertKeyFits(tiny, 'RSA', 'alipayPublicKey')).toThrow(failure('CONFIG_KEY_TOO_SHORT', '512 bits'))
  })

  it('wants 2048 bits for RSA2', () => {
    const short = parseKey(keys.app_rsa_1024.pkcs8Bare, 'private')
    expect(() => assertKeyFits(short, 'RSA2', 'privateKey')).toThrow(
      expect.objectContaining({
        code: 'CONFIG_KEY_TOO_SHORT',
        details: { role: 'privateKey', bits: 1024, minimum: 2048 },
      }),
    )
    expect(() => assertKeyFits(short, 'RSA', 'privateKey')).not.toThrow()
    expect(() => assertKeyFits(privateKey, 'RSA2', 'privateKey')).not.toThrow()
    expect(() => assertKeyFits(parseKey(keys.app_rsa2_4096.spkiPem), 'RSA2', 'alipayPublicKey')).not.toThrow()
  })
})

describe('isOwnPublicKey', () => {
  it('tells the own public key from another', () => {
    expect(isOwnPublicKey(privateKey, publicKey)).toBe(true)
    expect(isOwnPublicKey(privateKey, parseKey(keys.alipay_rsa2_2048.spkiPem))).toBe(false)
    expect(publicKeyOf(privateKey).equals(publicKey)).toBe(true)
  })
})
