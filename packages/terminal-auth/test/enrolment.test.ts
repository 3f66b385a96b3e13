import { randomBytes } from 'node:crypto'
import { decodeJwt, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { type EnrolmentOptions, enrolment, memoryEnrolmentStore } from '../src/index.ts'
import { enrolmentStoreContract } from '../src/testing/index.ts'
import {
  generateTillKey,
  REFUND_PROOF_HEADER,
  signRefreshProof,
  signRefundProof,
  type TillKey,
} from '../src/till/index.ts'
import { backEnd, EDDSA, ISSUER, TILL } from './support/back-end.ts'
import { tamper } from './support/forge.ts'

const KEY = await generateTillKey()
const OTHER_KEY = await generateTillKey()

const setUp = (options: Partial<EnrolmentOptions> = {}) => {
  const shop = backEnd({ keylessRefunds: 'refused' })
  const { issuer, revocation, replay, clock } = shop
  const store = memoryEnrolmentStore()
  const tills = enrolment({ issuer, store, revocation, replay, clock, ...options })
  const statusOf = async (token: string) => (await shop.ask('GET', '/payments', shop.as(token))).status
  const prove = (key: TillKey = KEY, over: Partial<Parameters<typeof signRefreshProof>[1]> = {}) =>
    signRefreshProof(key, { terminalId: 'T1', issuer: ISSUER, now: clock.now(), ...over })
  const enrolled = async (key: TillKey = KEY) => tills.enrol((await tills.invite(TILL)).code, key.publicKey)
  return { shop, clock, store, tills, statusOf, prove, enrolled }
}

const REFUSED = { code: 'ENROLMENT_REFUSED', status: 403 }
const INVALID = { code: 'AUTH_INVALID', status: 401 }

/** The same code with its last character changed. */
const mistyped = (code: string): string => code.slice(0, -1) + (code.endsWith('0') ? '1' : '0')

describe('memoryEnrolmentStore', () => {
  for (const { id, name, run } of enrolmentStoreContract(async () => ({ store: memoryEnrolmentStore() })))
    test(`${id} ${name}`, run)
})

describe('enrolling', () => {
  test("turns a code into the till's key and a token that pays and refunds", async () => {
    const { shop, tills, statusOf, clock } = setUp()
    const { code, expiresAt } = await tills.invite(TILL)
    expect(expiresAt).toEqual(new Date(clock.now() + 600_000))
    const { token, grant } = await tills.enrol(code.toLowerCase().replaceAll('-', ' '), KEY.publicKey)
    expect(grant).toEqual(TILL)
    expect(await statusOf(token)).toBe(200)

    const outTradeNo = await shop.paid()
    const headers = shop.as(token, { [REFUND_PROOF_HEADER]: await signRefundProof(KEY, { token, outTradeNo }) })
    const body = { outRequestNo: 'R1', refundAmount: '1.00' }
    expect((await shop.ask('POST', `/payments/${outTradeNo}/refunds`, headers, body)).status).toBe(201)
  })

  test('keeps the hash of the code only', async () => {
    const { tills, store } = setUp()
    const { code } = await tills.invite(TILL)
    const kept = JSON.stringify(await store.attempt(code.slice(0, 4)))
    expect(kept).not.toContain(code.slice(5))
    expect(kept).not.toContain(code.replaceAll('-', '').slice(4))
  })

  test('works once', async () => {
    const { tills } = setUp()
    const { code } = await tills.invite(TILL)
    await tills.enrol(code, KEY.publicKey)
    await expect(tills.enrol(code, OTHER_KEY.publicKey)).rejects.toMatchObject(REFUSED)
  })

  test('works for one of many at once', async () => {
    const { tills } = setUp({ maxAttempts: 100 })
    const { code } = await tills.invite(TILL)
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => tills.enrol(code, KEY.publicKey)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('works until the code expires', async () => {
    const { tills, clock } = setUp({ ttl: 60_000 })
    const [early, late] = [await tills.invite(TILL), await tills.invite(TILL)]
    await clock.advance(59_999)
    await expect(tills.enrol(early.code, KEY.publicKey)).resolves.toBeDefined()
    await clock.advance(1)
    await expect(tills.enrol(late.code, KEY.publicKey)).rejects.toMatchObject(REFUSED)
  })

  test('takes five attempts, the last of which may be the right one', async () => {
    const { tills } = setUp()
    const { code } = await tills.invite(TILL)
    for (let attempt = 0; attempt < 4; attempt++)
      await expect(tills.enrol(mistyped(code), KEY.publicKey)).rejects.toMatchObject(REFUSED)
    await expect(tills.enrol(code, KEY.publicKey)).resolves.toBeDefined()
  })

  test('takes no sixth, right or wrong, also when all come at once', async () => {
    const { tills } = setUp()
    const { code } = await tills.invite(TILL)
    const tries = await Promise.allSettled(
      [...Array.from({ length: 5 }, () => mistyped(code)), code].map((one) => tills.enrol(one, KEY.publicKey)),
    )
    expect(tries.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'rejected'))
    await expect(tills.enrol(code, KEY.publicKey)).rejects.toMatchObject(REFUSED)
  })

  test('says the same of every code that does not work', async () => {
    const { tills, clock } = setUp()
    const used = await tills.invite(TILL)
    await tills.enrol(used.code, KEY.publicKey)
    const expired = await tills.invite(TILL)
    await clock.advance(600_000)
    const open = await tills.invite(TILL)
    const messages = await Promise.all(
      [used.code, expired.code, mistyped(open.code), '0000-0000-0000-0000', 'hello', ''].map((code) =>
        tills.enrol(code, KEY.publicKey).then(
          () => 'enrolled',
          (error: Error) => JSON.stringify(error),
        ),
      ),
    )
    expect(new Set(messages).size).toBe(1)
    expect(messages[0]).toContain('ENROLMENT_REFUSED')
  })

  test('takes no key but a public Ed25519 or P-256 one, and counts no attempt for it', async () => {
    const { tills } = setUp({ maxAttempts: 1 })
    const { code } = await tills.invite(TILL)
    for (const key of [{}, null, EDDSA, { kty: 'oct', k: 'AA' }, { ...KEY.publicKey, x: 'AA' }])
      await expect(tills.enrol(code, key as never)).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
    await expect(tills.enrol(code, KEY.publicKey)).resolves.toBeDefined()
  })

  test('again with another key ends the first key and its tokens', async () => {
    const { tills, statusOf, prove, enrolled, clock } = setUp()
    const { token: first } = await enrolled()
    await clock.advance(1_000)
    const { token: second } = await enrolled(OTHER_KEY)
    expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200])
    await expect(tills.refresh(await prove(KEY))).rejects.toMatchObject(INVALID)
    await expect(tills.refresh(await prove(OTHER_KEY))).resolves.toBeDefined()
  })

  test('ends also what the first key got while the store took its time', async () => {
    const store = memoryEnrolmentStore()
    let meanwhile: () => Promise<unknown> = async () => undefined
    const redeem: typeof store.redeem = async (id, terminal) => {
      await meanwhile()
      return store.redeem(id, terminal)
    }
    const { tills, statusOf, prove, enrolled, clock } = setUp({ store: { ...store, redeem } })
    await enrolled()
    await clock.advance(1_000)
    let late = ''
    meanwhile = async () => {
      await clock.advance(1_000)
      late = (await tills.refresh(await prove(KEY))).token
      await clock.advance(1_000)
    }
    const { token } = await enrolled(OTHER_KEY)
    expect([await statusOf(late), await statusOf(token)]).toEqual([401, 200])
  })

  test('does not start for a grant that is not one, or for the terminal of another merchant', async () => {
    const { tills } = setUp()
    await expect(tills.invite({ ...TILL, scopes: [] })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
    const { code } = await tills.invite({ ...TILL, merchantId: 'M1' })
    await tills.enrol(code, KEY.publicKey)
    await expect(tills.invite({ ...TILL, merchantId: 'M2' })).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' })
    await expect(tills.invite({ ...TILL, merchantId: 'M1' })).resolves.toBeDefined()
  })

  test('does not take the terminal id from another merchant who was invited at the same time', async () => {
    const { tills, statusOf } = setUp()
    const [first, second] = [
      await tills.invite({ ...TILL, merchantId: 'M1' }),
      await tills.invite({ ...TILL, merchantId: 'M2' }),
    ]
    const { token } = await tills.enrol(first.code, KEY.publicKey)
    await expect(tills.enrol(second.code, OTHER_KEY.publicKey)).rejects.toMatchObject(REFUSED)
    expect(await statusOf(token)).toBe(200)
  })

  test('finds a free code when random repeats itself, and says so when it never stops', async () => {
    let call = 0
    const random = (size: number) => (call++ < 3 ? new Uint8Array(size) : randomBytes(size))
    const { tills } = setUp({ random })
    const codes = [await tills.invite(TILL), await tills.invite({ ...TILL, terminalId: 'T2' })]
    expect(codes[0]?.code).toBe('0000-0000-0000-0000')
    expect(codes[1]?.code.slice(0, 4)).not.toBe('0000')
    const stuck = setUp({ random: (size) => new Uint8Array(size) })
    await stuck.tills.invite(TILL)
    await expect(stuck.tills.invite(TILL)).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  })
})

describe('refreshing', () => {
  test("gives the next token for a proof signed with the till's key, also long after the last one ended", async () => {
    const { tills, statusOf, prove, enrolled, clock } = setUp()
    await enrolled()
    await clock.advance(30 * 86_400_000)
    const { token, grant } = await tills.refresh(await prove())
    expect(grant).toEqual(TILL)
    expect(await statusOf(token)).toBe(200)
    expect(decodeJwt(token).cnf).toEqual({ jwk: KEY.publicKey })
  })

  test('names the operator who works there now', async () => {
    const { tills, prove, enrolled } = setUp()
    await enrolled()
    const { token } = await tills.refresh(await prove(), { operatorId: 'O7' })
    expect(decodeJwt(token)).toMatchObject({ sub: 'T1', storeId: 'S1', operatorId: 'O7' })
    await expect(tills.refresh(await prove(), { operatorId: 'O 7' })).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
  })

  test('takes a proof once', async () => {
    const { tills, prove, enrolled } = setUp()
    await enrolled()
    const proof = await prove()
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => tills.refresh(proof)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(tills.refresh(proof)).rejects.toMatchObject(INVALID)
  })

  test('takes a proof as old or as far ahead as the window says, and never twice in that time', async () => {
    const { tills, prove, enrolled, clock } = setUp()
    await enrolled()
    const now = clock.now()
    await expect(tills.refresh(await prove(KEY, { now: now - 300_000 }))).resolves.toBeDefined()
    await expect(tills.refresh(await prove(KEY, { now: now - 301_000 }))).rejects.toMatchObject(INVALID)
    await expect(tills.refresh(await prove(KEY, { now: now + 301_000 }))).rejects.toMatchObject(INVALID)
    const ahead = await prove(KEY, { now: now + 300_000 })
    await expect(tills.refresh(ahead)).resolves.toBeDefined()
    await clock.advance(600_000)
    await expect(tills.refresh(ahead)).rejects.toMatchObject(INVALID)
  })

  test('does not ask the store for what can be no terminal id', async () => {
    const asked: string[] = []
    const store = memoryEnrolmentStore()
    const find: typeof store.find = async (terminalId) => {
      asked.push(terminalId)
      return store.find(terminalId)
    }
    const { tills, prove } = setUp({ store: { ...store, find } })
    for (const terminalId of ['T\u0000', "T' OR 1", '', 'T'.repeat(33), 'T9'])
      await expect(tills.refresh(await prove(KEY, { terminalId }))).rejects.toMatchObject(INVALID)
    expect(asked).toEqual(['T9'])
  })

  const sign = (claims: object, header: object = {}) =>
    new SignJWT({ iss: 'T1', sub: 'T1', aud: ISSUER, jti: 'sixteen-characters-long', ...claims })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'refresh-proof+jwt', ...header })
      .sign(KEY.privateKey)

  type SetUp = ReturnType<typeof setUp>
  const bad: Readonly<Record<string, (with_: SetUp, token: string) => Promise<string> | string>> = {
    'signed with another key': ({ prove }) => prove(OTHER_KEY),
    'of an unknown terminal': ({ prove }) => prove(KEY, { terminalId: 'T9' }),
    'of a terminal id that can be none': ({ prove }) => prove(KEY, { terminalId: 'T\u0000' }),
    'for another issuer': ({ prove }) => prove(KEY, { issuer: 'https://evil.test' }),
    'without a time': () => sign({}),
    'with a time that is no number': ({ clock }) => sign({ iat: String(clock.now() / 1_000) }),
    'without a jti': ({ clock }) => sign({ iat: clock.now() / 1_000, jti: undefined }),
    'of another subject': ({ clock }) => sign({ iat: clock.now() / 1_000, sub: 'T2' }),
    'of another type': ({ clock }) => sign({ iat: clock.now() / 1_000 }, { typ: 'refund-proof+jwt' }),
    'with alg none': async ({ prove }) => tamper(await prove()).withHeader({ alg: 'none' }),
    'with a changed terminal': async ({ prove }) => tamper(await prove()).withClaims({ iss: 'T2', sub: 'T2' }),
    'for a refund': (_, token) => signRefundProof(KEY, { token, outTradeNo: 'P1' }),
    'that is the token itself': (_, token) => token,
    'that is no JWT': () => 'yes please',
    'that holds no JSON': () => 'AAAA.AAAA.AAAA',
    'that is empty': () => '',
    'that is huge': async ({ prove }) => (await prove()) + 'A'.repeat(4_096),
  }
  for (const [how, make] of Object.entries(bad)) {
    test(`refuses a proof ${how}`, async () => {
      const set = setUp()
      const { token } = await set.enrolled()
      const proof = await make(set, token)
      await expect(set.tills.refresh(proof)).rejects.toMatchObject(INVALID)
    })
  }
})

describe('revoking', () => {
  test("ends the till's key, its invitations and its tokens", async () => {
    const { tills, statusOf, prove, enrolled } = setUp()
    const { token } = await enrolled()
    const { code } = await tills.invite(TILL)
    await tills.revoke('T1')
    await tills.revoke('T1')
    expect(await statusOf(token)).toBe(401)
    await expect(tills.refresh(await prove())).rejects.toMatchObject(INVALID)
    await expect(tills.enrol(code, KEY.publicKey)).rejects.toMatchObject(REFUSED)
  })

  test('leaves other tills alone', async () => {
    const { tills, statusOf, enrolled } = setUp()
    const { token } = await enrolled()
    await tills.revoke('T2')
    expect(await statusOf(token)).toBe(200)
  })

  test('is not for ever: the till can be enrolled again', async () => {
    const { tills, statusOf, enrolled, clock } = setUp()
    await enrolled()
    await tills.revoke('T1')
    await clock.advance(1_000)
    const { token } = await enrolled()
    expect(await statusOf(token)).toBe(200)
  })

  test('leaves no token to a till that is enrolling or refreshing at the same moment', async () => {
    for (const path of ['enrol', 'refresh'] as const) {
      const { tills, shop, store, clock, prove, enrolled } = setUp()
      if (path === 'refresh') await enrolled()
      const { code } = await tills.invite(TILL)
      const { issue } = shop.issuer
      let revoked = false
      // The till is revoked after it was found and before its token is signed, a second earlier than that.
      const issuer = {
        ...shop.issuer,
        issue: async (...args: Parameters<typeof issue>) => {
          if (!revoked) await tills.revoke('T1')
          revoked = true
          await clock.advance(1_000)
          return issue(...args)
        },
      }
      const racing = enrolment({ issuer, store, revocation: shop.revocation, replay: shop.replay, clock })
      const work = path === 'enrol' ? racing.enrol(code, KEY.publicKey) : racing.refresh(await prove())
      await expect(work).rejects.toMatchObject(INVALID)
    }
  })
})

describe('options are refused at once', () => {
  for (const [field, value] of Object.entries({ ttl: 0, maxAttempts: 0, proofWindow: Number.NaN })) {
    test(`${field} ${value}`, () => {
      expect(() => setUp({ [field]: value })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
    })
  }
})
