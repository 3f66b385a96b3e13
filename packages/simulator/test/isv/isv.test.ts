import {
  createAlipay,
  createAuthorisation,
  createCashier,
  isF2fError,
  memoryMerchantStore,
  memoryStore,
  type Payment,
} from '@f2f/core'
import { createHandler, type Principal, type Scope } from '@f2f/core/http'
import { SimulatedClock } from '@f2f/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ALIPAY_KEYS, APP_ID, APP_KEYS } from '../support/keys.ts'
import { T0 } from '../support/ledger.ts'
import { app, makeSimulator, newCode, newNumber } from '../support/simulator.ts'

const BACK = 'https://isv.test/pay/authorisations/callback'
const SELLERS = { M1: '2088000000000771', M2: '2088000000000772' } as const
type MerchantId = keyof typeof SELLERS

const SCOPES: readonly Scope[] = ['pay', 'refund', 'watch']

/** A back end of an ISV with two merchants, before either has authorised. */
const backEnd = () => {
  const clock = new SimulatedClock(T0)
  const methods: { method: string; token: string | null; number: unknown }[] = []
  const simulator = makeSimulator({
    clock,
    apps: [app()],
    merchants: Object.values(SELLERS).map((userId) => ({ userId, authAppId: `2021${userId.slice(4)}` })),
  })
  const alipay = createAlipay({
    appId: APP_ID,
    privateKey: APP_KEYS.privateKey,
    alipayPublicKey: ALIPAY_KEYS.publicKey,
    clock,
    async transport(request) {
      const url = new URL(request.url)
      const biz = JSON.parse(
        new URLSearchParams(new TextDecoder().decode(request.body)).get('biz_content') ?? '{}',
      ) as Record<string, unknown>
      const { method, app_auth_token: token = null } = Object.fromEntries(url.searchParams)
      methods.push({ method: method ?? '', token, number: biz.out_trade_no })
      return simulator.transport(request)
    },
  })
  const merchantStore = memoryMerchantStore()
  const gateway = 'http://127.0.0.1/gateway.do'
  const authorisation = createAuthorisation({ alipay, store: merchantStore, redirectUri: BACK, gateway, clock })
  const store = memoryStore()
  const cashier = createCashier({
    alipay,
    store,
    clock,
    merchants: authorisation.merchants,
    onProblem: () => undefined,
  })
  const handler = createHandler({
    cashier,
    basePath: '/pay',
    clock,
    authorisations: authorisation,
    authenticate: (request) => JSON.parse(request.headers.get('x-caller') ?? 'null') ?? undefined,
  })
  const as = (caller: Principal) => ({ 'x-caller': JSON.stringify(caller) })
  const till = (merchantId: MerchantId): Principal => ({ merchantId, storeId: `S-${merchantId}`, scopes: SCOPES })

  const ask = async (caller: Principal, method: string, path: string, body?: object) => {
    const headers = { ...as(caller), 'content-type': 'application/json' }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await handler(new Request(`https://isv.test/pay${path}`, { method, headers, ...sent }))
    return { status: response.status, json: (await response.json()) as Record<string, unknown> }
  }

  /** As a merchant does it: from our address to Alipay's page, from there back to us. */
  const authorise = async (merchantId: MerchantId, seller: string = SELLERS[merchantId]): Promise<Response> => {
    const start = `https://isv.test/pay/authorisations/start?merchantId=${merchantId}`
    const sent = await handler(new Request(start, { headers: as({ scopes: ['authorise'] }) }))
    const page = await simulator.fetch(new Request(`${sent.headers.get('location')}&user_id=${seller}`))
    return handler(new Request(page.headers.get('location') ?? ''))
  }

  /** Resolves when Alipay has answered. */
  const begin = async (merchantId: MerchantId, scenario: string) => {
    const order = { outTradeNo: newNumber(), authCode: newCode(scenario), totalAmount: '10.00', subject: 'tea' }
    const begun = await ask(till(merchantId), 'POST', '/payments', order)
    await clock.settle()
    return begun
  }

  return { clock, simulator, methods, merchantStore, authorisation, cashier, store, till, ask, authorise, begin }
}

describe('one back end for two merchants', () => {
  let isv: ReturnType<typeof backEnd>
  beforeEach(async () => {
    isv = backEnd()
    for (const merchantId of ['M1', 'M2'] as const) expect((await isv.authorise(merchantId)).status).toBe(200)
  })
  afterEach(async () => {
    await isv.cashier.close()
    isv.simulator.close()
  })

  /** Begun, and as it is when the clock has moved on far enough. */
  const settled = async (merchantId: MerchantId, scenario: string): Promise<Payment> => {
    const { json } = await isv.begin(merchantId, scenario)
    await isv.clock.advance(300_000)
    const payment = await isv.cashier.find(String(json.outTradeNo))
    if (payment === undefined) throw new Error('It is not there.')
    return payment
  }

  const tokenOf = async (merchantId: MerchantId) => (await isv.authorisation.merchants(merchantId))?.appAuthToken

  /** Every call about a payment went by its merchant's token. */
  const expectOwnToken = async (merchantId: MerchantId, outTradeNo: string, ...methods: string[]) => {
    const calls = isv.methods.filter(({ number }) => number === outTradeNo)
    expect(new Set(calls.map(({ token }) => token))).toEqual(new Set([await tokenOf(merchantId)]))
    expect(calls.map(({ method }) => method)).toEqual(expect.arrayContaining(methods))
  }

  test.each(['M1', 'M2'] as const)('%s is paid, asked about and refunded by its own token', async (merchantId) => {
    const { outTradeNo, status } = await settled(merchantId, '03')
    expect(status).toBe('paid')
    const refund = { outRequestNo: 'R1', refundAmount: '4.00' }
    const reply = await isv.ask(isv.till(merchantId), 'POST', `/payments/${outTradeNo}/refunds`, refund)
    expect(reply).toMatchObject({ status: 201, json: { status: 'succeeded' } })
    await expectOwnToken(merchantId, outTradeNo, 'alipay.trade.pay', 'alipay.trade.query', 'alipay.trade.refund')
    const truth = isv.simulator.ledger.find(outTradeNo, SELLERS[merchantId])
    expect(truth).toMatchObject({ status: 'TRADE_SUCCESS', totalAmount: '10.00' })
    expect(truth?.refunds).toMatchObject([{ outRequestNo: 'R1', refundAmount: '4.00' }])
    const other = SELLERS[merchantId === 'M1' ? 'M2' : 'M1']
    expect(isv.simulator.ledger.find(outTradeNo, other)).toBeUndefined()
  })

  test.each(['M1', 'M2'] as const)('%s is cancelled by its own token', async (merchantId) => {
    const { json } = await isv.begin(merchantId, '09')
    const outTradeNo = String(json.outTradeNo)
    const reply = await isv.ask(isv.till(merchantId), 'POST', `/payments/${outTradeNo}/cancel`)
    expect(reply).toMatchObject({ status: 200, json: { status: 'closed' } })
    await expectOwnToken(merchantId, outTradeNo, 'alipay.trade.pay', 'alipay.trade.cancel')
    expect(isv.simulator.ledger.find(outTradeNo, SELLERS[merchantId])?.status).toBe('TRADE_CLOSED')
  })

  test("cannot see, cancel or refund each other's payments", async () => {
    const { outTradeNo } = await settled('M1', '00')
    const stranger = isv.till('M2')
    const path = `/payments/${outTradeNo}`
    for (const [method, where, body] of [
      ['GET', path, undefined],
      ['POST', `${path}/cancel`, undefined],
      ['POST', `${path}/refunds`, { outRequestNo: 'R1', refundAmount: '1.00' }],
    ] as const) {
      expect(await isv.ask(stranger, method, where, body)).toMatchObject({ json: { code: 'PAYMENT_NOT_FOUND' } })
    }
    expect(await isv.ask(stranger, 'GET', '/payments')).toMatchObject({ json: { payments: [] } })
    expect(isv.simulator.ledger.find(outTradeNo, SELLERS.M1)?.refunds).toEqual([])
  })

  test('a renewed token is used from then on, also for payments begun before', async () => {
    const { json } = await isv.begin('M1', '09')
    const old = await tokenOf('M1')
    await Promise.all([isv.authorisation.refresh('M1'), isv.authorisation.refresh('M1')])
    expect(await tokenOf('M1')).not.toBe(old)
    const closed = await isv.ask(isv.till('M1'), 'POST', `/payments/${json.outTradeNo}/cancel`)
    expect(closed.json.status).toBe('closed')
    const last = isv.methods.findLast(({ number }) => number === json.outTradeNo)
    expect(last).toMatchObject({ method: 'alipay.trade.cancel', token: await tokenOf('M1') })
  })

  test('a token that Alipay no longer takes fails the payment with its reason, and moves no money', async () => {
    const present = await isv.merchantStore.find('M1')
    if (present === undefined) throw new Error('It is not there.')
    await isv.merchantStore.put({ ...present, version: 2, appAuthToken: '202601BBrevoked' }, 1)
    const { outTradeNo, status, failure } = await settled('M1', '00')
    expect({ status, failure }).toMatchObject({
      status: 'failed',
      failure: { code: '20001', subCode: 'aop.invalid-app-auth-token' },
    })
    expect(isv.simulator.ledger.find(outTradeNo, SELLERS.M1)).toBeUndefined()
    expect((await settled('M2', '00')).status).toBe('paid')
  })

  test('a merchant that takes its leave back must authorise again', async () => {
    await isv.simulator.fetch(new Request('http://simulator.test/reset', { method: 'POST' }))
    const error = await isv.authorisation.refresh('M1').catch((thrown: unknown) => thrown)
    expect(isF2fError(error) && [error.code, error.details.subCode]).toEqual([
      'AUTHORISATION_REFUSED',
      'REFRESH_TOKEN_NOT_EXIST',
    ])
    expect((await isv.authorise('M1')).status).toBe(200)
    expect((await settled('M1', '00')).status).toBe('paid')
  })

  test("another Alipay account cannot take a merchant's place", async () => {
    const reply = await isv.authorise('M1', SELLERS.M2)
    expect(reply.status).toBe(409)
    expect(await reply.text()).toContain('AUTHORISATION_MISMATCH')
    expect(await isv.authorisation.merchants('M1')).toMatchObject({ sellerId: SELLERS.M1 })
  })
})

test('a merchant that has not authorised cannot be paid, and is told why', async () => {
  const isv = backEnd()
  const reply = await isv.begin('M1', '00')
  expect(reply).toMatchObject({ status: 400, json: { code: 'REQUEST_INVALID', field: 'merchantId' } })
  expect(isv.methods).toEqual([])
  await isv.cashier.close()
  isv.simulator.close()
})
