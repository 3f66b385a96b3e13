import { describe, expect, test } from 'vitest'
import {
  type CashierOptions,
  createCashier,
  memoryStore,
  type Payment,
  type PaymentStore,
  timerWakeups,
  type Wakeups,
} from '../../src/index.ts'
import { cancelled, NO_TRADE, order, PAID, ScriptedGateway, status } from './scripted-gateway.ts'

const SECOND = 1_000
const REFUND = { outRequestNo: 'R1', refundAmount: '0.30' }
const REFUNDED = { code: '10000', msg: 'Success', fund_change: 'Y', refund_fee: '0.30' }

/** Processes that share a store and, as with a queue, their wake-ups: whoever works is woken. */
const backEnd = (script: ConstructorParameters<typeof ScriptedGateway>[0]) => {
  const gateway = new ScriptedGateway(script)
  const { clock } = gateway
  const store = memoryStore()
  const shared = timerWakeups({ clock })
  const plansOnly: Wakeups = { ...shared, start: () => undefined, close: async () => undefined }
  const heard: string[] = []
  const problems: unknown[] = []
  const open = (options: Omit<CashierOptions, 'alipay'>) =>
    createCashier({ alipay: gateway.client(), clock, store, onProblem: (error) => problems.push(error), ...options })
  const handlers = {
    onSettled: ({ outTradeNo, status, version }: Payment) => void heard.push(`${outTradeNo} ${status} ${version}`),
    onRefund: ({ outRequestNo, status }: { outRequestNo: string; status: string }) =>
      void heard.push(`${outRequestNo} ${status}`),
  }
  return { gateway, clock, store, heard, problems, open, handlers, shared, plansOnly }
}

describe("a process whose handlers are 'elsewhere'", () => {
  test('leaves what it settles to the workers, which are woken for it at once', async () => {
    const { open, plansOnly, shared, handlers, heard, clock, problems } = backEnd({ pay: PAID, refund: REFUNDED })
    const api = open({ wakeups: plansOnly, onSettled: 'elsewhere', onRefund: 'elsewhere' })
    const worker = open({ wakeups: shared, ...handlers })
    const { outTradeNo } = await api.pay(order())
    await clock.advance(100)
    expect(heard).toEqual([`${outTradeNo} paid 3`])
    await api.refund({ outTradeNo, ...REFUND })
    await clock.advance(100)
    expect(heard).toEqual([`${outTradeNo} paid 3`, 'R1 succeeded'])
    expect(await api.find(outTradeNo)).toMatchObject({ reports: [], dueAt: undefined })
    expect(problems).toEqual([])
    await Promise.all([api.close(), worker.close()])
  })

  test('keeps the report for a worker that comes later, and is not kept awake by it', async () => {
    const { open, handlers, heard, clock, store } = backEnd({ pay: PAID })
    let looks = 0
    const counted: PaymentStore = {
      ...store,
      find(outTradeNo) {
        looks++
        return store.find(outTradeNo)
      },
    }
    const api = open({ store: counted, onSettled: 'elsewhere' })
    await api.recover()
    const { outTradeNo, version } = await api.pay(order())
    const before = looks
    await clock.advance(600 * SECOND)
    expect(await store.find(outTradeNo)).toMatchObject({ version, reports: [{ kind: 'settled', attempts: 0 }] })
    // Its own wake-up, and one of each sweep.
    expect(looks - before).toBeLessThan(25)
    const worker = open(handlers)
    expect(await worker.recover()).toBe(1)
    await clock.advance(SECOND)
    expect(heard).toHaveLength(1)
    await Promise.all([api.close(), worker.close()])
  })

  test('is found by the sweep of another process, when they share nothing but the store', async () => {
    const { open, handlers, heard, clock } = backEnd({ pay: PAID })
    const api = open({ onSettled: 'elsewhere' })
    const worker = open(handlers)
    await Promise.all([api.recover(), worker.recover()])
    await api.pay(order())
    await clock.advance(60 * SECOND)
    expect(heard).toHaveLength(1)
    await Promise.all([api.close(), worker.close()])
  })

  test('still looks again at what may arrive late', async () => {
    const script = { pay: 'drop', query: NO_TRADE, cancel: cancelled() } as const
    const { open, gateway, heard, handlers, clock } = backEnd({ ...script })
    const api = open({ onSettled: 'elsewhere' })
    const { outTradeNo } = await api.start(order())
    await clock.advance(62 * SECOND)
    expect(await api.find(outTradeNo)).toMatchObject({ status: 'closed', reports: [{ kind: 'settled' }] })
    gateway.script.query = [status('TRADE_SUCCESS'), status('TRADE_CLOSED')]
    gateway.script.cancel = cancelled('refund')
    await clock.advance(400 * SECOND)
    expect(await api.find(outTradeNo)).toMatchObject({ status: 'reversed', reports: [{ kind: 'settled' }] })
    const worker = open(handlers)
    await worker.recover()
    await clock.advance(SECOND)
    expect(heard).toEqual([expect.stringContaining('reversed')])
    await Promise.all([api.close(), worker.close()])
  })

  test.each([
    ['onRefund', { onSettled: 'elsewhere' }],
    ['onSettled', { onRefund: 'elsewhere' }],
  ] as const)('leaves %s to them, too, when it does not say', async (_, options) => {
    const { open, handlers, heard, clock } = backEnd({ pay: PAID, refund: REFUNDED })
    const api = open(options)
    const { outTradeNo } = await api.pay(order())
    await api.refund({ outTradeNo, ...REFUND })
    const worker = open(handlers)
    await worker.recover()
    await clock.advance(SECOND)
    expect(heard).toEqual([expect.stringContaining('paid'), 'R1 succeeded'])
    await Promise.all([api.close(), worker.close()])
  })

  test('may tell the one and leave the other', async () => {
    const { open, handlers, heard, clock, store } = backEnd({ pay: PAID, refund: REFUNDED })
    const api = open({ onSettled: handlers.onSettled, onRefund: 'elsewhere' })
    const { outTradeNo } = await api.pay(order())
    await api.refund({ outTradeNo, ...REFUND })
    await clock.advance(SECOND)
    expect(heard).toEqual([expect.stringContaining('paid')])
    expect(await store.find(outTradeNo)).toMatchObject({ reports: [{ kind: 'refund', outRequestNo: 'R1' }] })
    await api.close()
  })

  test.each(['onSettled', 'onRefund'])('is not made from a slip of the pen in %s', (field) => {
    const { open } = backEnd({})
    const details = { field, rule: "a function, or 'elsewhere'" }
    expect(() => open({ [field]: 'elswhere' })).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', details }))
  })
})
