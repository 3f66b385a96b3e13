import { generateKeyPairSync } from 'node:crypto'
import { SimulatedClock } from '@f2f/core/testing'
import { decodeJwt, decodeProtectedHeader, exportPKCS8, generateKeyPair, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { generateSigningKey, memoryRevocationList, type TerminalGrant } from '../src/index.ts'
import { generateTillKey } from '../src/till/index.ts'
import { AUDIENCE, backEnd, EDDSA, ES256, ISSUER, issuerWith, TILL } from './support/back-end.ts'
import { forge } from './support/forge.ts'

const NOW = Date.UTC(2026, 0, 1) / 1_000

describe('an issued token', () => {
  test('says who the till is, for ten minutes, under a key id', async () => {
    const clock = new SimulatedClock()
    const { token, tokenId, expiresAt } = await issuerWith({ clock }).issue({ ...TILL, merchantId: 'M1' })
    expect(decodeProtectedHeader(token)).toEqual({ typ: 'at+jwt', alg: 'EdDSA', kid: 'ed-1' })
    expect(decodeJwt(token)).toEqual({
      iss: ISSUER,
      aud: AUDIENCE,
      sub: 'T1',
      storeId: 'S1',
      operatorId: 'O1',
      merchantId: 'M1',
      scope: 'pay refund watch',
      refundLimit: '200.00',
      iat: NOW,
      nbf: NOW,
      exp: NOW + 600,
      auth_time: NOW,
      jti: tokenId,
    })
    expect(expiresAt).toEqual(new Date((NOW + 600) * 1_000))
    expect(token.length).toBeLessThan(600)
  })

  test('has an id nobody can guess, a new one each time', async () => {
    const issuer = issuerWith()
    const ids = await Promise.all(Array.from({ length: 50 }, async () => (await issuer.issue(TILL)).tokenId))
    expect(new Set(ids).size).toBe(50)
    for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/)
  })

  test('is signed with ES256 by a P-256 key', async () => {
    const { token } = await issuerWith({ keys: [ES256] }).issue(TILL)
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', kid: 'es-1' })
  })

  test('lasts as long as the issuer says, rounded down to a second', async () => {
    const clock = new SimulatedClock()
    const { expiresAt } = await issuerWith({ clock, ttl: 90_999 }).issue(TILL)
    expect(expiresAt.getTime() - clock.now()).toBe(90_000)
  })

  test('carries the till key it is bound to, the public part only', async () => {
    const { publicKey } = await generateTillKey()
    const { token } = await issuerWith().issue(TILL, { publicKey: { ...publicKey, kid: 'mine', use: 'sig' } })
    expect(decodeJwt(token).cnf).toEqual({ jwk: { kty: 'OKP', crv: 'Ed25519', x: publicKey.x } })
  })

  test('writes its refund limit with two decimals and each scope once', async () => {
    const { token } = await issuerWith().issue({ ...TILL, scopes: ['refund', 'pay', 'refund'], refundLimit: '50' })
    expect(decodeJwt(token)).toMatchObject({ scope: 'refund pay', refundLimit: '50.00' })
  })
})

describe('a grant is refused, by field', () => {
  const cases: readonly (readonly [string, Partial<Record<keyof TerminalGrant, unknown>>])[] = [
    ['terminalId', { terminalId: undefined }],
    ['terminalId', { terminalId: '' }],
    ['terminalId', { terminalId: 'T'.repeat(33) }],
    ['terminalId', { terminalId: '收银台' }],
    ['terminalId', { terminalId: 'T 1' }],
    ['terminalId', { terminalId: 'T\u0000' }],
    ['storeId', { storeId: undefined }],
    ['storeId', { storeId: 7 }],
    ['operatorId', { operatorId: 'O'.repeat(29) }],
    ['merchantId', { merchantId: '' }],
    ['scopes', { scopes: undefined }],
    ['scopes', { scopes: [] }],
    ['scopes', { scopes: 'pay' }],
    ['scopes', { scopes: ['pay', 'admin'] }],
    ['refundLimit', { refundLimit: undefined }],
    ['amount', { refundLimit: '-1' }],
    ['amount', { refundLimit: '1e9' }],
  ]
  for (const [field, over] of cases) {
    test(`${field}: ${JSON.stringify(Object.values(over)[0])}`, async () => {
      await expect(issuerWith().issue({ ...TILL, ...over } as TerminalGrant)).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
        details: { field },
      })
    })
  }

  test('publicKey: whatever is no public Ed25519 or P-256 key', async () => {
    const rsa = { kty: 'RSA', n: 'AQAB', e: 'AQAB' }
    const offCurve = { ...ES256, d: undefined, alg: undefined, y: ES256.x }
    for (const publicKey of [EDDSA, {}, rsa, { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }, offCurve]) {
      await expect(issuerWith().issue(TILL, { publicKey })).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
        details: { field: 'publicKey' },
      })
    }
  })
})

describe('signing keys', () => {
  test('can be a JWK, or a KeyObject or PEM beside a kid', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const pem = await exportPKCS8(privateKey)
    const { token } = await issuerWith({ keys: [{ kid: 'pem', privateKey: pem }] }).issue(TILL)
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', kid: 'pem' })
  })

  test('are published without their private part, all of them, and for one algorithm each', () => {
    const { keys } = issuerWith({ keys: [EDDSA, ES256] }).jwks()
    const { d: _, ...ed } = EDDSA
    const { d: __, ...es } = ES256
    expect(keys).toEqual([ed, es])
  })

  test('cannot be changed through the published set', () => {
    const issuer = issuerWith()
    Object.assign(issuer.jwks().keys[0] ?? {}, { x: 'mine' })
    expect(issuer.jwks().keys[0]?.x).toBe(EDDSA.x)
  })

  test('can be made, with the thumbprint as their kid', async () => {
    const key = await generateSigningKey()
    expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
    expect(key.kid).toMatch(/^[\w-]{43}$/)
    await expect(importJWK({ ...key, kty: 'OKP' } as never, 'EdDSA')).resolves.toBeDefined()
    expect(await generateSigningKey('ES256')).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256' })
  })

  const { d: _, ...publicOnly } = EDDSA
  const bad = {
    'none at all': [],
    'one without a kid': [{ ...EDDSA, kid: undefined }],
    'two with one kid': [EDDSA, { ...ES256, kid: 'ed-1' }],
    'a public key': [publicOnly],
    'an algorithm of another key': [{ ...EDDSA, alg: 'ES256' }],
    'an RSA key': [{ kid: 'rsa', privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }],
    'a P-384 key': [{ kid: 'ec', privateKey: generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey }],
    'what is no key': [{ kid: 'no', privateKey: '-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----' }],
  }
  for (const [what, keys] of Object.entries(bad)) {
    test(`are refused at once: ${what}`, () => {
      expect(() => issuerWith({ keys })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
      expect(() => issuerWith({ keys })).not.toThrow(/secret/)
    })
  }
})

describe('options are refused at once', () => {
  const bad = { issuer: '', audience: '', ttl: 600, sessionTtl: -1 }
  for (const [field, value] of Object.entries({ ...bad, ttl_: Number.NaN })) {
    test(`${field} ${value}`, () => {
      const name = field.replace('_', '')
      expect(() => issuerWith({ [name]: value })).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID', details: expect.objectContaining({ field: name }) }),
      )
    })
  }
})

describe('refresh', () => {
  test('gives a new token with the same grant', async () => {
    const { issuer, issue, clock } = backEnd()
    const first = await issue()
    await clock.advance(300_000)
    const second = await issuer.refresh(first.token)
    expect(second.tokenId).not.toBe(first.tokenId)
    const { iat: _, nbf: __, exp: ___, jti: ____, ...before } = decodeJwt(first.token)
    expect(decodeJwt(second.token)).toMatchObject({ ...before, iat: NOW + 300, exp: NOW + 900, auth_time: NOW })
  })

  test('refuses a token that has ended, is revoked or is forged', async () => {
    const { issuer, issue, clock, revocation } = backEnd()
    const { token, tokenId, expiresAt } = await issue()
    await revocation.revokeToken(tokenId, expiresAt)
    const { token: ending } = await issue()
    const forged = await forge(clock.now(), { claims: { aud: 'another' } })
    await expect(issuer.refresh(token)).rejects.toMatchObject({ code: 'AUTH_INVALID' })
    await expect(issuer.refresh(forged)).rejects.toMatchObject({ code: 'AUTH_INVALID' })
    await clock.advance(600_000)
    await expect(issuer.refresh(ending)).rejects.toMatchObject({ code: 'AUTH_INVALID' })
  })

  test('goes on for twelve hours and no longer', async () => {
    const { issuer, issue, clock } = backEnd({}, { ttl: 3_600_000 })
    let { token } = await issue()
    for (let hour = 0; hour < 23; hour++) {
      await clock.advance(1_800_000)
      token = (await issuer.refresh(token)).token
    }
    await clock.advance(1_800_000)
    await expect(issuer.refresh(token)).rejects.toMatchObject({ code: 'AUTH_INVALID' })
  })

  test("refuses a token with a till's key: that needs the till's proof", async () => {
    const { issuer, issue } = backEnd()
    const { publicKey } = await generateTillKey()
    const { token } = await issue({}, publicKey)
    await expect(issuer.refresh(token)).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' })
  })

  test('takes tokens of every key in the set, so that a rotation interrupts nobody', async () => {
    const clock = new SimulatedClock()
    const revocation = memoryRevocationList(clock)
    const { token } = await issuerWith({ clock, revocation, keys: [EDDSA] }).issue(TILL)
    const { token: next } = await issuerWith({ clock, revocation, keys: [ES256, EDDSA] }).refresh(token)
    expect(decodeProtectedHeader(next).kid).toBe('es-1')
    await expect(issuerWith({ clock, revocation, keys: [ES256] }).refresh(token)).rejects.toMatchObject({
      code: 'AUTH_INVALID',
    })
  })
})
