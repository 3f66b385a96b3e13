import { describe, expect, test } from 'vitest'
import { createHandler, type HandlerOptions, type TerminalDesk } from '../../src/http/index.ts'
import { F2fError } from '../../src/index.ts'
import { httpShop, SimulatedClock } from '../../src/testing/index.ts'

const refused = () => new F2fError('AUTH_INVALID', 'No.')

const grant = { terminalId: 'T1', scopes: ['pay'] } as const

/** A desk that knows the code `right`, and proofs whose signature is `right`. */
const DESK: TerminalDesk = {
  async enrol(code) {
    if (code === 'broken') throw new F2fError('STORE_UNAVAILABLE', 'Away.')
    if (code !== 'right') throw new F2fError('ENROLMENT_REFUSED', 'No.')
    return { token: 'secret', expiresAt: new Date(0), grant }
  },
  async refresh(proof) {
    if (!proof.endsWith('.right')) throw refused()
    return { token: 'secret', expiresAt: new Date(0), grant }
  },
}

const desk = (options: Partial<HandlerOptions> = {}) => {
  const clock = new SimulatedClock()
  const handler = createHandler({ ...httpShop(), terminals: DESK, clock, ...options })
  const post = (path: string, body: object) =>
    handler(
      new Request(`http://till${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  const enrol = (code: string) => post('/terminals', { code, publicKey: {} })
  const refresh = (iss: unknown, signature: string) => {
    const claims = Buffer.from(JSON.stringify({ iss })).toString('base64url')
    return post('/terminals/token', { proof: `e30.${claims}.${signature}` })
  }
  const statuses = async (times: number, ask: (index: number) => Promise<Response>) => {
    const all: number[] = []
    for (let index = 0; index < times; index++) all.push((await ask(index)).status)
    return all
  }
  return { clock, handler, enrol, refresh, post, statuses }
}

describe('tills over HTTP', () => {
  test('are not served, nor described, without a desk', async () => {
    const handler = createHandler({ ...httpShop(), terminals: undefined })
    const reply = await handler(new Request('http://till/terminals', { method: 'POST' }))
    expect(reply.status).toBe(404)
    const { paths } = (await (await handler(new Request('http://till/openapi.json'))).json()) as { paths: object }
    expect(Object.keys(paths)).not.toContain('/terminals')
    expect(Object.keys(paths)).toContain('/me')
  })

  test('need a desk that is one', () => {
    const half = { enrol: DESK.enrol } as TerminalDesk
    expect(() => createHandler({ ...httpShop(), terminals: half })).toThrow('terminals.refresh must be a function')
  })

  test('get nothing of the desk but the token and what it is for', async () => {
    const more = async () => ({ token: 'secret', expiresAt: new Date(0), tokenId: 'x', grant: { ...grant, note: 'x' } })
    const { enrol } = desk({ terminals: { ...DESK, enrol: more } })
    const expiresAt = '1970-01-01T00:00:00.000Z'
    expect(await (await enrol('any')).json()).toEqual({ ...grant, token: 'secret', expiresAt })
  })
})

describe('guessing codes', () => {
  test('stops after twenty refusals, and one more is looked at every three seconds', async () => {
    const { clock, enrol, statuses } = desk()
    expect(await statuses(22, () => enrol('wrong'))).toEqual([...Array(20).fill(403), 429, 429])
    expect((await enrol('right')).status).toBe(429)
    expect((await enrol('wrong')).headers.get('retry-after')).toBe('3')
    await clock.advance(2_500)
    expect((await enrol('wrong')).headers.get('retry-after')).toBe('1')
    await clock.advance(500)
    expect(await statuses(2, () => enrol('wrong'))).toEqual([403, 429])
    await clock.advance(3_000)
    expect((await enrol('right')).status).toBe(201)
  })

  test('forgives everything in a minute, and never more', async () => {
    const { clock, enrol, statuses } = desk()
    await statuses(20, () => enrol('wrong'))
    await clock.advance(600_000)
    expect(await statuses(21, () => enrol('wrong'))).toEqual([...Array(20).fill(403), 429])
  })

  test('counts attempts at the same time', async () => {
    const { enrol } = desk()
    const replies = await Promise.all(Array.from({ length: 30 }, () => enrol('wrong')))
    expect(replies.filter(({ status }) => status === 403)).toHaveLength(20)
  })

  test('counts neither what succeeds nor what is not the fault of the caller', async () => {
    const { enrol, statuses } = desk({ onProblem: () => undefined })
    expect(new Set(await statuses(30, () => enrol('right')))).toEqual(new Set([201]))
    expect(new Set(await statuses(30, () => enrol('broken')))).toEqual(new Set([503]))
    expect((await enrol('wrong')).status).toBe(403)
  })

  test('says nothing but that it was too often', async () => {
    const { enrol, statuses } = desk()
    await statuses(20, () => enrol('wrong'))
    expect(await (await enrol('wrong')).json()).toMatchObject({
      status: 429,
      code: 'AUTH_TOO_MANY_ATTEMPTS',
      retryable: true,
      moneyMayHaveMoved: false,
    })
  })
})

describe('wrong proofs', () => {
  test('under one name keep no other till from its token', async () => {
    const { refresh, statuses } = desk()
    expect((await statuses(21, () => refresh('T1', 'wrong'))).at(-1)).toBe(429)
    expect((await refresh('T1', 'right')).status).toBe(429)
    expect((await refresh('T2', 'right')).status).toBe(200)
  })

  test('without a name share one limit', async () => {
    const { refresh, post, statuses } = desk()
    await statuses(10, () => refresh(7, 'wrong'))
    await statuses(10, () => post('/terminals/token', { proof: 'rubbish' }))
    expect((await refresh(undefined, 'wrong')).status).toBe(429)
  })

  test('under ever new names take no more memory than a thousand of them', async () => {
    const { clock, refresh, statuses } = desk()
    await statuses(1_000, (index) => refresh(`N${index}`, 'wrong'))
    const late = await statuses(22, (index) => refresh(`M${index}`, 'wrong'))
    expect(late).toEqual([...Array(20).fill(401), 429, 429])
    expect((await refresh('N1', 'right')).status).toBe(200)
    await clock.advance(3_000)
    expect(await statuses(21, () => refresh('M1', 'wrong'))).toEqual([...Array(20).fill(401), 429])
  })
})
