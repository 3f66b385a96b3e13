import { describe, expect, test } from 'vitest'
import {
  type Clock,
  createCashier,
  memoryStore,
  type Payment,
  type PaymentStore,
  type Wakeups,
} from '../../src/index.ts'
import { cancelled, NO_TRADE, order, PAID, ScriptedGateway, status, WAIT } from './scripted-gateway.ts'

const SECOND = 1_000
const quiet = () => undefined

describe('onSettled', () => {
  test('hears of a payment once, after it is committed', async () => {
    const gateway = new ScriptedGateway({ pay: PAID })
    const store = memoryStore()
    const heard: [Payment, Payment | undefined][] = []
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      store,
      onSettled: async (payment) => void heard.push([payment, await store.find(payment.outTradeNo)]),
    })
    const paid = await cashier.pay(order())
    await cashier.idle()
    expect(heard).toHaveLength(1)
    expect(heard[0]?.[0]).toEqual(heard[0]?.[1])
    expect(await cashier.find(paid.outTradeNo)).toMatchObject({ reports: [], dueAt: undefined })
  })

  test('that throws hears again, later and later, until it does not', async () => {
    const gateway = new ScriptedGateway({ pay: PAID })
    const times: number[] = []
    const problems: unknown[] = []
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      onProblem: (problem) => void problems.push(problem),
      onSettled: () => {
        times.push(gateway.clock.now())
        if (times.length < 4) throw new Error('the till printer is on fire')
      },
    })
    await cashier.pay(order())
    await gateway.clock.advance(60 * SECOND)
    const [first = 0] = times
    expect(times.map((at) => at - first)).toEqual([0, SECOND, 3 * SECOND, 7 * SECOND])
    expect(problems).toHaveLength(3)
  })

  test('that never ends is bounded and called again', async () => {
    const gateway = new ScriptedGateway({ pay: PAID })
    let calls = 0
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      onProblem: quiet,
      onSettled: () => (++calls === 1 ? new Promise<void>(quiet) : undefined),
    })
    await cashier.pay(order())
    await gateway.clock.advance(29 * SECOND)
    expect(calls).toBe(1)
    await gateway.clock.advance(3 * SECOND)
    expect(calls).toBe(2)
    await cashier.idle()
  })

  test('interrupted by a crash is called again by whoever recovers', async () => {
    const gateway = new ScriptedGateway({ pay: PAID })
    const store = memoryStore()
    const options = { alipay: gateway.client(), clock: gateway.clock, store, onProblem: quiet }
    const dying = createCashier({ ...options, onSettled: () => new Promise<void>(quiet) })
    const { outTradeNo } = await dying.pay(order())
    const heard: string[] = []
    const heir = createCashier({ ...options, onSettled: (payment) => void heard.push(payment.outTradeNo) })
    expect(await heir.recover()).toBe(1)
    await gateway.clock.advance(31 * SECOND)
    expect(heard).toContain(outTradeNo)
    await heir.close()
  })

  test('is not called by a process that stood still so long that another one may have been', async () => {
    const gateway = new ScriptedGateway({ pay: PAID })
    const inner = memoryStore()
    let late = 0
    const clock: Clock = {
      now: () => gateway.clock.now() + late,
      setTimeout: (fn, ms) => gateway.clock.setTimeout(fn, ms),
      hold: () => gateway.clock.hold(),
    }
    const store: PaymentStore = {
      ...inner,
      async replace(next, expectedVersion) {
        const written = await inner.replace(next, expectedVersion)
        if (next.status === 'paid' && late === 0) late = 31 * SECOND
        return written
      },
    }
    const heard: number[] = []
    const onSettled = ({ version }: Payment) => void heard.push(version)
    const cashier = createCashier({ alipay: gateway.client(), clock, store, onSettled })
    const { version } = await cashier.pay(order())
    expect(heard).toEqual([])
    await gateway.clock.advance(15 * SECOND)
    // Taken anew, which is a change of its own.
    expect(heard).toEqual([version + 1])
    await cashier.close()
  })

  test('hears the last of it last, also when it is still busy with what has changed since', async () => {
    const heard: string[] = []
    const gateway = new ScriptedGateway({ pay: 'drop', query: NO_TRADE, cancel: cancelled() })
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      onProblem: quiet,
      async onSettled({ status }) {
        if (heard.push(`${status} begins`) === 1) throw new Error('the database is away')
        if (status === 'closed') await new Promise<void>((resolve) => gateway.clock.setTimeout(resolve, 29_500))
        heard.push(`${status} ends`)
      },
    })
    await cashier.start(order())
    await gateway.clock.advance(61 * SECOND)
    // It was paid after all, and goes back while the shop is still told that it was closed.
    gateway.script.query = [status('TRADE_SUCCESS'), status('TRADE_CLOSED')]
    gateway.script.cancel = cancelled('refund')
    await gateway.clock.advance(400 * SECOND)
    expect(heard).toEqual(['closed begins', 'closed begins', 'closed ends', 'reversed begins', 'reversed ends'])
    await cashier.close()
  })
})

describe('onRefund', () => {
  test('hears how a refund that was asked for again has ended after it is done with how it failed', async () => {
    const refused = { code: '40004', msg: 'Business Failed', sub_code: 'ACQ.SELLER_BALANCE_NOT_ENOUGH', sub_msg: '' }
    const gateway = new ScriptedGateway({ pay: PAID, refund: refused })
    const heard: string[] = []
    const cashier = createCashier({
      alipay: gateway.client(),
      clock: gateway.clock,
      async onRefund({ status }) {
        heard.push(`${status} begins`)
        if (status === 'failed') await new Promise<void>((resolve) => gateway.clock.setTimeout(resolve, 5 * SECOND))
        heard.push(`${status} ends`)
      },
    })
    const { outTradeNo } = await cashier.pay(order())
    const request = { outTradeNo, outRequestNo: 'R1', refundAmount: '0.30' }
    expect(await cashier.refund(request)).toMatchObject({ status: 'failed' })
    gateway.script.refund = { code: '10000', msg: 'Success', fund_change: 'Y', refund_fee: '0.30' }
    expect(await cashier.refund(request)).toMatchObject({ status: 'succeeded' })
    await gateway.clock.advance(60 * SECOND)
    expect(heard).toEqual(['failed begins', 'failed ends', 'succeeded begins', 'succeeded ends'])
    await cashier.close()
  })
})

describe('close', () => {
  test('waits for a report under way', async () => {
    const gateway = new ScriptedGateway({ pay: PAID })
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock, onSettled: () => held })
    await cashier.pay(order())
    let closed = false
    const closing = cashier.close().then(() => {
      closed = true
    })
    await gateway.clock.advance(SECOND)
    expect(closed).toBe(false)
    release()
    await closing
  })

  test('does not wait for ever for a store that hangs, and says what it left', async () => {
    const gateway = new ScriptedGateway({ pay: PAID })
    const problems: unknown[] = []
    const store: PaymentStore = { ...memoryStore(), replace: () => new Promise(quiet) }
    // Without `hold`: time goes on while the store hangs.
    const clock: Clock = {
      now: () => gateway.clock.now(),
      setTimeout: (fn, ms) => gateway.clock.setTimeout(fn, ms),
    }
    const cashier = createCashier({
      alipay: gateway.client(),
      clock,
      store,
      onProblem: (error) => void problems.push(error),
    })
    await cashier.start(order())
    const closing = cashier.close({ within: 3 * SECOND })
    await gateway.clock.advance(3 * SECOND)
    await closing
    expect(problems).toMatchObject([{ code: 'WAIT_CASHIER_CLOSED', moneyMayHaveMoved: true }])
  })

  test('gives the queue what the last work has planned, before the queue is closed', async () => {
    const gateway = new ScriptedGateway({ pay: WAIT })
    const said: string[] = []
    const wakeups: Wakeups = {
      schedule: (outTradeNo) => void said.push(`plan ${outTradeNo}`),
      start: quiet,
      stop: async () => void said.push('stop'),
      close: async () => void said.push('close'),
    }
    const cashier = createCashier({ alipay: gateway.client(), clock: gateway.clock, wakeups })
    const { outTradeNo } = await cashier.start(order())
    await cashier.close()
    expect(said).toEqual([`plan ${outTradeNo}`, 'stop', `plan ${outTradeNo}`, 'close'])
  })
})
