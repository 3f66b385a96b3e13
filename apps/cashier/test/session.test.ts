import { describe, expect, test, vi } from 'vitest'
import { createHttp } from '../src/api/http.ts'
import { createSession } from '../src/session/session.ts'
import type { Enrolled, Vault } from '../src/session/vault.ts'

const MINUTE = 60_000
const ISSUER = 'urn:f2f:shop'

/** A token as far as the page reads one: who signed it. */
const token = (id: number): string => `h.${btoa(JSON.stringify({ iss: ISSUER, id }))}.s`

const memoryVault = (): Vault => {
  let kept: Enrolled | undefined
  return {
    read: async () => kept,
    write: async (enrolled) => {
      kept = enrolled
    },
    clear: async () => {
      kept = undefined
    },
  }
}

/** A till at a back end whose tokens live for ten minutes; the page's clock is off by `wrong` ms until it is told. */
const enrolledTill = async (wrong = 0) => {
  let at = Date.parse('2026-03-05T04:00:00Z')
  let off = 0
  let made = 0
  const world = { refuses: false, accepts: (_: string): boolean => true }
  const proofs: number[] = []
  const grant = () => ({
    token: token(++made),
    expiresAt: new Date(at + 10 * MINUTE).toISOString(),
    terminalId: 'T1',
    storeId: 'S1',
    scopes: ['pay'],
  })
  const problem = (status: number) =>
    Response.json({ code: 'AUTH_INVALID' }, { status, headers: { 'content-type': 'application/problem+json' } })
  const answer = (path: string, init: RequestInit): Response => {
    if (path === '/terminals') return Response.json(grant())
    if (path !== '/terminals/token') {
      return world.accepts(new Headers(init.headers).get('authorization') ?? '') ? Response.json({}) : problem(401)
    }
    const { proof } = JSON.parse(String(init.body)) as { proof: string }
    const payload = (proof.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
    const { iat } = JSON.parse(atob(payload)) as { iat: number }
    proofs.push(iat)
    return world.refuses || Math.abs(iat * 1_000 - at) > 5 * MINUTE ? problem(401) : Response.json(grant())
  }
  const calls: string[] = []
  const http = createHttp({
    base: 'https://shop.example/',
    fetch: async (url, init = {}) => {
      const { pathname } = new URL(String(url))
      calls.push(pathname)
      const response = answer(pathname, init)
      off = 0
      return response
    },
  })
  const session = createSession({ http, vault: memoryVault(), now: () => at + off })
  await session.enrol('CODE')
  off = wrong
  return {
    session,
    http,
    world,
    calls,
    proofs,
    pass(ms: number) {
      at += ms
      off = wrong
    },
  }
}

describe('a token', () => {
  test('is used until a minute before its end, and replaced then, once for all who ask', async () => {
    const { session, pass } = await enrolledTill()
    pass(8.9 * MINUTE)
    expect(await session.current()).toBe(token(1))
    pass(0.2 * MINUTE)
    expect(await Promise.all([session.current(), session.current()])).toEqual([token(2), token(2)])
  })

  test('that was refused is renewed and the request sent again, once', async () => {
    const { session, http, world, calls } = await enrolledTill()
    world.accepts = (authorization) => authorization === `Bearer ${token(2)}`
    await http.asTill(session, { method: 'GET', path: 'payments/T1' })
    expect(calls).toEqual(['/terminals', '/payments/T1', '/terminals/token', '/payments/T1'])
    world.accepts = () => false
    await expect(http.asTill(session, { method: 'GET', path: 'payments/T1' })).rejects.toMatchObject({ status: 401 })
  })

  test('that still holds is used when the back end cannot renew it just now', async () => {
    const { session, world, pass } = await enrolledTill()
    world.refuses = true
    pass(9.5 * MINUTE)
    expect(await session.current()).toBe(token(1))
  })
})

test('a till with a wrong clock proves its key again with the time the refusal told', async () => {
  const { session, pass, proofs } = await enrolledTill(3_600_000)
  pass(11 * MINUTE)
  expect(await session.current()).toBe(token(2))
  expect(proofs).toHaveLength(2)
  expect(session.state.value).toBe('enrolled')
})

test('a till that is no longer known says so', async () => {
  const { session, world, pass, proofs } = await enrolledTill()
  world.refuses = true
  pass(11 * MINUTE)
  const renewal = vi.fn()
  await session.current().catch(renewal)
  expect(renewal).toHaveBeenCalledOnce()
  expect(proofs).toHaveLength(1)
  expect(session.state.value).toBe('ended')
})
