import { SimulatedClock } from '@f2f/core/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { call, payment } from '../support/call.ts'
import { APP_ID, APP_KEYS } from '../support/keys.ts'
import { DAY, T0 } from '../support/ledger.ts'
import { app, makeSimulator, newCode, newNumber } from '../support/simulator.ts'

const MERCHANT = { userId: '2088000000000777', authAppId: '2021000000000777' }
const clock = new SimulatedClock(T0)
const simulator = makeSimulator({
  clock,
  apps: [
    app(),
    { appId: 'other_app', privateKey: APP_KEYS.privateKey, isIsv: false },
    { appId: 'second_app', privateKey: APP_KEYS.privateKey, merchant: { userId: '2088000000000001' } },
  ],
  merchants: [MERCHANT],
})
afterAll(() => simulator.close())

const TOKEN = 'alipay.open.auth.token.app'
const token = (biz: unknown, app_id = APP_ID) => call(simulator, TOKEN, biz, { params: { app_id } })
const pay = (number: string, params: Record<string, string> = {}) =>
  call(simulator, 'alipay.trade.pay', payment(number, newCode('00')), { params })
const query = (number: string, params: Record<string, string> = {}) =>
  call(simulator, 'alipay.trade.query', { out_trade_no: number }, { params })

const authorise = async (extra = '') => {
  const address = `http://simulator.test/oauth2/appToAppAuth.htm?app_id=${APP_ID}&state=s%201${extra}`
  const response = await simulator.fetch(
    new Request(`${address}&redirect_uri=${encodeURIComponent('https://isv.test/back?a=1')}`),
  )
  return { status: response.status, target: new URL(response.headers.get('location') ?? 'none:') }
}

describe('merchants do not see each other', () => {
  test('the same number is another trade for another merchant', async () => {
    const number = newNumber()
    const [one, other] = [await pay(number), await pay(number, { app_id: 'other_app' })]
    expect(one.node.code).toBe('10000')
    expect(other.node.code).toBe('10000')
    expect(other.node.trade_no).not.toBe(one.node.trade_no)
  })

  test("another merchant's trade does not exist, not even by its trade number", async () => {
    const number = newNumber()
    const { node } = await pay(number)
    expect((await query(number, { app_id: 'other_app' })).node.sub_code).toBe('ACQ.TRADE_NOT_EXIST')
    const byTradeNo = await call(
      simulator,
      'alipay.trade.query',
      { trade_no: node.trade_no },
      { params: { app_id: 'other_app' } },
    )
    expect(byTradeNo.node.sub_code).toBe('ACQ.TRADE_NOT_EXIST')
  })

  test('two applications of one merchant share their trades', async () => {
    const number = newNumber()
    await pay(number)
    expect((await query(number, { app_id: 'second_app' })).node.trade_status).toBe('TRADE_SUCCESS')
  })
})

describe('acting for another merchant', () => {
  test('the authorisation page sends the merchant back with a code', async () => {
    const { status, target } = await authorise()
    expect(status).toBe(302)
    expect(target.href).toMatch(/^https:\/\/isv\.test\/back\?a=1&/)
    expect(Object.fromEntries(target.searchParams)).toMatchObject({
      app_id: APP_ID,
      source: 'alipay_app_auth',
      app_auth_code: expect.stringMatching(/^P\w{31}$/),
      state: 's 1',
    })
  })

  test('the page refuses an unknown merchant', async () => {
    expect((await authorise('&user_id=2088999999999999')).status).toBe(404)
  })

  test('a code becomes a token once, and the token acts for the merchant', async () => {
    const code = (await authorise()).target.searchParams.get('app_auth_code')
    const { node } = await token({ grant_type: 'authorization_code', code })
    expect(node).toMatchObject({
      code: '10000',
      user_id: MERCHANT.userId,
      auth_app_id: MERCHANT.authAppId,
      expires_in: 31_536_000,
    })
    expect(node.tokens[0].app_auth_token).toBe(node.app_auth_token)
    expect((await token({ grant_type: 'authorization_code', code })).node.sub_code).toBe('AUTH_CODE_NOT_VALID')

    const number = newNumber()
    const params = { app_auth_token: node.app_auth_token }
    expect((await pay(number, params)).node.code).toBe('10000')
    expect((await query(number, params)).node.trade_status).toBe('TRADE_SUCCESS')
    expect((await query(number)).node.sub_code).toBe('ACQ.TRADE_NOT_EXIST')
    expect(simulator.ledger.find(number, MERCHANT.userId)?.status).toBe('TRADE_SUCCESS')
  })

  test('a refresh token gives a new pair, the second time the same one', async () => {
    const first = await token({
      grant_type: 'authorization_code',
      code: (await authorise()).target.searchParams.get('app_auth_code'),
    })
    const refresh = { grant_type: 'refresh_token', refresh_token: first.node.app_refresh_token }
    const second = await token(refresh)
    expect(second.node.app_auth_token).not.toBe(first.node.app_auth_token)
    expect((await token(refresh)).node).toEqual(second.node)
  })

  test('the token query tells what a token allows', async () => {
    const app_auth_token = simulator.authorise(APP_ID, MERCHANT.userId)
    const { node } = await call(simulator, `${TOKEN}.query`, { app_auth_token })
    expect(node).toMatchObject({ status: 'valid', user_id: MERCHANT.userId, auth_start: '2026-01-01 08:00:00' })
    expect((await call(simulator, `${TOKEN}.query`, { app_auth_token: 'x' })).node.sub_code).toBe(
      'AUTH_TOKEN_NOT_EXISTED',
    )
  })

  test("a token is worthless in another application's hands", async () => {
    const params = { app_id: 'other_app', app_auth_token: simulator.authorise(APP_ID, MERCHANT.userId) }
    expect((await query('a', params)).node).toMatchObject({ code: '20001', sub_code: 'aop.invalid-app-auth-token' })
  })

  test.each([
    ['an unknown code', { grant_type: 'authorization_code', code: 'P' }, APP_ID, 'AUTH_CODE_NOT_EXIST'],
    [
      'an unknown refresh token',
      { grant_type: 'refresh_token', refresh_token: 'x' },
      APP_ID,
      'REFRESH_TOKEN_NOT_EXIST',
    ],
    ['another grant type', { grant_type: 'password' }, APP_ID, 'GRANT_TYPE_INVALID'],
    [
      'an application nobody can authorise',
      { grant_type: 'authorization_code', code: 'P' },
      'other_app',
      'APP_NOT_ISV',
    ],
  ])('%s is refused', async (_name, biz, appId, sub_code) => {
    expect((await token(biz, appId)).node).toMatchObject({ code: '40004', sub_code })
  })

  test('a code is dead after a day', async () => {
    const code = (await authorise()).target.searchParams.get('app_auth_code')
    await clock.advance(DAY + 1)
    expect((await token({ grant_type: 'authorization_code', code })).node.sub_code).toBe('AUTH_CODE_NOT_VALID')
  })
})

describe('the heartbeat', () => {
  const beat = {
    product: 'FP',
    type: 'CR',
    equipment_id: 'till_1',
    equipment_status: '30',
    time: '2026-01-01 08:00:00',
  }

  test('is taken', async () => {
    expect((await call(simulator, 'monitor.heartbeat.syn', beat)).node).toEqual({ code: '10000', msg: 'Success' })
  })

  test.each(['product', 'type', 'equipment_id', 'equipment_status', 'time'])(
    'without a right %s is refused',
    async (field) => {
      const { node } = await call(simulator, 'monitor.heartbeat.syn', {
        ...beat,
        [field]: field === 'equipment_id' ? '' : '?',
      })
      expect(node).toMatchObject({ code: '40004', sub_code: 'ACQ.INVALID_PARAMETER', sub_msg: `参数无效：${field}` })
    },
  )
})
