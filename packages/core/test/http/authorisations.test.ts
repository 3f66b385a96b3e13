import { describe, expect, test } from 'vitest'
import { type AuthorisationDesk, createHandler, type HandlerOptions, type Principal } from '../../src/http/index.ts'
import { F2fError } from '../../src/index.ts'
import { httpShop } from '../../src/testing/index.ts'
import { heldToItsDocument } from './described.ts'

const OFFICE: Principal = { scopes: ['authorise'] }
const START = 'https://openauth.test/oauth2/appToAppAuth.htm?state=s'
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const PROGRAM = { accept: 'application/json' }

const setUp = (principal: Principal | undefined, over: Partial<AuthorisationDesk> = {}) => {
  const asked: unknown[] = []
  const problems: unknown[] = []
  const authorisations: AuthorisationDesk = {
    async startUrl(start) {
      asked.push(start)
      return START
    },
    async callback(query) {
      asked.push(Object.fromEntries(query))
    },
    ...over,
  }
  const options: HandlerOptions = {
    ...httpShop(),
    authorisations,
    authenticate: () => principal,
    onProblem: (error) => problems.push(error),
  }
  const handler = heldToItsDocument(createHandler(options), '')
  const get = (path: string, headers: Readonly<Record<string, string>> = BROWSER) =>
    handler(new Request(`http://till/authorisations${path}`, { headers }))
  return { get, asked, problems }
}

describe('sending a merchant to Alipay', () => {
  test('is a redirect for a browser, an address for a program', async () => {
    const { get, asked } = setUp(OFFICE)
    const redirect = await get('/start?merchantId=M1')
    expect([redirect.status, redirect.headers.get('location'), await redirect.text()]).toEqual([302, START, ''])
    expect(await (await get('/start?merchantId=M1', PROGRAM)).json()).toEqual({ url: START })
    expect(asked).toEqual([{ merchantId: 'M1' }, { merchantId: 'M1' }])
  })

  test.each<[string, Principal | undefined, number]>([
    ['nobody known', undefined, 401],
    ['without the scope', { scopes: ['pay', 'refund', 'reconcile', 'watch'] }, 403],
    ['limited to a terminal', { ...OFFICE, terminalId: 'T1' }, 403],
    ['limited to a store', { ...OFFICE, storeId: 'S1' }, 403],
    ['limited to a merchant', { ...OFFICE, merchantId: 'M1' }, 403],
  ])('is refused to who is %s', async (_, principal, status) => {
    const { get, asked } = setUp(principal)
    expect((await get('/start?merchantId=M1')).status).toBe(status)
    expect(asked).toEqual([])
  })

  test.each(['', '?merchantId=M1&merchantId=M2'])('needs one merchant, not %j', async (query) => {
    expect(await (await setUp(OFFICE).get(`/start${query}`)).json()).toMatchObject({ status: 400, field: 'merchantId' })
  })
})

describe('a merchant that comes back', () => {
  test('sees a page in Chinese and English that gives nothing away', async () => {
    const { get, asked } = setUp(undefined)
    const reply = await get('/callback?state=s&app_id=a&app_auth_code=P1')
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(reply.headers.get('referrer-policy')).toBe('no-referrer')
    expect(reply.headers.get('cache-control')).toBe('no-store')
    const text = await reply.text()
    expect(text).toContain('授权完成')
    expect(text).toContain('Authorised')
    expect(text).not.toContain('P1')
    expect(asked).toEqual([{ state: 's', app_id: 'a', app_auth_code: 'P1' }])
  })

  test('is told in JSON when only that is accepted', async () => {
    expect(await (await setUp(undefined).get('/callback', PROGRAM)).json()).toEqual({ status: 'authorised' })
  })

  test.each([
    ['AUTHORISATION_STATE_INVALID', 403, 0],
    ['AUTHORISATION_MISMATCH', 409, 0],
    ['AUTHORISATION_REFUSED', 502, 1],
    ['UNKNOWN_TIMEOUT', 504, 1],
  ] as const)('and fails with %s sees that, without the words of the error', async (code, status, told) => {
    const callback = async () => {
      throw new F2fError(code, 'merchant <M1>', { movesMoney: false })
    }
    const { get, problems } = setUp(undefined, { callback })
    const reply = await get('/callback')
    expect(reply.status).toBe(status)
    const text = await reply.text()
    expect(text).toContain('授权没有完成')
    expect(text).toContain(code)
    expect(text).not.toContain('M1')
    expect(problems).toHaveLength(told)
    expect(await (await get('/callback', PROGRAM)).json()).toMatchObject({ status, code })
  })

  test('and meets a bug sees nothing of it', async () => {
    const callback = async () => {
      throw new Error('hunter2')
    }
    const { get, problems } = setUp(undefined, { callback })
    const reply = await get('/callback')
    expect(reply.status).toBe(500)
    expect(await reply.text()).not.toContain('hunter2')
    expect(problems).toHaveLength(1)
  })
})

test('without a desk the routes are not there', async () => {
  const handler = createHandler({ ...httpShop(), authorisations: undefined })
  expect((await handler(new Request('http://till/authorisations/callback'))).status).toBe(404)
})
