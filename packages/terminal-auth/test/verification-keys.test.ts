import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isF2fError } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { type Jwk, type JwkSet, type RemoteKeysOptions, terminalAuth } from '../src/index.ts'
import { AUDIENCE, backEnd, EDDSA, ES256, ISSUER, issuerWith, TILL } from './support/back-end.ts'

const ROUTE = { operation: 'listPayments', scopes: ['watch'], params: {} } as const

const publicPart = ({ d: _, ...jwk }: Jwk): Jwk => jwk

const auth = (jwks: JwkSet | URL, remoteKeys?: RemoteKeysOptions) =>
  terminalAuth({ jwks, remoteKeys, issuer: ISSUER, audience: AUDIENCE })

describe('a local set', () => {
  const bad: Readonly<Record<string, readonly Jwk[]>> = {
    'an empty one': [],
    'a key without a kid': [{ ...publicPart(EDDSA), kid: undefined }],
    'two keys with one kid': [publicPart(EDDSA), { ...publicPart(ES256), kid: 'ed-1' }],
    'a private key': [EDDSA],
    'a secret': [{ kty: 'oct', kid: 'secret', alg: 'HS256' }],
    'an RSA key': [{ kty: 'RSA', kid: 'rsa', alg: 'RS256' }],
    'a key for another algorithm': [{ ...publicPart(EDDSA), alg: 'ES256' }],
    'a P-384 key': [{ kty: 'EC', crv: 'P-384', x: ES256.x, y: ES256.y, kid: 'p-384' }],
  }
  for (const [what, keys] of Object.entries(bad)) {
    test(`is refused at once: ${what}`, () => {
      expect(() => auth({ keys })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
    })
  }

  test('need not name the algorithm: the key says it', async () => {
    const { alg: _, use: __, ...bare } = publicPart(ES256)
    const { ask, as, issue } = backEnd({ jwks: { keys: [bare] } }, { keys: [ES256] })
    const { token } = await issue()
    expect((await ask('GET', '/payments', as(token))).status).toBe(200)
  })
})

describe('options of terminalAuth are refused at once', () => {
  const bad = { issuer: '', audience: '', clockTolerance: -1, maxAge: 0 }
  for (const [field, value] of Object.entries(bad)) {
    test(`${field} ${value}`, () => {
      const options = { jwks: issuerWith().jwks(), issuer: ISSUER, audience: AUDIENCE, [field]: value }
      expect(() => terminalAuth(options)).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID', details: expect.objectContaining({ field }) }),
      )
    })
  }

  test('a tolerance of more than five minutes, which is no tolerance', () => {
    const options = { jwks: issuerWith().jwks(), issuer: ISSUER, audience: AUDIENCE, clockTolerance: 300_001 }
    expect(() => terminalAuth(options)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  })
})

describe('a set behind a URL', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })

  /** Publishes what `body` holds at the time. */
  const publish = async (answer: { body: unknown; status?: number }) => {
    let fetched = 0
    const server = createServer((_, response) => {
      fetched++
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', location: '/elsewhere' })
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`)
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    closing.push(close)
    return { url, close, fetched: () => fetched }
  }

  const tryToken = async (authenticate: ReturnType<typeof auth>, token: string): Promise<string> => {
    const request = new Request('http://pay.test/', { headers: { authorization: `Bearer ${token}` } })
    try {
      return (await authenticate(request, ROUTE))?.terminalId ?? 'nobody'
    } catch (error) {
      return isF2fError(error) ? error.code : String(error)
    }
  }

  test('is fetched once for many tokens', async () => {
    const issuer = issuerWith()
    const { url, fetched } = await publish({ body: issuer.jwks() })
    const authenticate = auth(url)
    const { token } = await issuer.issue(TILL)
    const seen = await Promise.all(Array.from({ length: 20 }, () => tryToken(authenticate, token)))
    expect(new Set(seen)).toEqual(new Set(['T1']))
    expect(await tryToken(authenticate, token)).toBe('T1')
    expect(fetched()).toBe(1)
  })

  test('follows a rotation: a new kid is looked up, a key taken out is no longer trusted', async () => {
    const before = issuerWith({ keys: [EDDSA] })
    const after = issuerWith({ keys: [ES256] })
    const answer = { body: before.jwks() }
    const { url } = await publish(answer)
    const authenticate = auth(url, { cooldown: 0 })
    const { token: old } = await before.issue(TILL)
    const { token: young } = await after.issue(TILL)
    expect(await tryToken(authenticate, old)).toBe('T1')
    expect(await tryToken(authenticate, young)).toBe('AUTH_INVALID')
    answer.body = issuerWith({ keys: [EDDSA, ES256] }).jwks()
    expect([await tryToken(authenticate, young), await tryToken(authenticate, old)]).toEqual(['T1', 'T1'])
    answer.body = after.jwks()
    const fresh = auth(url, { cooldown: 0, cacheFor: 0 })
    expect([await tryToken(fresh, young), await tryToken(fresh, old)]).toEqual(['T1', 'AUTH_INVALID'])
  })

  test('is not fetched again and again for kids that somebody makes up', async () => {
    const { url, fetched } = await publish({ body: issuerWith().jwks() })
    const authenticate = auth(url)
    const strangers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => issuerWith({ keys: [{ ...ES256, kid: `x-${index}` }] }).issue(TILL)),
    )
    for (const { token } of strangers) expect(await tryToken(authenticate, token)).toBe('AUTH_INVALID')
    expect(fetched()).toBe(1)
  })

  test('is not even fetched for what cannot be a token', async () => {
    const issuer = issuerWith()
    const { url, fetched } = await publish({ body: issuer.jwks() })
    const authenticate = auth(url)
    const { token } = await issuer.issue(TILL)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const huge = `${header}.${payload}${'A'.repeat(4_097 - token.length)}.${signature}`
    expect(huge).toHaveLength(4_097)
    for (const text of [huge, 'A'.repeat(1_000_000), 'a.b', 'a.b.c.d', `${token.slice(0, -1)}_`])
      expect(await tryToken(authenticate, text)).toBe('AUTH_INVALID')
    expect(fetched()).toBe(0)
    expect(await tryToken(authenticate, huge.replace(/A{2}\./, '.'))).toBe('AUTH_INVALID')
    expect(fetched()).toBe(1)
  })

  test('that says nothing of use makes the service unavailable, not the token invalid', async () => {
    const { token } = await issuerWith().issue(TILL)
    const answers = [
      { body: 'not json' },
      { body: {} },
      { body: { keys: 'none' } },
      { body: issuerWith().jwks(), status: 500 },
      { body: issuerWith().jwks(), status: 302 },
      { body: { keys: [EDDSA] } },
      { body: { ...issuerWith().jwks(), more: 'A'.repeat(65_536) } },
    ]
    for (const answer of answers) {
      const { url } = await publish(answer)
      expect(await tryToken(auth(url), token)).toBe('AUTH_UNAVAILABLE')
    }
  })

  test('that cannot be reached is answered 503 and told to the operator, and comes back by itself', async () => {
    const issuer = issuerWith({ clock: new SimulatedClock() })
    const state = { down: true }
    const fetch = async () => {
      if (state.down) throw new TypeError('fetch failed')
      return Response.json(issuer.jwks())
    }
    const { ask, as, issue, problems } = backEnd({ jwks: new URL('https://keys.test/'), remoteKeys: { fetch } })
    const { token } = await issue()
    const { status, json } = await ask('GET', '/payments', as(token))
    expect(status).toBe(503)
    expect(json).toMatchObject({ code: 'AUTH_UNAVAILABLE', retryable: true })
    expect(problems).toHaveLength(1)
    state.down = false
    expect((await ask('GET', '/payments', as(token))).status).toBe(200)
  })

  test('must be https, or http on this machine', () => {
    for (const url of [
      'http://keys.test/',
      'http://127.0.0.1.evil.test/',
      'http://localhost.evil.test/',
      'ftp://keys.test/',
    ])
      expect(() => auth(new URL(url))).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
    for (const url of ['https://keys.test/', 'http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]/'])
      expect(() => auth(new URL(url))).not.toThrow()
  })
})
