import { describe, expect, test } from 'vitest'
import {
  completePolicy,
  createCashier,
  memoryStore,
  type PaymentStore,
  prepareBarcode,
  transition,
} from '../../src/index.ts'
import { cancelled, NO_TRADE, order, PAID, ScriptedGateway, status, WAIT } from './scripted-gateway.ts'

const SECOND = 1_000
const quiet = () => undefined
const REFUNDED = { code: '10000', msg: 'Success', fund_change: 'Y', refund_fee: '0.30' }

/** A store whose connection breaks once, after the next write is done and before that is said. */
const losingAnswers = () => {
  const inner = memoryStore()
  let losing = false
  const answer = <T>(written: T): T => {
    if (!losing) return written
    losing = false
    throw new Error('connection reset')
  }
  const store: PaymentStore = {
    ...inner,
    insert: async (payment) => answer(await inner.insert(payment)),
    replace: async (next, expectedVersion) => answer(await inner.replace(next, expectedVersion)),
  }
  return {
    store,
    loseNext: () => {
      losing = true
    },
  }
}

describe('a change that was written, though the store could not say so', () => {
  test('a refund is said to be possibly under way, and the same one again is that one', async () => {
    const { store, loseNext } = losingAnswers()
    const gateway = new ScriptedGateway({ pay: PAID, refund: REFUNDED })
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock, store, onProblem: quiet })
    await cashier.recover()
    const { outTradeNo } = await cashier.pay(order())
    const request = { outTradeNo, outRequestNo: 'R1', refundAmount: '0.30' }
    loseNext()
    await expect(cashier.refund(request)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', moneyMayHaveMoved: true })
    await gateway.clock.advance(60 * SECOND)
    expect(await cashier.refund(request)).toMatchObject({ status: 'succeeded' })
    expect(gateway.counts.refund).toBe(1)
    await cashier.close()
  })

  test('a cancel is said to be possibly under way, and goes on by itself', async () => {
    const { store, loseNext } = losingAnswers()
    const gateway = new ScriptedGateway({
      pay: WAIT,
      query: status('WAIT_BUYER_PAY'),
      cancel: cancelled('refund'),
    })
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock, store, onProblem: quiet })
    await cashier.recover()
    const { outTradeNo } = await cashier.start(order())
    await gateway.clock.settle()
    loseNext()
    await expect(cashier.cancel(outTradeNo)).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      moneyMayHaveMoved: true,
    })
    await gateway.clock.advance(20 * SECOND)
    expect(await cashier.find(outTradeNo)).toMatchObject({ status: 'reversed' })
    await cashier.close()
  })

  test('a refund goes on by itself, without a sweep', async () => {
    const { store, loseNext } = losingAnswers()
    const gateway = new ScriptedGateway({ pay: PAID, refund: REFUNDED })
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock, store, onProblem: quiet })
    const { outTradeNo } = await cashier.pay(order())
    await gateway.clock.advance(60 * SECOND)
    loseNext()
    await cashier.refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '0.30' }).catch(quiet)
    await gateway.clock.advance(60 * SECOND)
    expect((await cashier.find(outTradeNo))?.refunds).toMatchObject([{ status: 'succeeded' }])
    await cashier.close()
  })

  test('a payment is never sent, and comes to an end by itself, without a sweep', async () => {
    const { store, loseNext } = losingAnswers()
    const gateway = new ScriptedGateway({ query: NO_TRADE, cancel: cancelled() })
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock, store, onProblem: quiet })
    const ordered = order()
    loseNext()
    await expect(cashier.pay(ordered)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', moneyMayHaveMoved: false })
    await gateway.clock.advance(120 * SECOND)
    expect(await cashier.find(ordered.outTradeNo)).toMatchObject({ status: 'closed' })
    expect(gateway.counts.pay).toBeUndefined()
    await cashier.close()
  })

  test('a store that could not even be read has changed nothing', async () => {
    const store: PaymentStore = { ...memoryStore(), find: () => Promise.reject(new Error('connection refused')) }
    const gateway = new ScriptedGateway({})
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock, store, onProblem: quiet })
    const refund = cashier.refund({ outTradeNo: 'A1', outRequestNo: 'R1', refundAmount: '0.30' })
    await expect(refund).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', moneyMayHaveMoved: false })
    await cashier.close()
  })
})

describe('a store that is away while somebody waits', () => {
  test('whoever waits for a payment hears how it ended, though the store could not show it at first', async () => {
    const inner = memoryStore()
    let away = 3
    const store: PaymentStore = {
      ...inner,
      find: (outTradeNo) => (away-- > 0 ? Promise.reject(new Error('connection refused')) : inner.find(outTradeNo)),
      // A store that tells of changes is not looked at again and again.
      subscribe: () => quiet,
    }
    const gateway = new ScriptedGateway({ pay: PAID })
    const problems: unknown[] = []
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      store,
      onProblem: (error) => problems.push(error),
    })
    const paid = cashier.pay(order())
    await gateway.clock.advance(5 * SECOND)
    expect(await paid).toMatchObject({ status: 'paid' })
    expect(problems[0]).toMatchObject({ code: 'STORE_UNAVAILABLE' })
    await cashier.close()
  })
})

describe('the sweep', () => {
  test('reaches a payment behind any number of others that cannot go on', async () => {
    const store = memoryStore()
    const gateway = new ScriptedGateway({ query: status('TRADE_SUCCESS') })
    const { clock } = gateway
    const policy = completePolicy()
    const lost = async (over: Record<string, unknown>): Promise<string> => {
      const { payment } = prepareBarcode(order(over), policy, clock.now())
      await store.insert(transition(payment, { type: 'start', at: clock.now() }, policy).payment)
      return payment.outTradeNo
    }
    // Each wake-up of a payment whose merchant has left fails, and it stays the one longest due.
    const woken: string[] = []
    const wakeups = {
      schedule: (outTradeNo: string) => void woken.push(outTradeNo),
      start: quiet,
      close: async () => undefined,
    }
    const cashier = createCashier({ alipay: gateway.client(), clock, store, wakeups, onProblem: quiet })
    await cashier.recover()
    for (let index = 0; index < 1_200; index++) await lost({ merchantId: 'LEFT' })
    await clock.advance(SECOND)
    const outTradeNo = await lost({})
    await clock.advance(90 * SECOND)
    expect(woken).toContain(outTradeNo)
    await cashier.close()
  })

  test.each([
    ['refuses', () => Promise.reject(new Error('connection refused'))],
    ['hangs', () => new Promise<void>(quiet)],
  ])('looks after the payments itself while a queue %s', async (_, schedule) => {
    const gateway = new ScriptedGateway({ pay: WAIT, query: [status('WAIT_BUYER_PAY'), status('TRADE_SUCCESS')] })
    const wakeups = { schedule, start: quiet, close: async () => undefined }
    const problems: string[] = []
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      wakeups,
      onProblem: (error) => problems.push(String(error)),
    })
    await cashier.recover()
    const paid = cashier.pay(order())
    await gateway.clock.advance(90 * SECOND)
    expect(await paid).toMatchObject({ status: 'paid' })
    expect(problems.length).toBeGreaterThan(0)
    await cashier.close()
  })

  test('begins although the store was away when the cashier recovered', async () => {
    const inner = memoryStore()
    let away = true
    const store: PaymentStore = {
      ...inner,
      async *list(filter) {
        if (away) throw new Error('connection refused')
        yield* inner.list(filter)
      },
    }
    const gateway = new ScriptedGateway({ query: status('TRADE_SUCCESS') })
    const policy = completePolicy()
    const { payment } = prepareBarcode(order(), policy, gateway.clock.now())
    await inner.insert(transition(payment, { type: 'start', at: gateway.clock.now() }, policy).payment)
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock, store, onProblem: quiet })
    await expect(cashier.recover()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    away = false
    await gateway.clock.advance(90 * SECOND)
    expect(await cashier.find(payment.outTradeNo)).toMatchObject({ status: 'paid' })
    await cashier.close()
  })
})
