import { describe, expect, test } from 'vitest'
import {
  type AppAuthTokenReply,
  type AppAuthTokenRequest,
  type AuthorisationOptions,
  createAuthorisation,
  F2fError,
  memoryMerchantStore,
} from '../../src/index.ts'
import { merchantStoreContract, SimulatedClock } from '../../src/testing/index.ts'

const APP_ID = '2021000000000001'
const REDIRECT = 'https://isv.example.com/pay/authorisations/callback'
const TOKEN = '202601BBsecret'
const REFRESH = '202601BBrefresh'

const GRANT = { app_auth_token: TOKEN, app_refresh_token: REFRESH, user_id: '2088000000000777', auth_app_id: '2021777' }
const ok = (members: object): AppAuthTokenReply => ({ code: '10000', msg: 'Success', ...members }) as AppAuthTokenReply
const no = (sub_code: string): AppAuthTokenReply =>
  ({ code: '40004', msg: 'Business Failed', sub_code }) as AppAuthTokenReply

type Answer = AppAuthTokenReply | Error

const setUp = (options: Partial<AuthorisationOptions> = {}) => {
  const clock = new SimulatedClock()
  const asked: AppAuthTokenRequest[] = []
  const answers: Answer[] = []
  const store = memoryMerchantStore()
  const alipay = {
    appId: APP_ID,
    async appAuthToken(request: AppAuthTokenRequest) {
      asked.push(request)
      const answer = answers.shift() ?? ok(GRANT)
      if (answer instanceof Error) throw answer
      return answer
    },
  }
  const authorisation = createAuthorisation({ alipay, store, redirectUri: REDIRECT, clock, ...options })
  const stateFor = async (merchantId: string) =>
    new URL(await authorisation.startUrl({ merchantId })).searchParams.get('state') ?? ''
  const back = (state: string, over: Readonly<Record<string, string>> = {}) =>
    new URLSearchParams({ app_id: APP_ID, source: 'alipay_app_auth', app_auth_code: 'P1', state, ...over })
  const authorised = async (merchantId: string) => authorisation.callback(back(await stateFor(merchantId)))
  return { clock, asked, answers, store, authorisation, stateFor, back, authorised }
}

const caught = async (work: Promise<unknown>): Promise<F2fError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof F2fError) return error
  throw new Error(`no F2fError but ${error}`)
}

describe('the memory store keeps the contract of merchant stores', () => {
  const cases = merchantStoreContract(async () => ({ store: memoryMerchantStore(), close: async () => undefined }))
  for (const { id, name, run } of cases) test(`${id} ${name}`, run)
})

describe('the address a merchant is sent to', () => {
  test.each([
    [undefined, 'https://openauth.alipay.com/oauth2/appToAppAuth.htm'],
    ['sandbox', 'https://openauth-sandbox.dl.alipaydev.com/oauth2/appToAppAuth.htm'],
    ['http://127.0.0.1:8080/gateway.do', 'http://127.0.0.1:8080/oauth2/appToAppAuth.htm'],
  ])('for the gateway %s is %s', async (gateway, page) => {
    const { authorisation } = setUp({ gateway })
    const url = new URL(await authorisation.startUrl({ merchantId: 'M1' }))
    expect(url.origin + url.pathname).toBe(page)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      app_id: APP_ID,
      redirect_uri: REDIRECT,
      state: expect.stringMatching(/^[\w-]{43}$/),
    })
  })

  test('is another each time', async () => {
    const { stateFor } = setUp()
    expect(await stateFor('M1')).not.toBe(await stateFor('M1'))
  })

  test.each(['', 'with blank', '商户', 'x'.repeat(65)])('is refused to the merchant id %j', async (merchantId) => {
    const error = await caught(setUp().authorisation.startUrl({ merchantId }))
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', details: { field: 'merchantId' } })
  })
})

test.each([
  ['redirectUri', { redirectUri: 'isv.example.com' }],
  ['redirectUri', { redirectUri: 'ftp://isv.example.com/' }],
  ['redirectUri', { redirectUri: 'https://isv.example.com/#x' }],
  ['gateway', { gateway: 'http://openapi.example.com/gateway.do' }],
  ['gateway', { gateway: 'prod' }],
  ['stateTtl', { stateTtl: 0 }],
])('a wrong %s is refused at once', (field, options) => {
  expect(() => setUp(options)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  expect(() => setUp(options)).toThrow(new RegExp(field))
})

describe('a merchant that comes back', () => {
  test('is kept, and its token is for the cashier only', async () => {
    const { authorised, authorisation, asked, answers } = setUp()
    answers.push(ok({ ...GRANT, re_expires_in: 32_140_800 }))
    const view = await authorised('M1')
    expect(view).toEqual({
      merchantId: 'M1',
      sellerId: GRANT.user_id,
      authAppId: GRANT.auth_app_id,
      authorisedAt: expect.any(Date),
      refreshBefore: new Date(view.authorisedAt.getTime() + 32_140_800_000),
    })
    expect(asked).toEqual([{ grant_type: 'authorization_code', code: 'P1' }])
    expect(await authorisation.merchants('M1')).toEqual({ appAuthToken: TOKEN, sellerId: GRANT.user_id })
    expect(await authorisation.merchants('M2')).toBeUndefined()
  })

  test.each([
    ['in the reply', ok(GRANT)],
    ['in tokens', ok({ tokens: [GRANT] })],
    ['in both', ok({ ...GRANT, app_auth_token: 'older', tokens: [GRANT] })],
  ])('brings a token that stands %s', async (_, reply) => {
    const { authorised, authorisation, answers } = setUp()
    answers.push(reply)
    await authorised('M1')
    expect(await authorisation.merchants('M1')).toMatchObject({ appAuthToken: TOKEN })
  })

  test('may be given as an address, as its text, or as a query', async () => {
    const { authorisation, stateFor, back } = setUp()
    const forms = [
      (query: URLSearchParams) => new URL(`${REDIRECT}?${query}`),
      (query: URLSearchParams) => `${REDIRECT}?${query}`,
      (query: URLSearchParams) => query.toString(),
    ]
    for (const form of forms) {
      expect(await authorisation.callback(form(back(await stateFor('M1'))))).toMatchObject({ merchantId: 'M1' })
    }
  })

  test('belongs to the merchant whose address it was, whoever else is on the way', async () => {
    const { authorisation, stateFor, back, answers } = setUp()
    const [one, two] = [await stateFor('M1'), await stateFor('M2')]
    answers.push(ok({ ...GRANT, user_id: '2088000000000002' }), ok(GRANT))
    expect(await authorisation.callback(back(two))).toMatchObject({ merchantId: 'M2', sellerId: '2088000000000002' })
    expect(await authorisation.callback(back(one))).toMatchObject({ merchantId: 'M1', sellerId: GRANT.user_id })
  })

  test('comes back once, even twice at the same time', async () => {
    const { authorisation, stateFor, back, asked } = setUp()
    const query = back(await stateFor('M1'))
    const both = await Promise.allSettled([authorisation.callback(query), authorisation.callback(query)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await caught(authorisation.callback(query))).code).toBe('AUTHORISATION_STATE_INVALID')
    expect(asked).toHaveLength(1)
  })

  test('too late must begin again', async () => {
    const { clock, authorisation, stateFor, back, asked } = setUp({ stateTtl: 1_000 })
    const query = back(await stateFor('M1'))
    await clock.advance(1_000)
    expect((await caught(authorisation.callback(query))).code).toBe('AUTHORISATION_STATE_INVALID')
    expect(asked).toEqual([])
  })

  test.each([
    ['state', { state: 'x'.repeat(43) }, 'AUTHORISATION_STATE_INVALID'],
    ['state', { state: '' }, 'REQUEST_INVALID'],
    ['app_id', { app_id: '2021000000000002' }, 'REQUEST_INVALID'],
    ['app_auth_code', { app_auth_code: '' }, 'REQUEST_INVALID'],
    ['app_auth_code', { app_auth_code: 'P 1' }, 'REQUEST_INVALID'],
  ])('with a wrong %s %j is refused before anything is sent', async (_, over, code) => {
    const { authorisation, stateFor, back, asked } = setUp()
    const state = await stateFor('M1')
    const error = await caught(authorisation.callback(back(state, over)))
    expect(error.code).toBe(code)
    expect(error.message).not.toContain(state)
    expect(asked).toEqual([])
  })

  test('with a member twice, or none of them, is refused', async () => {
    const { authorisation, stateFor, back } = setUp()
    const query = back(await stateFor('M1'))
    query.append('app_auth_code', 'P2')
    expect(await caught(authorisation.callback(query))).toMatchObject({ details: { field: 'app_auth_code' } })
    expect(await caught(authorisation.callback(''))).toMatchObject({ details: { field: 'state' } })
  })

  test('as another Alipay account than before is refused, and its token stays', async () => {
    const { authorised, authorisation, answers } = setUp()
    await authorised('M1')
    answers.push(ok({ ...GRANT, app_auth_token: 'theirs', user_id: '2088000000000666' }))
    expect((await caught(authorised('M1'))).code).toBe('AUTHORISATION_MISMATCH')
    expect(await authorisation.merchants('M1')).toMatchObject({ appAuthToken: TOKEN })
  })

  test('again with the same account gets the newer token', async () => {
    const { authorised, authorisation, answers } = setUp()
    await authorised('M1')
    answers.push(ok({ ...GRANT, app_auth_token: 'newer' }))
    await authorised('M1')
    expect(await authorisation.merchants('M1')).toMatchObject({ appAuthToken: 'newer' })
  })

  test.each([
    ['a refusal', no('AUTH_CODE_NOT_VALID'), 'AUTHORISATION_REFUSED', 'AUTH_CODE_NOT_VALID'],
    ['a success without a token', ok({}), 'REPLY_UNREADABLE', undefined],
    ['a success with something else for a token', ok({ ...GRANT, app_auth_token: 7 }), 'REPLY_UNREADABLE', undefined],
    ['silence', new F2fError('UNKNOWN_TIMEOUT', 'Late.', { movesMoney: false }), 'UNKNOWN_TIMEOUT', undefined],
  ])('after %s is told so, and nothing is kept', async (_, answer, code, subCode) => {
    const { authorised, authorisation, answers } = setUp()
    answers.push(answer)
    const error = await caught(authorised('M1'))
    expect(error).toMatchObject({ code, moneyMayHaveMoved: false })
    expect(error.details.subCode).toBe(subCode)
    expect(await authorisation.merchants('M1')).toBeUndefined()
  })
})

describe('renewing', () => {
  const NEXT = { ...GRANT, app_auth_token: 'next', app_refresh_token: 'next-refresh' }

  test('sends the last refresh token and keeps the new pair', async () => {
    const { authorised, authorisation, asked, answers } = setUp()
    await authorised('M1')
    answers.push(ok(NEXT))
    await authorisation.refresh('M1')
    await authorisation.refresh('M1')
    expect(asked.slice(1)).toEqual([
      { grant_type: 'refresh_token', refresh_token: REFRESH },
      { grant_type: 'refresh_token', refresh_token: 'next-refresh' },
    ])
  })

  test('is done once for all who want it at the same time', async () => {
    const { authorised, authorisation, asked, answers } = setUp()
    await authorised('M1')
    answers.push(ok(NEXT))
    const views = await Promise.all([1, 2, 3].map(() => authorisation.refresh('M1')))
    expect(new Set(views).size).toBe(1)
    expect(asked).toHaveLength(2)
    expect(await authorisation.merchants('M1')).toMatchObject({ appAuthToken: 'next' })
  })

  test.each([
    [no('REFRESH_TOKEN_TIME_OUT'), 'AUTHORISATION_REFUSED'],
    [new F2fError('UNKNOWN_CONNECTION_LOST', 'Lost.', { movesMoney: false }), 'UNKNOWN_CONNECTION_LOST'],
    [ok({ ...NEXT, user_id: '2088000000000666' }), 'AUTHORISATION_MISMATCH'],
    [ok({}), 'REPLY_UNREADABLE'],
  ])('that fails leaves the old token, and can be tried again (%#)', async (answer, code) => {
    const { authorised, authorisation, answers } = setUp()
    await authorised('M1')
    answers.push(answer, ok(NEXT))
    expect((await caught(authorisation.refresh('M1'))).code).toBe(code)
    expect(await authorisation.merchants('M1')).toMatchObject({ appAuthToken: TOKEN })
    await authorisation.refresh('M1')
    expect(await authorisation.merchants('M1')).toMatchObject({ appAuthToken: 'next' })
  })

  test('in another process at the same time is not undone', async () => {
    const { authorised, authorisation, store, answers } = setUp()
    await authorised('M1')
    const present = await store.find('M1')
    if (present === undefined) throw new Error('It is not there.')
    answers.push(ok({ ...NEXT, app_auth_token: 'mine' }))
    const mine = authorisation.refresh('M1')
    await store.put({ ...present, version: 2, appAuthToken: 'theirs' }, 1)
    await mine
    expect(await authorisation.merchants('M1')).toMatchObject({ appAuthToken: 'theirs' })
  })

  test('of a merchant nobody knows is refused', async () => {
    const error = await caught(setUp().authorisation.refresh('M9'))
    expect(error).toMatchObject({ code: 'REQUEST_INVALID', details: { field: 'merchantId' } })
  })
})

describe('renewing what is due', () => {
  const DAY = 86_400_000
  const lasting = (days: number, token: string) => ok({ ...GRANT, app_auth_token: token, re_expires_in: days * 86_400 })

  test('takes those that could soon not be renewed, and goes on when one is refused', async () => {
    const { authorised, authorisation, answers, asked } = setUp()
    for (const [merchantId, days] of [
      ['later', 31],
      ['soon', 29],
      ['sooner', 3],
    ] as const) {
      answers.push(lasting(days, merchantId))
      await authorised(merchantId)
    }
    await authorised('never')
    asked.length = 0
    answers.push(no('REFRESH_TOKEN_TIME_OUT'), lasting(372, 'renewed'))
    const { renewed, failed } = await authorisation.renewDue()
    expect(asked.map(({ grant_type }) => grant_type)).toEqual(['refresh_token', 'refresh_token'])
    expect(renewed.map(({ merchantId }) => merchantId)).toEqual(['soon'])
    expect(failed).toMatchObject([{ merchantId: 'sooner', error: { code: 'AUTHORISATION_REFUSED' } }])
    expect(await authorisation.merchants('soon')).toMatchObject({ appAuthToken: 'renewed' })
    expect(await authorisation.merchants('sooner')).toMatchObject({ appAuthToken: 'sooner' })
  })

  test('finds nothing to do right after', async () => {
    const { authorised, authorisation, answers, clock } = setUp()
    answers.push(lasting(372, 'first'), lasting(372, 'second'))
    await authorised('M1')
    expect(await authorisation.renewDue()).toEqual({ renewed: [], failed: [] })
    await clock.advance(350 * DAY)
    expect((await authorisation.renewDue()).renewed).toHaveLength(1)
    expect(await authorisation.renewDue()).toEqual({ renewed: [], failed: [] })
  })

  test.each([-1, 0.5, Number.NaN])('within %s is refused', async (within) => {
    expect(await caught(setUp().authorisation.renewDue(within))).toMatchObject({ details: { field: 'within' } })
  })

  test('a bug in the store is no refusal', async () => {
    const store = {
      ...memoryMerchantStore(),
      expiring: async () => ['M1'],
      find: () => Promise.reject(new Error('bug')),
    }
    await expect(setUp({ store }).authorisation.renewDue()).rejects.toThrow('bug')
  })
})

describe('forgetting a merchant', () => {
  test('ends every call for it, and is the same twice', async () => {
    const { authorised, authorisation, store } = setUp()
    await authorised('M1')
    await authorisation.forget('M1')
    await authorisation.forget('M1')
    expect(await authorisation.merchants('M1')).toBeUndefined()
    expect(JSON.stringify(await store.find('M1'))).not.toContain(REFRESH)
    expect(await caught(authorisation.refresh('M1'))).toMatchObject({ details: { field: 'merchantId' } })
  })

  test('leaves its id bound to its Alipay account', async () => {
    const { authorised, authorisation, answers } = setUp()
    await authorised('M1')
    await authorisation.forget('M1')
    answers.push(ok({ ...GRANT, user_id: '2088000000000666' }), ok({ ...GRANT, app_auth_token: 'again' }))
    expect((await caught(authorised('M1'))).code).toBe('AUTHORISATION_MISMATCH')
    await authorised('M1')
    expect(await authorisation.merchants('M1')).toMatchObject({ appAuthToken: 'again' })
  })

  test('is not undone by a renewal under way', async () => {
    const { authorised, authorisation } = setUp()
    await authorised('M1')
    await Promise.all([authorisation.refresh('M1'), authorisation.forget('M1')])
    expect(await authorisation.merchants('M1')).toBeUndefined()
  })

  test('nobody knows is refused', async () => {
    expect(await caught(setUp().authorisation.forget('M9'))).toMatchObject({ details: { field: 'merchantId' } })
  })
})

test('no token, code or state is in any error', async () => {
  const { authorised, authorisation, answers, back, stateFor } = setUp()
  await authorised('M1')
  const state = await stateFor('M1')
  const errors: F2fError[] = []
  for (const answer of [no('AUTH_CODE_NOT_EXIST'), ok({ app_auth_token: TOKEN }), ok({ ...GRANT, user_id: '2088' })]) {
    answers.push(answer)
    errors.push(await caught(authorised('M1')))
  }
  answers.push(no('REFRESH_TOKEN_NOT_VALID'))
  errors.push(await caught(authorisation.refresh('M1')))
  errors.push(await caught(authorisation.callback(back(state, { app_id: 'x' }))))
  for (const error of errors) {
    const told = `${error.message} ${JSON.stringify(error)} ${error.cause}`
    for (const secret of [TOKEN, REFRESH, state]) expect(told).not.toContain(secret)
  }
})
