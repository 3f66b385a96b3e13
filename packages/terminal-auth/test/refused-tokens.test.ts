import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Jwk } from '../src/index.ts'
import { backEnd, EDDSA, ES256, STRANGER } from './support/back-end.ts'
import { forge, tamper } from './support/forge.ts'

const PATH = '/payments'
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const publicPart = ({ d: _, ...jwk }: Jwk): Jwk => jwk

/** HS256 over the published key's own bytes, as a careless verifier would check it. */
const confused = (token: string, secret: string | Buffer): string => {
  const input = tamper(token).withHeader({ alg: 'HS256' }).split('.').slice(0, 2).join('.')
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

const publicPem = createPublicKey({ key: publicPart(EDDSA) as JsonWebKey, format: 'jwk' }).export({
  type: 'spki',
  format: 'pem',
})

const refused: Readonly<Record<string, (now: number, good: string) => string | Promise<string>>> = {
  'signed with another key under the same kid': (now) => forge(now, { key: STRANGER }),
  'signed with a key that is not in the set': (now) => forge(now, { key: { ...STRANGER, kid: 'ed-9' } }),
  'without a kid': (now) => forge(now, { header: { kid: undefined } }),
  'with an empty kid': (now) => forge(now, { header: { kid: '' } }),
  'with a kid that is a number': (_, good) => tamper(good).withHeader({ kid: 1 }),
  'of an Ed25519 key under the kid of a P-256 key': (now) => forge(now, { key: { ...STRANGER, kid: 'es-1' } }),
  'of a P-256 key under the kid of an Ed25519 key': (now) => forge(now, { key: { ...ES256, kid: 'ed-1' } }),
  'that brings its own key (jwk)': (now) => forge(now, { key: STRANGER, header: { jwk: publicPart(STRANGER) } }),
  'that names where its key is (jku)': (now) => forge(now, { key: STRANGER, header: { jku: 'https://evil.test' } }),
  'with alg none and no signature': (_, good) =>
    `${tamper(good)
      .withHeader({ alg: 'none' })
      .replace(/[^.]*$/, '')}`,
  'with alg none and the signature kept': (_, good) => tamper(good).withHeader({ alg: 'none' }),
  'with alg NoNe': (_, good) => tamper(good).withHeader({ alg: 'NoNe' }),
  'with HS256 keyed by the public PEM': (_, good) => confused(good, publicPem),
  'with HS256 keyed by the public JWK': (_, good) => confused(good, JSON.stringify(publicPart(EDDSA))),
  'with HS256 keyed by x': (_, good) => confused(good, Buffer.from(EDDSA.x ?? '', 'base64url')),
  'with RS256': (_, good) => tamper(good).withHeader({ alg: 'RS256' }),
  'with another name of its algorithm': (now) => forge(now, { header: { alg: 'Ed25519' } }),
  'without an alg': (_, good) => tamper(good).withHeader({ alg: undefined }),
  'with an unknown critical header': (now) => forge(now, { header: { crit: ['exp'], exp: 1 } }).catch(() => 'a.b.c'),
  'with a critical header put in': (_, good) => tamper(good).withHeader({ crit: ['f2f'], f2f: true }),
  'with an unencoded payload (b64 false)': (_, good) => tamper(good).withHeader({ crit: ['b64'], b64: false }),
  'of another type': (now) => forge(now, { header: { typ: 'JWT' } }),
  'of no type': (now) => forge(now, { header: { typ: undefined } }),
  'of another issuer': (now) => forge(now, { claims: { iss: 'https://evil.test' } }),
  'for another audience': (now) => forge(now, { claims: { aud: 'another' } }),
  'for no audience': (now) => forge(now, { claims: { aud: undefined } }),
  'that has expired': (now) => forge(now, { claims: { exp: now / 1_000 } }),
  'that never expires': (now) => forge(now, { claims: { exp: undefined } }),
  'that is not yet valid': (now) => forge(now, { claims: { nbf: now / 1_000 + 1 } }),
  'issued in the future': (now) => forge(now, { claims: { iat: now / 1_000 + 1 } }),
  'issued too long ago, whatever its end': (now) => forge(now, { claims: { iat: now / 1_000 - 86_401 } }),
  'without a jti': (now) => forge(now, { claims: { jti: undefined } }),
  'without a terminal': (now) => forge(now, { claims: { sub: undefined } }),
  'without a store': (now) => forge(now, { claims: { storeId: undefined } }),
  'with a store that is no string': (now) => forge(now, { claims: { storeId: ['S1'] } }),
  'with an operator that is null': (now) => forge(now, { claims: { operatorId: null } }),
  'without scopes': (now) => forge(now, { claims: { scope: '' } }),
  'with unknown scopes only': (now) => forge(now, { claims: { scope: 'admin' } }),
  'to refund without a limit': (now) => forge(now, { claims: { refundLimit: undefined } }),
  'with a refund limit that is no amount': (now) => forge(now, { claims: { refundLimit: 'lots' } }),
  'with a till key that is no key': (now) => forge(now, { claims: { cnf: { jwk: { kty: 'oct', k: 'AA' } } } }),
  'bound in a way not known here': (now) => forge(now, { claims: { cnf: { 'x5t#S256': 'AA' } } }),
  'with a changed payload': (_, good) => tamper(good).withClaims({ storeId: 'S2' }),
  'with a payload that is no object': (_, good) => `${good.split('.')[0]}.${part([1])}.${good.split('.')[2]}`,
  'with its signature cut': (_, good) => good.slice(0, -1),
  'with its signature gone': (_, good) => tamper(good).withSignature(''),
  'with a signature of zeros': (_, good) => tamper(good).withSignature('A'.repeat(86)),
  'with a fourth part': (_, good) => `${good}.AAAA`,
  'with padding': (_, good) => `${good}==`,
  'that is no JWT': () => 'a-password',
  'that is empty': () => '',
  'that comes twice': (_, good) => `${good}, Bearer ${good}`,
  'that is genuine but huge': (now) => forge(now, { claims: { hobbies: 'A'.repeat(4_096) } }),
  'that is huge': (_, good) => `${good}${'A'.repeat(4_096)}`,
}

describe('a token is refused', () => {
  for (const [how, make] of Object.entries(refused)) {
    test(how, async () => {
      const { clock, ask, as, issue, problems } = backEnd({ jwks: { keys: [EDDSA, ES256].map(publicPart) } })
      const { token } = await issue()
      expect((await ask('GET', PATH, as(token))).status).toBe(200)

      const forged = await make(clock.now(), token)
      const { status, challenge, json, text } = await ask('GET', PATH, as(forged))
      expect(status).toBe(401)
      expect(challenge).toBe('Bearer error="invalid_token"')
      expect(json).toMatchObject({ code: 'AUTH_INVALID', retryable: false, moneyMayHaveMoved: false })
      expect(json.detail).toBe(
        'The token is not valid. Nothing was sent, no money moved. Get a new token or sign a new proof.',
      )
      expect(text).not.toContain(forged.slice(-20) || token)
      expect(problems).toEqual([])
    })
  }
})

describe('a token is taken', () => {
  test('from the Authorization header, whatever the case of its scheme', async () => {
    const { ask, issue } = backEnd()
    const { token } = await issue()
    for (const authorization of [`Bearer ${token}`, `bearer ${token}`, `BEARER   ${token}`])
      expect((await ask('GET', PATH, { authorization })).status).toBe(200)
  })

  test('from nowhere else', async () => {
    const { ask, issue } = backEnd()
    const { token } = await issue()
    const places = [
      { headers: { cookie: `token=${token}; access_token=${token}; authorization=Bearer ${token}` }, query: '' },
      { headers: { 'x-access-token': token, 'proxy-authorization': `Bearer ${token}` }, query: '' },
      { headers: { authorization: `Basic ${token}` }, query: '' },
      { headers: { authorization: token }, query: '' },
      { headers: {}, query: `?access_token=${token}` },
    ]
    for (const { headers, query } of places) {
      const { status, challenge, json } = await ask('GET', `${PATH}${query}`, headers)
      expect(status).toBe(401)
      expect(challenge).toBe('Bearer')
      expect(json).toMatchObject({ code: 'AUTH_REQUIRED' })
    }
  })

  test('up to its very end and not a second longer, unless a tolerance is given', async () => {
    const { ask, as, issue, clock } = backEnd()
    const { token, expiresAt } = await issue()
    await clock.advance(expiresAt.getTime() - clock.now() - 1)
    expect((await ask('GET', PATH, as(token))).status).toBe(200)
    await clock.advance(1)
    expect((await ask('GET', PATH, as(token))).status).toBe(401)
  })

  test('as much early or late as the tolerance says', async () => {
    const { ask, as, issue, clock } = backEnd({ clockTolerance: 5_000 })
    const { token, expiresAt } = await issue()
    const issuedAt = clock.now()
    for (const [at, status] of [
      [issuedAt - 5_000, 200],
      [issuedAt - 6_000, 401],
      [expiresAt.getTime() + 4_999, 200],
      [expiresAt.getTime() + 5_000, 401],
    ] as const) {
      clock.set(at)
      expect((await ask('GET', PATH, as(token))).status).toBe(status)
    }
  })

  test('for what its scopes say and no more', async () => {
    const { ask, as, issue } = backEnd()
    const { token } = await issue({ scopes: ['watch'] })
    expect((await ask('GET', PATH, as(token))).status).toBe(200)
    const { status, challenge, json } = await ask('POST', PATH, as(token), {})
    expect(status).toBe(403)
    expect(challenge).toBe('Bearer error="insufficient_scope", scope="pay"')
    expect(json).toMatchObject({ code: 'AUTH_FORBIDDEN' })
  })

  test('with scopes of a later version passed over', async () => {
    const { ask, as, clock } = backEnd()
    const token = await forge(clock.now(), { claims: { scope: 'watch fly' } })
    expect((await ask('GET', PATH, as(token))).status).toBe(200)
  })

  test('when this back end is one of its audiences', async () => {
    const { ask, as, clock } = backEnd()
    const token = await forge(clock.now(), { claims: { aud: ['another', 'f2f'] } })
    expect((await ask('GET', PATH, as(token))).status).toBe(200)
  })
})
