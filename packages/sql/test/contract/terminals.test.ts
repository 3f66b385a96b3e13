import { SimulatedClock } from '@f2f/core/testing'
import { enrolment, enrolmentDesk, generateSigningKey, terminalAuth, terminalIssuer } from '@f2f/terminal-auth'
import { enrolmentStoreContract, replayGuardContract, revocationListContract } from '@f2f/terminal-auth/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SqlStore } from '../../src/index.ts'
import { KINDS, type TestDatabase } from '../support/databases.ts'

const TABLES = [
  'f2f_invitations',
  'f2f_terminals',
  'f2f_revoked_terminals',
  'f2f_revoked_tokens',
  'f2f_claims',
] as const

describe.each(KINDS)('tills in %s', (_name, make) => {
  let database: TestDatabase
  const opened: SqlStore[] = []
  beforeAll(async () => {
    database = await make()
    const store = database.open()
    await store.migrate()
    await store.close()
  })
  afterAll(async () => {
    for (const store of opened) await store.close()
    await database.drop()
  })

  const open = async (): Promise<SqlStore> => {
    const store = database.open()
    opened.push(store)
    return store
  }

  /** Empty tables, and two processes' handles on them. */
  const fresh = async () => {
    const store = await open()
    for (const table of TABLES) await database.run(`delete from ${table}`)
    return { store, close: () => store.close() }
  }

  const count = async (table: (typeof TABLES)[number]): Promise<number> =>
    Number((await database.run(`select count(*) as n from ${table}`))[0]?.n)

  describe('keep the contract of enrolment stores', () => {
    const cases = enrolmentStoreContract(async () => {
      const { store, close } = await fresh()
      return { store: store.terminals().store, close }
    })
    for (const { id, name, run } of cases) test(`${id} ${name}`, run)
  })

  describe('keep the contract of revocation lists', () => {
    const cases = revocationListContract(async () => {
      const { store, close } = await fresh()
      return { list: store.terminals().revocation, close }
    })
    for (const { id, name, run } of cases) test(`${id} ${name}`, run)
  })

  describe('keep the contract of replay guards', () => {
    const cases = replayGuardContract(async () => {
      const { store, close } = await fresh()
      return { guard: store.terminals().replay, close }
    })
    for (const { id, name, run } of cases) test(`${id} ${name}`, run)
  })

  test('are the same for every process', async () => {
    await fresh()
    const [one, other] = [(await open()).terminals(), (await open()).terminals()]
    const later = new Date(Date.UTC(2100, 0))
    const claims = await Promise.all([one, other, one, other].map(({ replay }) => replay.claim('key', 'value', later)))
    expect(claims.toSorted()).toEqual(['first', 'same', 'same', 'same'])
    await one.revocation.revokeTerminal('T1', later)
    expect(await other.revocation.isRevoked({ tokenId: 'a', terminalId: 'T1', issuedAt: new Date(0) })).toBe(true)
  })

  test('are forgotten when they have ended, and not before', async () => {
    const { store } = await fresh()
    const clock = new SimulatedClock()
    const { replay, revocation } = store.terminals({ clock })
    const inTenMinutes = new Date(clock.now() + 600_000)
    await replay.claim('old', '', inTenMinutes)
    await revocation.revokeToken('old', inTenMinutes)
    await clock.advance(600_000 + 300_000 - 1)
    const later = new Date(clock.now() + 600_000)
    await revocation.revokeToken('new', later)
    expect(await count('f2f_revoked_tokens')).toBe(2)
    await replay.claim('new', '', later)
    expect(await count('f2f_claims')).toBe(1)
    await clock.advance(60_000)
    await revocation.revokeToken('newer', later)
    expect(await count('f2f_revoked_tokens')).toBe(2)
  })

  test('keep invitations only until they have ended', async () => {
    const { store } = await fresh()
    const tills = store.terminals().store
    const grant = { terminalId: 'T1', storeId: 'S1', scopes: ['pay'] } as const
    const invitation = { codeHash: 'x', grant, createdAt: new Date(0), expiresAt: new Date(10), attempts: 0 }
    await tills.invite({ ...invitation, id: 'AAAA' })
    await tills.invite({ ...invitation, id: 'BBBB', createdAt: new Date(10), expiresAt: new Date(20) })
    expect(await count('f2f_invitations')).toBe(1)
  })

  test('carry a till from its code to its refusal', async () => {
    const { store } = await fresh()
    const clock = new SimulatedClock()
    const kept = store.terminals({ clock })
    const { revocation, replay } = kept
    const names = { issuer: 'https://pay.example.com', audience: 'f2f' }
    const issuer = terminalIssuer({ ...names, keys: [await generateSigningKey()], revocation, clock })
    const authenticate = terminalAuth({ ...names, jwks: issuer.jwks(), revocation, replay, clock })
    const tills = enrolment({ issuer, ...kept, clock })
    const { code } = await tills.invite({ terminalId: 'T1', storeId: 'S1', scopes: ['pay'] })
    const publicKey = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
    const { token } = await tills.enrol(code, publicKey)
    const ask = () =>
      authenticate(new Request('http://till/', { headers: { authorization: `Bearer ${token}` } }), {
        operation: 'getMe',
        scopes: ['pay'],
        params: {},
      })
    expect(await ask()).toMatchObject({ terminalId: 'T1', storeId: 'S1' })
    await tills.revoke('T1')
    await expect(ask()).rejects.toMatchObject({ code: 'AUTH_INVALID' })
  })

  test('are listed while they are enrolled', async () => {
    const { store } = await fresh()
    const { store: tills, revocation, list } = store.terminals()
    const publicKey = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
    for (const terminalId of ['T2', 'T1']) {
      const grant = { terminalId, storeId: 'S1', scopes: ['pay', 'refund'], refundLimit: '9.00' } as const
      const times = { createdAt: new Date(0), expiresAt: new Date(10) }
      await tills.invite({ id: terminalId, codeHash: 'x', grant, ...times, attempts: 0 })
      await tills.redeem(terminalId, { grant, publicKey, enrolledAt: new Date(5) })
    }
    const grant = { terminalId: 'T1', storeId: 'S1', scopes: ['pay', 'refund'], refundLimit: '9.00' }
    const listed = await list()
    expect(listed[0]).toEqual({ grant, publicKey, enrolledAt: new Date(5) })
    expect(listed.map((till) => till.grant.terminalId)).toEqual(['T1', 'T2'])
    await enrolmentDesk({ store: tills, revocation }).revoke('T1')
    expect((await list()).map((till) => till.grant.terminalId)).toEqual(['T2'])
  })

  test('refuse a token when the database is away', async () => {
    const { store } = await fresh()
    const { revocation } = store.terminals()
    await store.close()
    const asked = revocation.isRevoked({ tokenId: 'a', terminalId: 'T1', issuedAt: new Date(0) })
    await expect(asked).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })
})
