import { F2fError } from '@f2f/core'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import type { KeylessRefunds } from '../src/index.ts'
import {
  generateTillKey,
  REFUND_PROOF_HEADER,
  signRefreshProof,
  signRefundProof,
  type TillKey,
} from '../src/till/index.ts'
import { type Answered, type BackEnd, backEnd, ISSUER } from './support/back-end.ts'
import { tamper } from './support/forge.ts'

const KEY = await generateTillKey()
const OTHER_KEY = await generateTillKey()

interface Refund {
  readonly outTradeNo: string
  readonly outRequestNo?: string
  readonly refundAmount?: string
}

const refund = (
  { ask, as }: BackEnd,
  token: string,
  { outTradeNo, outRequestNo = 'R1', refundAmount = '1.00' }: Refund,
  proof?: string,
): Promise<Answered> => {
  const headers = as(token, proof === undefined ? {} : { [REFUND_PROOF_HEADER]: proof })
  return ask('POST', `/payments/${outTradeNo}/refunds`, headers, { outRequestNo, refundAmount })
}

const expectRefused = ({ status, challenge, json }: Answered): void => {
  expect(status).toBe(401)
  expect(challenge).toBe('Bearer error="invalid_token"')
  expect(json).toMatchObject({ code: 'AUTH_INVALID', moneyMayHaveMoved: false })
}

const refundsOf = async ({ ask, as, issue }: BackEnd, outTradeNo: string): Promise<number> => {
  const { token } = await issue({ scopes: ['watch'] })
  return ((await ask('GET', `/payments/${outTradeNo}`, as(token))).json.refunds as unknown[]).length
}

describe('a token bound to no key', () => {
  test('refunds one payment, in parts and again with the same number', async () => {
    const shop = backEnd()
    const outTradeNo = await shop.paid()
    const { token } = await shop.issue()
    expect((await refund(shop, token, { outTradeNo })).status).toBe(201)
    expect((await refund(shop, token, { outTradeNo })).status).toBe(200)
    expect((await refund(shop, token, { outTradeNo, outRequestNo: 'R2' })).status).toBe(201)
  })

  test('cannot refund another payment once it has refunded one', async () => {
    const shop = backEnd()
    const [first, second] = [await shop.paid(), await shop.paid()]
    const { token } = await shop.issue()
    expect((await refund(shop, token, { outTradeNo: first })).status).toBe(201)
    expectRefused(await refund(shop, token, { outTradeNo: second }))
    expect(await refundsOf(shop, second)).toBe(0)
    const { token: next } = await shop.issuer.refresh(token)
    expect((await refund(shop, next, { outTradeNo: second })).status).toBe(201)
  })

  test('still does everything else after a refund', async () => {
    const shop = backEnd()
    const { token } = await shop.issue()
    await refund(shop, token, { outTradeNo: await shop.paid() })
    expect((await shop.ask('GET', '/payments', shop.as(token))).status).toBe(200)
  })

  test('of many refunds at once of different payments makes one', async () => {
    const shop = backEnd()
    const payments = await Promise.all(Array.from({ length: 8 }, () => shop.paid()))
    const { token } = await shop.issue()
    const answers = await Promise.all(payments.map((outTradeNo) => refund(shop, token, { outTradeNo })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 401)])
  })

  test('cannot go over its limit, whatever the parts', async () => {
    const shop = backEnd()
    const outTradeNo = await shop.paid()
    const { token } = await shop.issue({ refundLimit: '5.00' })
    expect((await refund(shop, token, { outTradeNo, refundAmount: '5.01' })).json).toMatchObject({
      code: 'AUTH_REFUND_LIMIT',
    })
    expect((await refund(shop, token, { outTradeNo, refundAmount: '5.00' })).status).toBe(201)
    expect((await refund(shop, token, { outTradeNo, outRequestNo: 'R2', refundAmount: '0.01' })).status).toBe(403)
  })

  test('without the refund scope is told so, and uses up nothing', async () => {
    const shop = backEnd()
    const { token } = await shop.issue({ scopes: ['pay'] })
    for (const outTradeNo of [await shop.paid(), await shop.paid()]) {
      const { status, challenge } = await refund(shop, token, { outTradeNo })
      expect(status).toBe(403)
      expect(challenge).toBe('Bearer error="insufficient_scope", scope="refund"')
    }
  })

  test('refunds nothing where only enrolled tills may', async () => {
    const shop = backEnd({ keylessRefunds: 'refused' })
    const { token } = await shop.issue()
    const { status, json } = await refund(shop, token, { outTradeNo: await shop.paid() })
    expect([status, json.code]).toEqual([403, 'AUTH_FORBIDDEN'])
  })

  test('refunds whatever it allows where that is asked for', async () => {
    const shop = backEnd({ keylessRefunds: 'allowed' })
    const { token } = await shop.issue()
    for (const outTradeNo of [await shop.paid(), await shop.paid()])
      expect((await refund(shop, token, { outTradeNo })).status).toBe(201)
  })

  test('is guarded by default, also when an unknown word is given in place of a choice', () => {
    expect(() => backEnd({ keylessRefunds: 'alowed' as KeylessRefunds })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    )
  })
})

describe("a token bound to the till's key", () => {
  const bound = async () => {
    const shop = backEnd()
    const outTradeNo = await shop.paid()
    const { token } = await shop.issue({}, KEY.publicKey)
    const prove = (over: Partial<{ token: string; outTradeNo: string }> = {}, key: TillKey = KEY) =>
      signRefundProof(key, { token, outTradeNo, ...over })
    return { shop, token, outTradeNo, prove }
  }

  test('refunds with a proof, as often as the till signs one', async () => {
    const { shop, token, outTradeNo, prove } = await bound()
    const other = await shop.paid()
    expect((await refund(shop, token, { outTradeNo }, await prove())).status).toBe(201)
    expect((await refund(shop, token, { outTradeNo }, await prove())).status).toBe(200)
    const proof = await prove({ outTradeNo: other })
    expect((await refund(shop, token, { outTradeNo: other }, proof)).status).toBe(201)
  })

  test('refunds nothing without one', async () => {
    const { shop, token, outTradeNo } = await bound()
    expectRefused(await refund(shop, token, { outTradeNo }))
    expectRefused(await refund(shop, token, { outTradeNo }, ''))
    expect(await refundsOf(shop, outTradeNo)).toBe(0)
  })

  test('does everything else without one', async () => {
    const { shop, token, outTradeNo } = await bound()
    expect((await shop.ask('GET', `/payments/${outTradeNo}`, shop.as(token))).status).toBe(200)
    expect((await shop.ask('GET', `/payments/${outTradeNo}/refunds/R1`, shop.as(token))).status).toBe(404)
  })

  test('a captured request does nothing a second time: not the same refund, no other number, no other amount', async () => {
    const { shop, token, outTradeNo, prove } = await bound()
    const proof = await prove()
    expect((await refund(shop, token, { outTradeNo }, proof)).status).toBe(201)
    expectRefused(await refund(shop, token, { outTradeNo }, proof))
    expectRefused(await refund(shop, token, { outTradeNo, outRequestNo: 'R2' }, proof))
    expectRefused(await refund(shop, token, { outTradeNo, refundAmount: '9.00' }, proof))
    expectRefused(await refund(shop, token, { outTradeNo: await shop.paid() }, proof))
    expect(await refundsOf(shop, outTradeNo)).toBe(1)
  })

  const SIGNED = { outRequestNo: 'R1', refundAmount: '1.00' }

  test.each([
    ['its number and amount', SIGNED],
    ['its amount, written otherwise', { ...SIGNED, refundAmount: '1' }],
    ['its number alone', { outRequestNo: 'R1' }],
    ['its amount alone', { refundAmount: '1.0' }],
  ])('refunds with a proof that names %s', async (_, signed) => {
    const { shop, token, outTradeNo } = await bound()
    const proof = await signRefundProof(KEY, { token, outTradeNo, ...signed })
    expect((await refund(shop, token, { outTradeNo }, proof)).status).toBe(201)
  })

  test.each([
    ['number', { ...SIGNED, outRequestNo: 'R2' }],
    ['amount', { ...SIGNED, refundAmount: '1.01' }],
    ['amount, which is none,', { ...SIGNED, refundAmount: 'all' }],
  ])('a request changed on its way, so that the %s is not the signed one, refunds nothing', async (_, signed) => {
    const { shop, token, outTradeNo } = await bound()
    const proof = await signRefundProof(KEY, { token, outTradeNo, ...signed })
    expectRefused(await refund(shop, token, { outTradeNo }, proof))
    expect(await refundsOf(shop, outTradeNo)).toBe(0)
  })

  test('of many requests at once with one proof one is done', async () => {
    const { shop, token, outTradeNo, prove } = await bound()
    const proof = await prove()
    const numbers = Array.from({ length: 8 }, (_, index) => `R${index}`)
    const answers = await Promise.all(
      numbers.map((outRequestNo) => refund(shop, token, { outTradeNo, outRequestNo }, proof)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 401)])
  })

  test('a proof ends with its token', async () => {
    const { shop, token, outTradeNo, prove } = await bound()
    const proof = await prove()
    await shop.clock.advance(600_000)
    expectRefused(await refund(shop, token, { outTradeNo }, proof))
    const { token: next } = await shop.issue({}, KEY.publicKey)
    expectRefused(await refund(shop, next, { outTradeNo }, proof))
  })

  type Bound = Awaited<ReturnType<typeof bound>>
  const sign = (key: TillKey, claims: object, header: object = {}) =>
    new SignJWT({ jti: 'sixteen-characters-long', ...claims })
      .setProtectedHeader({ alg: key.algorithm, typ: 'refund-proof+jwt', ...header })
      .sign(key.privateKey)

  const claimsOf = async ({ prove }: Bound): Promise<Record<string, unknown>> => {
    const [, payload = ''] = (await prove()).split('.')
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  }

  const bad: Readonly<Record<string, (with_: Bound) => Promise<string> | string>> = {
    'signed with another key': ({ prove }) => prove({}, OTHER_KEY),
    'signed with another kind of key': async ({ prove }) => prove({}, await generateTillKey('ES256')),
    'that brings another key with it': async (bound) =>
      sign(OTHER_KEY, await claimsOf(bound), { jwk: OTHER_KEY.publicKey }),
    'for another payment': ({ prove }) => prove({ outTradeNo: 'P2' }),
    'for no payment': async (bound) => sign(KEY, { ...(await claimsOf(bound)), outTradeNo: undefined }),
    'for another token': ({ prove }) => prove({ token: 'another' }),
    'for no token': async (bound) => sign(KEY, { ...(await claimsOf(bound)), ath: undefined }),
    'of another type': async (bound) => sign(KEY, await claimsOf(bound), { typ: 'JWT' }),
    'for a refresh': ({ shop }) => signRefreshProof(KEY, { terminalId: 'T1', issuer: ISSUER, now: shop.clock.now() }),
    'without a jti': async (bound) => sign(KEY, { ...(await claimsOf(bound)), jti: undefined }),
    'with a jti that is too short': async (bound) => sign(KEY, { ...(await claimsOf(bound)), jti: 'x' }),
    'with a jti that is too long': async (bound) => sign(KEY, { ...(await claimsOf(bound)), jti: 'x'.repeat(65) }),
    'with alg none': async ({ prove }) => tamper(await prove()).withHeader({ alg: 'none' }),
    'with HS256': async ({ prove }) => tamper(await prove()).withHeader({ alg: 'HS256' }),
    'with a changed payment': async ({ prove, outTradeNo }) =>
      tamper(await prove({ outTradeNo: 'P2' })).withClaims({ outTradeNo }),
    'with an unknown critical header': async ({ prove }) => tamper(await prove()).withHeader({ crit: ['f2f'], f2f: 1 }),
    'that is the token itself': ({ token }) => token,
    'that is no JWT': () => 'yes please',
    'that is genuine but huge': async (bound) => sign(KEY, { ...(await claimsOf(bound)), more: 'A'.repeat(4_096) }),
    'that is huge': async ({ prove }) => (await prove()) + 'A'.repeat(4_096),
  }
  for (const [how, make] of Object.entries(bad)) {
    test(`refuses a proof ${how}`, async () => {
      const set = await bound()
      const { shop, token, outTradeNo } = set
      const proof = await make(set)
      const answer = await refund(shop, token, { outTradeNo }, proof)
      expectRefused(answer)
      expect(answer.text).not.toContain(proof.slice(-20))
      expect(await refundsOf(shop, outTradeNo)).toBe(0)
      expect(shop.problems).toEqual([])
    })
  }

  test('a P-256 key does as well', async () => {
    const shop = backEnd()
    const outTradeNo = await shop.paid()
    const key = await generateTillKey('ES256')
    const { token } = await shop.issue({}, key.publicKey)
    expect((await refund(shop, token, { outTradeNo }, await signRefundProof(key, { token, outTradeNo }))).status).toBe(
      201,
    )
  })
})

describe('when the replay guard cannot say', () => {
  const replay = {
    claim: async () => {
      throw new F2fError('STORE_UNAVAILABLE', 'The store is away.')
    },
  }

  test('no refund is made', async () => {
    const shop = backEnd({ replay })
    const outTradeNo = await shop.paid()
    const { token } = await shop.issue()
    expect((await refund(shop, token, { outTradeNo })).json).toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(await refundsOf(shop, outTradeNo)).toBe(0)
  })

  test('everything else goes on', async () => {
    const shop = backEnd({ replay })
    const { token } = await shop.issue()
    expect((await shop.ask('GET', '/payments', shop.as(token))).status).toBe(200)
  })
})
