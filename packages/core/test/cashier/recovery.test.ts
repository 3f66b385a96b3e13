import { describe, expect, test } from 'vitest'
import {
  completePolicy,
  createCashier,
  memoryStore,
  type PaymentStore,
  prepareBarcode,
  transition,
  type WakeupPlan,
  type Wakeups,
} from '../../src/index.ts'
import { ScriptedGateway } from './scripted-gateway.ts'

const quiet = async () => undefined
const IDLE: Wakeups = { schedule: () => undefined, start: quiet, close: quiet }

const storeWith = async (payments: number, at: number): Promise<PaymentStore> => {
  const store = memoryStore()
  const policy = completePolicy()
  for (let index = 0; index < payments; index++) {
    const order = { outTradeNo: `R${index}`, authCode: '280000000000000000', totalAmount: '8.88', subject: 'Tea' }
    await store.insert(transition(prepareBarcode(order, policy, at).payment, { type: 'start', at }, policy).payment)
  }
  return store
}

const shop = async (payments: number, wakeups: Partial<Wakeups>, given: Partial<PaymentStore> = {}) => {
  const gateway = new ScriptedGateway({})
  const { clock } = gateway
  const problems: unknown[] = []
  const onProblem = (problem: unknown) => void problems.push(problem)
  const store = { ...(await storeWith(payments, clock.now())), ...given }
  const cashier = createCashier({ alipay: gateway.client(), clock, store, wakeups: { ...IDLE, ...wakeups }, onProblem })
  return { clock, problems, store, cashier }
}

describe('recover', () => {
  test('resolves only when the wake-ups have taken every plan', async () => {
    const waiting: (() => void)[] = []
    const planned: string[] = []
    const { cashier, clock } = await shop(3, {
      schedule: (outTradeNo) =>
        new Promise<void>((resolve) => {
          waiting.push(() => {
            planned.push(outTradeNo)
            resolve()
          })
        }),
    })
    let isOver = false
    const recovering = cashier.recover().finally(() => {
      isOver = true
    })
    await clock.settle()
    expect({ asked: waiting.length, isOver }).toEqual({ asked: 3, isOver: false })
    for (const take of waiting) take()
    expect(await recovering).toBe(3)
    expect(planned.toSorted()).toEqual(['R0', 'R1', 'R2'])
    await cashier.close()
  })

  test('plans in pieces where the wake-ups can, each payment once, with its own time', async () => {
    const pieces: (readonly WakeupPlan[])[] = []
    const { cashier, store } = await shop(2_500, { scheduleMany: (plans) => void pieces.push(plans) })
    expect(await cashier.recover()).toBe(2_500)
    expect(pieces.map(({ length }) => length)).toEqual([1_000, 1_000, 500])
    const plans = pieces.flat()
    expect(new Set(plans.map(({ outTradeNo }) => outTradeNo)).size).toBe(2_500)
    for (const { outTradeNo, at } of plans) expect(at).toEqual((await store.find(outTradeNo))?.dueAt)
    await cashier.close()
  })

  test('reads no further than the wake-ups follow', async () => {
    let read = 0
    let take = (): void => undefined
    const inner = await storeWith(5_000, 0)
    const { cashier, clock } = await shop(
      0,
      { scheduleMany: () => new Promise<void>((resolve) => (take = resolve)) },
      {
        async *list(filter) {
          for await (const payment of inner.list(filter)) {
            read++
            yield payment
          }
        },
      },
    )
    const recovering = cashier.recover()
    await clock.settle()
    expect(read).toBe(2_000)
    for (let piece = 0; piece < 5; piece++) {
      take()
      await clock.settle()
    }
    expect(await recovering).toBe(5_000)
    await cashier.close()
  })

  test('tells of a plan that fails, and goes on with the others', async () => {
    const planned: string[] = []
    const { cashier, problems } = await shop(1_500, {
      schedule(outTradeNo) {
        if (outTradeNo === 'R7') throw new Error('the queue is full')
        planned.push(outTradeNo)
      },
    })
    expect(await cashier.recover()).toBe(1_500)
    expect(planned).toHaveLength(1_499)
    expect(problems).toEqual([new Error('the queue is full')])
    await cashier.close()
  })

  test('waits only so long for a queue that hangs, says so, and leaves the rest to the sweep', async () => {
    const asked: string[] = []
    const { cashier, clock, problems } = await shop(3_000, {
      schedule: (outTradeNo) => {
        asked.push(outTradeNo)
        return new Promise<void>(() => undefined)
      },
    })
    const recovering = cashier.recover()
    await clock.advance(completePolicy().callTimeout)
    expect(await recovering).toBe(3_000)
    expect(asked).toHaveLength(1_000)
    expect(problems.map(String)).toEqual([expect.stringContaining('not planned within 10000 ms')])
    await cashier.close()
  })

  test('rejects when the store is away, and has planned what could be read', async () => {
    const inner = await storeWith(3, 0)
    const planned: string[] = []
    const { cashier } = await shop(
      0,
      { schedule: (outTradeNo) => void planned.push(outTradeNo) },
      {
        async *list(filter) {
          yield* inner.list({ ...filter, limit: 2 })
          throw new Error('connection reset')
        },
      },
    )
    await expect(cashier.recover()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(planned).toHaveLength(2)
    await cashier.close()
  })
})
