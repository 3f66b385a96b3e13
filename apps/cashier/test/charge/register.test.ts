import type { PaymentDetailView } from '@f2f/core/http'
import { describe, expect, test, vi } from 'vitest'
import { ApiProblem, Offline } from '../../src/api/problem.ts'
import type { TillApi } from '../../src/api/till-api.ts'
import { createCounter } from '../../src/charge/counter.ts'
import { storageJournal } from '../../src/charge/journal.ts'
import { createRegister } from '../../src/charge/register.ts'

const CODE = '281234567890123456'
const SCAN = { code: CODE, kind: 'alipay' } as const
const UNKNOWN = new ApiProblem(404, 'PAYMENT_NOT_FOUND', '', false)

const storage = (): Storage => {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  } as Storage
}

const view = (outTradeNo: string, over: Partial<PaymentDetailView> = {}): PaymentDetailView =>
  ({ outTradeNo, version: 1, settled: false, status: 'confirming', history: [], ...over }) as PaymentDetailView
const paid = (outTradeNo: string) => view(outTradeNo, { version: 9, settled: true, status: 'paid' })

type Answer = (outTradeNo: string) => PaymentDetailView

/** A till in one tab; its back end answers as told, and its time passes only when it is said to. */
const tab = (kept = storage(), firstNumber = 0) => {
  let at = 1_000_000
  let hex = firstNumber
  const turns: (() => void)[] = []
  const api = {
    start: vi.fn<TillApi['start']>(async () => Promise.reject(new Offline())),
    changes: vi.fn(),
  }
  const answers: { look: Answer } = {
    look: () => {
      throw UNKNOWN
    },
  }
  const settled: string[] = []
  const register = createRegister({
    api: {
      ...api,
      async *changes(outTradeNo: string) {
        yield answers.look(outTradeNo)
      },
      payment: async (outTradeNo: string) => answers.look(outTradeNo),
    } as unknown as TillApi,
    journal: storageJournal(kept),
    machine: {
      now: () => at,
      wait: (_, signal) =>
        new Promise((resolve) => {
          turns.push(resolve)
          signal?.addEventListener('abort', () => resolve())
        }),
      randomHex: (bytes) => String(++hex).padStart(bytes * 2, '0'),
    },
    subject: () => 'x',
    onSettled: ({ outTradeNo }) => settled.push(outTradeNo),
  })
  return {
    kept,
    api,
    answers,
    settled,
    register,
    counter: createCounter(register),
    journalled: () => kept.getItem('f2f.unfinished') ?? '',
    /** Lets the page look again, so many ms later. */
    async later(ms = 1_500) {
      at += ms
      for (const turn of turns.splice(0)) turn()
      await vi.waitFor(() => expect(turns.length + settled.length).toBeGreaterThan(0))
    },
  }
}

const enter = (counter: ReturnType<typeof createCounter>, amount: '5' | '7'): void => counter.press(amount)

describe('a charge', () => {
  test('is noted before it is sent, and without the code', async () => {
    const { counter, api, journalled } = tab()
    let noted = ''
    api.start.mockImplementation(async ({ outTradeNo }) => {
      noted = journalled()
      return paid(outTradeNo)
    })
    enter(counter, '5')
    counter.scan(SCAN)
    const outTradeNo = counter.shown.value?.intent.outTradeNo ?? ''
    expect(noted).toContain(outTradeNo)
    expect(noted).not.toContain(CODE)
    await vi.waitFor(() => expect(counter.shown.value?.payment?.status).toBe('paid'))
    expect(journalled()).toBe('[]')
  })

  test('the back end never heard of is told to be uncharged, and charged again under the same number', async () => {
    const { counter, api } = tab()
    enter(counter, '5')
    counter.scan(SCAN)
    await vi.waitFor(() => expect(counter.shown.value?.stage).toBe('unheard'))
    counter.rescan()
    expect(counter.amount.value).toBe('5.00')
    api.start.mockImplementation(async ({ outTradeNo }) => paid(outTradeNo))
    counter.scan(SCAN)
    await vi.waitFor(() => expect(counter.shown.value?.payment?.status).toBe('paid'))
    const [first, second] = api.start.mock.calls.map(([order]) => order.outTradeNo)
    expect(second).toBe(first)
  })

  test('refused for certain is over, and not looked for', async () => {
    const { counter, api, journalled } = tab()
    api.start.mockRejectedValue(new ApiProblem(400, 'REQUEST_INVALID', 'no', false))
    enter(counter, '5')
    counter.scan(SCAN)
    await vi.waitFor(() => expect(counter.shown.value?.stage).toBe('refused'))
    expect(journalled()).toBe('[]')
  })

  test('is not begun while another is on the screen', async () => {
    const { counter, api, answers } = tab()
    api.start.mockImplementation(async ({ outTradeNo }) => view(outTradeNo))
    answers.look = view
    enter(counter, '5')
    counter.scan(SCAN)
    await vi.waitFor(() => expect(counter.shown.value?.stage).toBe('known'))
    counter.scan(SCAN)
    expect(counter.notice.value).toBe('busy')
    expect(api.start).toHaveBeenCalledTimes(1)
  })
})

describe('a payment given up as unheard', () => {
  const givenUp = async () => {
    const till = tab()
    enter(till.counter, '5')
    till.counter.scan(SCAN)
    await vi.waitFor(() => expect(till.counter.shown.value?.stage).toBe('unheard'))
    till.counter.drop()
    expect(till.register.unfinished.value).toEqual([])
    return till
  }

  test('is shown again when a request that was on its way brought it after all', async () => {
    const { answers, later, register, settled } = await givenUp()
    answers.look = paid
    await later()
    await vi.waitFor(() => expect(settled).toHaveLength(1))
    expect(register.unfinished.value.map(({ payment }) => payment?.status)).toEqual(['paid'])
  })

  test('is forgotten when the back end still knows nothing after a minute', async () => {
    const { later, register, journalled } = await givenUp()
    await later(61_000).catch(() => undefined)
    await vi.waitFor(() => expect(register.tracked.size).toBe(0))
    expect(journalled()).toBe('[]')
  })
})

test('two tabs share what is unfinished, and neither forgets what the other noted', async () => {
  const first = tab()
  const second = tab(first.kept, 100)
  for (const { counter, amount } of [
    { counter: first.counter, amount: '5' },
    { counter: second.counter, amount: '7' },
  ] as const) {
    enter(counter, amount)
    counter.scan(SCAN)
  }
  expect(JSON.parse(first.journalled())).toHaveLength(2)
  second.answers.look = paid
  await second.later()
  await vi.waitFor(() => expect(second.settled).toHaveLength(1))
  expect(JSON.parse(first.journalled())).toMatchObject([{ totalAmount: '5.00' }])
})
