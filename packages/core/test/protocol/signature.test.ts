import { createSign, createVerify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeText } from '../../src/protocol/charset.ts'
import { parseKey } from '../../src/protocol/keys.ts'
import { keySigner, type SignType, sign, verify, verifyAny } from '../../src/protocol/signature.ts'
import { keys } from './vectors.ts'

const { pkcs8Pem, spkiPem } = keys.app_rsa2_2048
const privateKey = parseKey(pkcs8Pem, 'private')
const publicKey = parseKey(spkiPem, 'public')
const otherKey = parseKey(keys.other_rsa2_2048.spkiPem, 'public')

const digests = { RSA2: 'RSA-SHA256', RSA: 'RSA-SHA1' } as const

describe.each(['RSA2', 'RSA'] as const)('%s', (signType) => {
  it.each([
    ['当面付', 'utf-8'],
    ['当面付', 'gbk'],
    ['', 'utf-8'],
  ] as const)('signs %j in %s as openssl does', async (text, charset) => {
    const bytes = encodeText(text, charset)
    const expected = createSign(digests[signType]).update(bytes).sign(pkcs8Pem, 'base64')
    expect(await sign(text, privateKey, { signType, charset })).toBe(expected)
    expect(await sign(bytes, pkcs8Pem, { signType })).toBe(expected)
    expect(await verify(text, expected, spkiPem, { signType, charset })).toBe(true)
    expect(createVerify(digests[signType]).update(bytes).verify(spkiPem, expected, 'base64')).toBe(true)
  })

  it('does not verify what the other algorithm signed', async () => {
    const other: SignType = signType === 'RSA' ? 'RSA2' : 'RSA'
    const signature = await sign('text', privateKey, { signType: other })
    expect(await verify('text', signature, publicKey, { signType })).toBe(false)
  })
})

describe('verify', () => {
  it('is false for another text, another key and another key length', async () => {
    const signature = await sign('text', privateKey)
    expect(await verify('texT', signature, publicKey)).toBe(false)
    expect(await verify('text', signature, otherKey)).toBe(false)
    expect(await verify('text', signature, keys.app_rsa2_4096.spkiPem)).toBe(false)
  })

  it('is false for a signature that is not clean standard base64', async () => {
    const signature = await sign('text', privateKey)
    expect(await verify('text', signature, publicKey)).toBe(true)
    const dirty = [
      '',
      '=',
      'x',
      ` ${signature}`,
      `${signature}\n`,
      signature.replace(/=+$/, ''),
      `${signature}=`,
      `${signature}AAAA`,
      signature.replaceAll('+', ' ').replaceAll('/', '_'),
      signature.replace(/.{76}/g, '$&\r\n'),
      `${signature.slice(0, 10)}%${signature.slice(10)}`,
      '中文',
      undefined as never,
      5 as never,
    ]
    for (const text of dirty) expect(await verify('text', text, publicKey), JSON.stringify(text)).toBe(false)
  })

  it('is true for any of several trusted keys', async () => {
    const signature = await sign('text', privateKey)
    const text = Buffer.from('text')
    expect(await verifyAny(text, signature, [otherKey, publicKey], 'RSA2')).toBe(true)
    expect(await verifyAny(text, signature, [otherKey], 'RSA2')).toBe(false)
    expect(await verifyAny(text, signature, [], 'RSA2')).toBe(false)
  })
})

describe('both refuse', () => {
  it('the other half of the key pair', async () => {
    await expect(sign('text', publicKey)).rejects.toMatchObject({ code: 'CONFIG_KEY_KIND' })
    await expect(verify('text', 'AAAA', privateKey)).rejects.toMatchObject({ code: 'CONFIG_KEY_KIND' })
  })

  it('an algorithm that is neither RSA2 nor RSA', async () => {
    const signType = 'MD5' as SignType
    await expect(sign('text', privateKey, { signType })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    await expect(verify('text', 'AAAA', publicKey, { signType })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  })

  it('a character the charset lacks', async () => {
    await expect(sign('🍺', privateKey, { charset: 'gbk' })).rejects.toMatchObject({ code: 'REQUEST_UNENCODABLE' })
  })
})

describe('keySigner', () => {
  it('signs as sign does', async () => {
    const text = Buffer.from('text')
    const signer = keySigner(Buffer.from(pkcs8Pem))
    expect(await signer.sign(text, 'RSA')).toBe(await sign(text, privateKey, { signType: 'RSA' }))
  })

  it('refuses a bad key at once', () => {
    expect(() => keySigner(spkiPem)).toThrow(expect.objectContaining({ code: 'CONFIG_KEY_KIND' }))
  })
})

describe('many at once', () => {
  it('all come back, each with its own signature, while timers and files go on', async () => {
    let turns = 0
    const interval = setInterval(() => {
      turns += 1
    }, 1)
    const texts = Array.from({ length: 300 }, (_, index) => `text ${index}`)
    const signatures = await Promise.all(texts.map((text) => sign(text, privateKey)))
    clearInterval(interval)
    expect(new Set(signatures).size).toBe(texts.length)
    const verdicts = await Promise.all(texts.map((text, index) => verify(text, signatures[index] ?? '', publicKey)))
    expect(verdicts).not.toContain(false)
    expect(turns).toBeGreaterThan(5)
  })
})
