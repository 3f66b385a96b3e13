import { describe, expect, test } from 'vitest'
import { allowAnyone, createHandler, type HandlerOptions } from '../../src/http/index.ts'
import { createCashier, F2fError, isF2fError, memoryStore, type PaymentStore, timerWakeups } from '../../src/index.ts'
import { order } from '../cashier/scripted-gateway.ts'
import { faults } from './described.ts'
import { simulatedShop } from './shop.ts'

const json = async (response: Response): Promise<Record<string, unknown>> => ({
  http: response.status,
  ...((await response.json()) as object),
})

const setUp = async (options: Partial<HandlerOptions> = {}, store?: PaymentStore) => {
  const problems: [string, string][] = []
  const shop = await simulatedShop(undefined, store)
  const onProblem = (error: unknown, operation: string) =>
    problems.push([isF2fError(error) ? error.code : String(error), operation])
  return { ...shop, problems, handler: createHandler({ ...shop, authenticate: allowAnyone, onProblem, ...options }) }
}

describe('health', () => {
  const health = async (options: Partial<HandlerOptions>, store?: PaymentStore) => {
    const { handler, clock, ...rest } = await setUp(options, store)
    const asked = handler(new Request('http://till/health'))
    await clock.advance(5_000)
    const response = await asked
    expect(faults({ $ref: '#/components/schemas/Health' }, await response.clone().json())).toBe('')
    return { ...rest, answer: await json(response) }
  }

  test('counts what is unfinished, and shows when Alipay was last heard', async () => {
    const shop = await simulatedShop()
    const { answer } = await health({ alipay: shop.alipay })
    expect(answer).toEqual({
      http: 200,
      status: 'ok',
      store: { status: 'ok', unfinished: 1, needsAttention: 0 },
      alipay: { lastVerifiedReplyAt: '2026-01-01T00:00:00.000Z' },
    })
  })

  test('counts no further than a hundred', async () => {
    const { handler, cashier, clock } = await setUp()
    for (let index = 0; index < 120; index++) await cashier.start(order())
    await clock.settle()
    expect(await json(await handler(new Request('http://till/health')))).toMatchObject({ store: { unfinished: 100 } })
  })

  test.each([
    ['fails', () => Promise.reject(new F2fError('STORE_UNAVAILABLE', 'It is down.')), 'STORE_UNAVAILABLE'],
    ['fails in a way of its own', () => Promise.reject(new Error('down')), undefined],
    ['never answers', () => new Promise<never>(() => undefined), undefined],
  ])('says so when the queue %s', async (_, ask, code) => {
    const { answer } = await health({ wakeups: { health: ask } })
    expect(answer).toMatchObject({
      http: 503,
      status: 'failing',
      store: { status: 'ok' },
      queue: { status: 'failing' },
    })
    expect((answer.queue as { code?: string }).code).toBe(code)
  })

  test('asks wake-ups that can say how they are, and shows their counts', async () => {
    const wakeups = { asked: 0, health: async () => ({ waiting: ++wakeups.asked, status: 7, secret: 'x' }) }
    const { answer } = await health({ wakeups })
    expect(answer).toMatchObject({ http: 200 })
    expect(answer.queue).toEqual({ status: 'ok', waiting: 1 })
  })

  test('says nothing of wake-ups that cannot say how they are', async () => {
    const { answer } = await health({ wakeups: timerWakeups() })
    expect(answer).toMatchObject({ http: 200, status: 'ok' })
    expect(answer).not.toHaveProperty('queue')
  })

  test('says so when the store fails', async () => {
    const list = () => {
      throw new F2fError('STORE_UNAVAILABLE', 'It is down.')
    }
    const { answer, problems } = await health({}, { ...memoryStore(), list })
    expect(answer).toMatchObject({
      http: 503,
      status: 'failing',
      store: { status: 'failing', code: 'STORE_UNAVAILABLE' },
    })
    expect(problems).toEqual([['STORE_UNAVAILABLE', 'health']])
  })

  test('fails as soon as the cashier closes, which takes no more payments', async () => {
    const { alipay } = await simulatedShop()
    const cashier = createCashier({ alipay })
    const { answer: before } = await health({ cashier })
    expect(before).toMatchObject({ http: 200, status: 'ok' })
    const closing = cashier.close()
    const { answer, problems } = await health({ cashier })
    expect(answer).toMatchObject({ http: 503, status: 'failing', code: 'CASHIER_CLOSED', store: { status: 'ok' } })
    expect(problems).toEqual([])
    await closing
  })

  test('asks the store once, however many ask at the same time', async () => {
    const store = memoryStore()
    let lists = 0
    const { handler } = await setUp(
      {},
      {
        ...store,
        list: (filter) => {
          lists++
          return store.list(filter)
        },
      },
    )
    await Promise.all(Array.from({ length: 50 }, () => handler(new Request('http://till/health'))))
    expect(lists).toBe(1)
    await handler(new Request('http://till/health'))
    expect(lists).toBe(2)
  })
})
