import { describe, expect, test } from 'vitest'
import { createCashier, memoryStore, type PaymentStore } from '../../src/index.ts'
import {
  type Answer,
  cancelled,
  NO_TRADE,
  order,
  PAID,
  problem,
  ScriptedGateway,
  status,
  WAIT,
} from './scripted-gateway.ts'

const SECOND = 1_000
const quiet = () => undefined

/** Several processes: several cashiers on one store. */
const shop = (script: Record<string, Answer | Answer[]>, store: PaymentStore = memoryStore()) => {
  const gateway = new ScriptedGateway(script)
  const open = () => createCashier({ alipay: gateway.client(), clock: gateway.clock, store, onProblem: quiet })
  return { gateway, store, open }
}

describe('the same order number', () => {
  test('with the same content is the same payment: pay is sent once', async () => {
    const { gateway, open } = shop({ pay: PAID })
    const cashiers = [open(), open(), open()]
    const again = order()
    const settled = await Promise.all(cashiers.flatMap((cashier) => [cashier.pay(again), cashier.pay(again)]))
    expect(new Set(settled.map(({ status }) => status))).toEqual(new Set(['paid']))
    expect(gateway.counts).toEqual({ pay: 1 })
  })

  test.each([
    ['amount', { totalAmount: '2.00' }],
    ['subject', { subject: 'coffee' }],
    ['payment code', { authCode: '289999999999999999' }],
    ['payment code with the same ends', { authCode: '281111111111113456' }],
    ['store', { storeId: 'S2' }],
    ['extra member', { extra: { goods_detail: [{ goods_id: 'g', goods_name: 'n', quantity: 1, price: '1.00' }] } }],
  ])('with another %s is a conflict, and nothing is sent', async (_, change) => {
    const { gateway, open } = shop({ pay: PAID })
    const cashier = open()
    const first = order()
    await cashier.pay(first)
    await expect(cashier.start({ ...first, ...change })).rejects.toMatchObject({
      code: 'PAYMENT_CONFLICT',
      moneyMayHaveMoved: false,
    })
    expect(gateway.counts).toEqual({ pay: 1 })
  })

  test('amounts that differ only in form are the same', async () => {
    const { open } = shop({ pay: PAID })
    const cashier = open()
    const first = order()
    const paid = await cashier.pay(first)
    expect((await cashier.start({ ...first, totalAmount: '1' })).outTradeNo).toBe(paid.outTradeNo)
  })
})

describe('several processes', () => {
  test('polling the same payment come to one outcome', async () => {
    const { gateway, open, store } = shop({ pay: WAIT, query: [status('WAIT_BUYER_PAY'), status('TRADE_SUCCESS')] })
    const cashiers = [open(), open(), open()]
    const { outTradeNo } = await (cashiers[0]?.start(order()) ?? Promise.reject())
    await Promise.all(cashiers.map((cashier) => cashier.recover()))
    await gateway.clock.advance(20 * SECOND)
    expect(await store.find(outTradeNo)).toMatchObject({ status: 'paid' })
    expect(gateway.counts.pay).toBe(1)
    await Promise.all(cashiers.map((cashier) => cashier.close()))
  })

  test('a till at one process sees what another process did', async () => {
    const { gateway, store } = shop({ pay: WAIT })
    const { subscribe: _, ...shared }: PaymentStore = store
    const { open } = shop({}, shared)
    const there = createCashier({ alipay: gateway.client(), clock: gateway.clock, store: shared })
    const here = open()
    const { outTradeNo } = await there.start(order())
    const seen: string[] = []
    const watching = (async () => {
      for await (const payment of createCashier({
        alipay: gateway.client(),
        clock: gateway.clock,
        store: shared,
      }).watch(outTradeNo))
        seen.push(payment.status)
    })()
    await gateway.clock.settle()
    gateway.script.cancel = cancelled('close')
    await there.cancel(outTradeNo)
    await gateway.clock.advance(2 * SECOND)
    await watching
    expect(seen.at(-1)).toBe('closed')
    await here.close()
  })
})

describe('after a crash', () => {
  test('a payment whose pay was sent is found paid', async () => {
    const { gateway, store, open } = shop({ pay: 'hang', query: status('TRADE_SUCCESS') })
    const { outTradeNo } = await open().start(order())
    const heir = createCashier({ alipay: gateway.client(), clock: gateway.clock, store })
    expect(await heir.recover()).toBe(1)
    await gateway.clock.advance(16 * SECOND)
    expect(await store.find(outTradeNo)).toMatchObject({ status: 'paid' })
    expect(gateway.counts.pay).toBe(1)
    await heir.close()
  })

  test('a payment that never reached Alipay is closed after its time, and pay is never sent again', async () => {
    const { gateway, store, open } = shop({ pay: PAID, query: NO_TRADE, cancel: cancelled() })
    const { transition, prepareBarcode, completePolicy } = await import('../../src/index.ts')
    const policy = completePolicy()
    const prepared = prepareBarcode(order(), policy, gateway.clock.now())
    const { payment } = transition(prepared.payment, { type: 'start', at: gateway.clock.now() }, policy)
    await store.insert(payment)
    const heir = open()
    await heir.recover()
    await gateway.clock.advance(70 * SECOND)
    expect(await store.find(payment.outTradeNo)).toMatchObject({ status: 'closed' })
    expect(gateway.counts.pay).toBeUndefined()
    await heir.close()
  })

  test('the sweep finds what no wake-up is planned for', async () => {
    const { gateway, store, open } = shop({ pay: WAIT, query: status('TRADE_SUCCESS') })
    const deaf = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      store,
      wakeups: { schedule: quiet, start: quiet, close: async () => undefined },
    })
    const sweeping = open()
    await sweeping.recover()
    const { outTradeNo } = await deaf.start(order())
    await gateway.clock.advance(61 * SECOND)
    expect(await store.find(outTradeNo)).toMatchObject({ status: 'paid' })
    await sweeping.close()
  })

  test('with the clock set back an hour goes on by itself', async () => {
    const { gateway, store, open } = shop({ pay: WAIT, query: status('WAIT_BUYER_PAY'), cancel: cancelled('close') })
    const { outTradeNo } = await open().start(order())
    await gateway.clock.settle()
    gateway.clock.set(gateway.clock.now() - 3_600 * SECOND)
    const heir = open()
    await heir.recover()
    await gateway.clock.advance(900 * SECOND)
    expect(await store.find(outTradeNo)).toMatchObject({ status: 'closed' })
    await heir.close()
  })
})

describe('a store that fails', () => {
  test('before the payment is journalled: nothing is sent', async () => {
    const store = memoryStore()
    store.insert = async () => {
      throw new Error('connection refused')
    }
    const { gateway, open } = shop({ pay: PAID }, store)
    await expect(open().start(order())).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(gateway.calls).toEqual([])
  })

  test('after the money moved: the truth is found again when it is back', async () => {
    const store = memoryStore()
    const { replace } = store
    let down = true
    store.replace = async (next, version) => {
      if (down) throw new Error('connection reset')
      return replace(next, version)
    }
    const { gateway, open } = shop({ pay: PAID, query: status('TRADE_SUCCESS') }, store)
    const cashier = open()
    const { outTradeNo } = await cashier.start(order())
    await gateway.clock.advance(60 * SECOND)
    expect(await store.find(outTradeNo)).toMatchObject({ status: 'paying' })
    down = false
    await gateway.clock.advance(10 * SECOND)
    expect(await store.find(outTradeNo)).toMatchObject({ status: 'paid' })
    expect(gateway.counts.pay).toBe(1)
  })

  test('while payments are listed says so in its one way', async () => {
    const store = memoryStore()
    store.list = () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('cursor lost')) }) })
    const { open } = shop({ pay: PAID }, store)
    await expect(open().recover()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  })

  test('wake-ups that cannot be planned fail no payment', async () => {
    const problems: unknown[] = []
    const gateway = new ScriptedGateway({ pay: PAID })
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      onProblem: (error) => void problems.push(error),
      wakeups: {
        schedule: () => Promise.reject(new Error('redis is away')),
        start: quiet,
        close: async () => undefined,
      },
    })
    expect((await cashier.pay(order())).status).toBe('paid')
    expect(problems.length).toBeGreaterThan(0)
  })
})

describe('a cashier made wrongly', () => {
  test.each([undefined, {}, { alipay: {} }])('(%o) is refused by name', (options) => {
    expect(() => createCashier(options as never)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', details: expect.objectContaining({ field: 'alipay' }) }),
    )
  })

  test('told of problems by something that fails itself goes on', async () => {
    const gateway = new ScriptedGateway({ pay: PAID })
    const rejecting = (): void => Promise.reject(new Error('the log is full')) as unknown as undefined
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      onProblem: rejecting,
      onSettled: () => {
        throw new Error('not now')
      },
    })
    expect((await cashier.pay(order())).status).toBe('paid')
    await cashier.idle()
  })

  test('says that money may have moved when a refund was made but could not be written down', async () => {
    const store = memoryStore()
    const { gateway, open } = shop({ pay: PAID, refund: { code: '10000', msg: 'Success', fund_change: 'Y' } }, store)
    const cashier = open()
    const { outTradeNo } = await cashier.pay(order())
    const { replace } = store
    let writes = 0
    store.replace = async (next, version) => {
      if (++writes > 1) throw new Error('disk full')
      return replace(next, version)
    }
    await expect(cashier.refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '1.00' })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      moneyMayHaveMoved: true,
    })
    expect(gateway.counts.refund).toBe(1)
  })
})

describe('bad orders', () => {
  test.each([
    ['amount 0', { totalAmount: '0' }, 'total_amount'],
    ['a negative amount', { totalAmount: '-1' }, 'total_amount'],
    ['three decimals', { totalAmount: '1.001' }, 'total_amount'],
    ['an exponent', { totalAmount: '1e2' }, 'total_amount'],
    ['no number', { totalAmount: 'abc' }, 'total_amount'],
    ['too much', { totalAmount: '100000000.01' }, 'total_amount'],
    ['a WeChat code', { authCode: '131234567890123456' }, 'auth_code'],
    ['a UnionPay code', { authCode: '6212345678901234567' }, 'auth_code'],
    ['a code with blanks', { authCode: '28 1234567890123456' }, 'auth_code'],
    ['a long number', { outTradeNo: 'x'.repeat(65) }, 'out_trade_no'],
    ['a number with -', { outTradeNo: 'a-b' }, 'out_trade_no'],
    ['a subject with /=&', { subject: 'a/b' }, 'subject'],
    ['1 MB of subject', { subject: 'x'.repeat(1 << 20) }, 'subject'],
  ])('%s is refused by name before anything is journalled or sent', async (_, change, field) => {
    const { gateway, store, open } = shop({ pay: PAID })
    await expect(open().pay(order(change))).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      details: { field },
      moneyMayHaveMoved: false,
    })
    expect(gateway.calls).toEqual([])
    for await (const payment of store.list()) expect(payment).toBeUndefined()
  })

  test('a merchant nobody knows is refused', async () => {
    const { open } = shop({ pay: PAID })
    await expect(open().start(order({ merchantId: 'm' }))).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
  })

  test('each merchant’s payments carry its own token, in every later call', async () => {
    const tokens: (string | null)[] = []
    const gateway = new ScriptedGateway({ pay: WAIT, query: status('TRADE_SUCCESS') })
    const alipay = gateway.client({
      transport: (request) => {
        tokens.push(new URL(request.url).searchParams.get('app_auth_token'))
        return gateway.transport(request)
      },
    })
    const cashier = createCashier({
      alipay,
      clock: gateway.clock,
      merchants: (id) => ({ appAuthToken: `token-of-${id}` }),
    })
    const { outTradeNo } = await cashier.start(order({ merchantId: 'm1' }))
    await gateway.clock.advance(6 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'paid', merchantId: 'm1' })
    expect(tokens).toEqual(['token-of-m1', 'token-of-m1'])
  })
})

describe('a merchant that takes long to look up', () => {
  test('costs the buyer none of the time', async () => {
    const { gateway, store } = shop({ pay: WAIT, query: status('WAIT_BUYER_PAY') })
    const { clock } = gateway
    const cashier = createCashier({
      alipay: gateway.client(),
      clock,
      store,
      merchants: () =>
        new Promise((resolve) => void clock.setTimeout(() => resolve({ appAuthToken: 't' }), 7 * SECOND)),
    })
    const starting = cashier.start(order({ merchantId: 'm1' }))
    const calledAt = clock.now()
    await clock.advance(7 * SECOND)
    const { createdAt, deadlineAt } = await starting
    expect([createdAt.getTime() - calledAt, deadlineAt.getTime() - calledAt]).toEqual([7 * SECOND, 67 * SECOND])
  })
})

describe('a gateway that refuses the caller', () => {
  test('a signed refusal of the whole request fails the payment', async () => {
    const { open } = shop({ pay: problem('isv.insufficient-isv-permissions', '40006') })
    expect(await open().pay(order())).toMatchObject({ status: 'failed', failure: { code: '40006' } })
  })
})
