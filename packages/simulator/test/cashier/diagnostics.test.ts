import { inspect } from 'node:util'
import { createAlipay, createCashier, isSettled } from '@f2f/core'
import { logPayments, observe } from '@f2f/core/monitoring'
import { SimulatedClock } from '@f2f/core/testing'
import { describe, expect, test } from 'vitest'
import { createSimulator, FAULTS } from '../../src/index.ts'

const SECOND = 1_000
const SCENARIOS = ['00', '03', '09', '04', '05', '20', '21', '30', '31', '32', '33']
const METHODS = ['pay', 'precreate', 'query', 'cancel', 'refund', 'refundQuery']

/** A merchant of an ISV, and everything that must never be shown. */
const open = () => {
  const clock = new SimulatedClock()
  const encryptKey = Buffer.from('0123456789abcdef').toString('base64')
  const simulator = createSimulator({
    clock,
    apps: [{ encryptKey, isIsv: true }],
    merchants: [{ userId: '2088000000000009' }],
    faults: METHODS.flatMap((method) =>
      FAULTS.map((fault) => ({ method, when: 'after' as const, fault, probability: 0.1 })),
    ),
    notify: {
      send: async (request) => {
        const body = new Uint8Array(await request.arrayBuffer())
        const contentType = request.headers.get('content-type') ?? undefined
        const forged = Buffer.from(body).toString().replace('sign=', 'sign=AAAA')
        await cashier.handleNotify(forged, { contentType })
        return new Response((await cashier.handleNotify(body, { contentType })).reply)
      },
    },
  })
  const token = simulator.authorise(simulator.appId, '2088000000000009')
  const alipay = createAlipay({
    appId: simulator.appId,
    privateKey: simulator.appPrivateKey,
    alipayPublicKey: simulator.alipayPublicKey,
    encryptKey,
    gateway: 'http://alipay.test/gateway.do',
    notifyUrl: 'http://shop.test/notify',
    transport: simulator.transport,
    clock,
  })
  const cashier = createCashier({
    alipay,
    clock,
    merchants: () => ({ appAuthToken: token }),
    onProblem: () => undefined,
    onSettled: ({ outTradeNo }) => {
      if (outTradeNo.endsWith('00')) throw new Error('the shop was busy')
    },
  })
  const bare = (key: string) => key.replace(/-----[^-]+-----|\s/g, '')
  const secrets = [bare(simulator.appPrivateKey), bare(simulator.alipayPublicKey), encryptKey, token]
  return { clock, simulator, alipay, cashier, secrets }
}

describe('what the channels tell', () => {
  test('of every scenario, with everything failing now and then, holds no key, token, payment code or buyer', async () => {
    const told: unknown[] = []
    const names = ['call', 'transition', 'verify', 'notification', 'delivery', 'problem'] as const
    const heard = new Map<string, number>()
    const stops = [
      observe(
        Object.fromEntries(
          names.map((name) => [
            name,
            (message: unknown) => {
              heard.set(name, (heard.get(name) ?? 0) + 1)
              // As it was at that moment, with what no JSON shows: causes, hidden members, symbols.
              told.push(inspect(message, { depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null }))
            },
          ]),
        ),
      ),
      logPayments({
        info: (...line) => told.push(inspect(line, { depth: 20 })),
        warn: (...line) => told.push(inspect(line, { depth: 20 })),
        error: (...line) => told.push(inspect(line, { depth: 20 })),
      }),
    ]
    const { clock, simulator, alipay, cashier, secrets } = open()
    const codes: string[] = []
    const order = (outTradeNo: string) => ({ outTradeNo, totalAmount: '1.00', subject: 'soak', merchantId: 'M1' })
    for (const [index, scenario] of SCENARIOS.entries()) {
      const authCode = `2812345678${String(index).padStart(6, '7')}${scenario}`
      codes.push(authCode)
      await cashier.start({ ...order(`D${scenario}`), authCode })
    }
    const offering = cashier.offer(order('Q1'))
    await clock.advance(600 * SECOND)
    const { qrCode } = await offering
    for await (const payment of cashier.list()) {
      if (!isSettled(payment) || payment.status !== 'paid') continue
      const refunding = cashier.refund({ outTradeNo: payment.outTradeNo, outRequestNo: 'R1', refundAmount: '0.40' })
      await clock.advance(30 * SECOND)
      await refunding
    }
    // Its reply holds a token.
    const renewed = alipay.appAuthToken({ grant_type: 'authorization_code', code: 'an-authorisation-code' })
    await Promise.all([renewed.catch(() => undefined), clock.advance(30 * SECOND)])
    for (const stop of stops) stop()
    await cashier.close()
    simulator.close()

    expect([...heard.keys()].sort()).toEqual([...names].sort())
    const all = told.join('\n')
    const buyer = ['2088002123336273', '138****0000', '小明']
    const forbidden = [
      ...secrets,
      ...codes,
      ...buyer,
      'an-authorisation-code',
      ...(qrCode === undefined ? [] : [qrCode]),
    ]
    expect(forbidden.filter((secret) => all.includes(secret))).toEqual([])
    expect(all).not.toMatch(/PRIVATE KEY|sign=|app_auth_token/)
  })
})
