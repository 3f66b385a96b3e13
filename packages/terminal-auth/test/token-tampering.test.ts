import { isF2fError } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { terminalAuth } from '../src/index.ts'
import { AUDIENCE, EDDSA, ES256, ISSUER, issuerWith, TILL } from './support/back-end.ts'

const ROUTE = { operation: 'listPayments', scopes: ['watch'], params: {} } as const
const TOKEN_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/='

const request = (token: string) => new Request('http://pay.test/', { headers: { authorization: `Bearer ${token}` } })

const setUp = async (alg: 'EdDSA' | 'ES256') => {
  const clock = new SimulatedClock()
  const issuer = issuerWith({ keys: [alg === 'EdDSA' ? EDDSA : ES256], clock })
  const authenticate = terminalAuth({ jwks: issuer.jwks(), issuer: ISSUER, audience: AUDIENCE, clock })
  const { token } = await issuer.issue(TILL)
  const codeFor = async (text: string): Promise<string> => {
    try {
      await authenticate(request(text), ROUTE)
      return 'let in'
    } catch (error) {
      return isF2fError(error) ? error.code : String(error)
    }
  }
  return { token, codeFor }
}

for (const alg of ['EdDSA', 'ES256'] as const) {
  test(`no character of an ${alg} token can be another one`, async () => {
    const { token, codeFor } = await setUp(alg)
    expect(await codeFor(token)).toBe('let in')
    const change = fc.record({
      at: fc.nat(token.length - 1),
      to: fc.constantFrom(...TOKEN_CHARACTERS),
    })
    await fc.assert(
      fc.asyncProperty(change, async ({ at, to }) => {
        fc.pre(token[at] !== to)
        expect(await codeFor(token.slice(0, at) + to + token.slice(at + 1))).toBe('AUTH_INVALID')
      }),
      { numRuns: 1_000 },
    )
  })

  test(`the last character of an ${alg} token, whose lowest bits say nothing, can be no other either`, async () => {
    const { token, codeFor } = await setUp(alg)
    const others = [...TOKEN_CHARACTERS].filter((character) => character !== token.at(-1))
    for (const to of others) expect(await codeFor(token.slice(0, -1) + to)).toBe('AUTH_INVALID')
  })

  test(`no bit of what an ${alg} token decodes to can be flipped`, async () => {
    const { token, codeFor } = await setUp(alg)
    const parts = token.split('.').map((part) => Buffer.from(part, 'base64url'))
    const flip = fc.record({ part: fc.nat(2), at: fc.nat(1_000), bit: fc.nat(7) })
    await fc.assert(
      fc.asyncProperty(flip, async ({ part, at, bit }) => {
        const changed = parts.map((bytes) => Buffer.from(bytes))
        const bytes = changed[part] ?? Buffer.alloc(0)
        const index = at % bytes.length
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit)
        expect(await codeFor(changed.map((one) => one.toString('base64url')).join('.'))).toBe('AUTH_INVALID')
      }),
      { numRuns: 1_000 },
    )
  })
}

test('whatever else is sent as a token is refused as one', async () => {
  const { codeFor } = await setUp('EdDSA')
  const anything = fc.oneof(
    fc.string({ unit: fc.constantFrom(...TOKEN_CHARACTERS), maxLength: 300 }),
    fc
      .tuple(fc.json(), fc.json(), fc.base64String())
      .map(([header, payload, signature]) =>
        [header, payload, signature].map((text) => Buffer.from(text).toString('base64url')).join('.'),
      ),
    fc
      .dictionary(fc.constantFrom('alg', 'kid', 'typ', 'crit', 'b64', 'jwk', 'zip', 'enc'), fc.jsonValue())
      .map(
        (header) =>
          `${Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: 'ed-1', ...header })).toString('base64url')}.e30.AAAA`,
      ),
  )
  await fc.assert(
    fc.asyncProperty(anything, async (text) => {
      expect(await codeFor(text)).toBe('AUTH_INVALID')
    }),
    { numRuns: 1_000 },
  )
})
