import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beijingTimestamp, F2fError, type Payment, type PaymentStore } from '@f2f/core'
import type { SimulatorOptions } from '@f2f/simulator'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type CarryOver,
  type CompareDay,
  type DailyAlert,
  type DailyReconcileOptions,
  type DailyState,
  type DayResult,
  dailyReconcile,
  fileAudit,
  reconcile,
} from '../../src/index.ts'
import { temporaryFolder } from '../support/folder.ts'
import { storeOf } from '../support/rows.ts'
import { billsOf, newCode, openShop, type Shop } from '../support/shop.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
/** From the start of the tests, 10:00 of the first day, to 09:00 of the second. */
const NIGHT = 23 * HOUR

interface Watched {
  readonly shop: Shop
  readonly folder: string
  /** `day at` of every result. */
  readonly results: string[]
  readonly done: DayResult[]
  /** `kind day at` of every alert. */
  readonly alerts: string[]
  readonly start: (changes?: Partial<DailyReconcileOptions>) => ReturnType<typeof dailyReconcile>
}

const timeOf = ({ clock }: Shop): string => beijingTimestamp(clock.now()).slice(5, 16)

const watched = async (options: SimulatorOptions = {}, store?: (shop: Shop) => PaymentStore): Promise<Watched> => {
  const shop = openShop('2026-01-05T10:00:00', options)
  const folder = await temporaryFolder()
  const results: string[] = []
  const done: DayResult[] = []
  const alerts: string[] = []
  const start = (changes: Partial<DailyReconcileOptions> = {}) => {
    const run = dailyReconcile({
      ...billsOf(shop),
      store: store?.(shop) ?? shop.store,
      directory: folder,
      onResult: (result: DayResult) => {
        results.push(`${result.result.day} ${timeOf(shop)}`)
        done.push(result)
      },
      onAlert: ({ kind, day }: DailyAlert) => void alerts.push(`${kind} ${day} ${timeOf(shop)}`),
      ...changes,
    } as DailyReconcileOptions)
    onTestFinished(() => run.stop())
    return run
  }
  return { shop, folder, results, done, alerts, start }
}

/** A payment of the first day's noon that never was. */
const paidPayment = async (): Promise<Payment> => {
  const shop = openShop('2026-01-05T12:00:00')
  await sell(shop, 'T9')
  const payment = await shop.cashier.find('T9')
  if (payment === undefined) throw new Error('no payment')
  return payment
}

const sell = async ({ cashier, clock }: Shop, outTradeNo: string): Promise<void> => {
  await cashier.start({ outTradeNo, authCode: newCode('00'), totalAmount: '8.00', subject: 'tea' })
  await clock.advance(2_000)
}

/** Progress that ends with the test. */
const memoryState = (lastDay: string): DailyState => {
  let progress = { lastDay, carried: { day: lastDay, claimed: [], waiting: [] } as CarryOver }
  return {
    load: async () => progress,
    save: async (next) => {
      progress = next
    },
  }
}

/** Books that believe to have been paid, though nobody was. */
const believing = ({ store }: Shop): PaymentStore => ({
  ...store,
  async *list() {
    yield await paidPayment()
  },
})

/** Books that lack everything. */
const empty = (): PaymentStore => storeOf([])

test('yesterday is done at nine, every day, with reports in the folder', async () => {
  const { shop, folder, results, done, alerts, start } = await watched()
  await sell(shop, 'T1')
  start()
  await shop.clock.advance(NIGHT - MINUTE)
  await sell(shop, 'T2')
  expect(results).toEqual(['2026-01-04 01-05 10:00'])
  await shop.clock.advance(24 * HOUR)
  await shop.clock.advance(HOUR)
  expect(results).toEqual(['2026-01-04 01-05 10:00', '2026-01-05 01-06 09:00', '2026-01-06 01-07 09:00'])
  expect(alerts).toEqual([])
  expect(done.map(({ result }) => result.buckets.matched.count)).toEqual([0, 1, 1])
  expect(await readdir(folder)).toEqual(
    expect.arrayContaining(['2026-01-05.html', '2026-01-06.csv', 'trade-2026-01-05.csv.zip', 'progress.json']),
  )
  expect(JSON.parse(await readFile(join(folder, 'progress.json'), 'utf8'))).toMatchObject({
    lastDay: '2026-01-06',
    carried: { day: '2026-01-06' },
  })
})

test('differences are an alert, in the language that was asked for', async () => {
  const { shop, done, alerts, start } = await watched({}, empty)
  await sell(shop, 'T1')
  start({ locale: 'zh' })
  await shop.clock.advance(NIGHT)
  expect(alerts).toEqual(['differences 2026-01-05 01-06 09:00'])
  expect(await readFile(done[1]?.reports.text ?? '', 'utf8')).toContain('1 笔差异。')
})

describe('a bill that is not there at nine', () => {
  test('is asked for again until it is', async () => {
    const { shop, results, alerts, start } = await watched({ bills: { readyHour: 11 } })
    await sell(shop, 'T1')
    start({ state: memoryState('2026-01-04') })
    await shop.clock.advance(NIGHT + 3 * HOUR)
    expect(results).toEqual(['2026-01-05 01-06 11:00'])
    expect(alerts).toEqual([])
  })

  test('is not forgotten at midnight, though no day was done before', async () => {
    let isThere = false
    const compare: CompareDay = (day) => {
      if (!isThere) throw new F2fError('STORE_UNAVAILABLE', 'no books')
      return reconcile({ ...day, ours: [] })
    }
    const { shop, results, start } = await watched()
    start({ store: undefined, compare } as Partial<DailyReconcileOptions>)
    await shop.clock.advance(24 * HOUR)
    isThere = true
    await shop.clock.advance(HOUR)
    expect(results.map((result) => result.slice(0, 10))).toEqual(['2026-01-04', '2026-01-05'])
  })

  test('is an alert at noon, once, and is still asked for', async () => {
    const { shop, results, alerts, start } = await watched({ bills: { readyHour: 15 } })
    await sell(shop, 'T1')
    start({ state: memoryState('2026-01-04') })
    await shop.clock.advance(NIGHT + 7 * HOUR)
    expect(alerts).toEqual(['late 2026-01-05 01-06 12:00'])
    expect(results).toEqual(['2026-01-05 01-06 15:00'])
  })

  test('is a day without business only when our books have none', async () => {
    const { shop, results, alerts, start } = await watched({ bills: { emptyDay: 'bill_not_exist' } })
    start({ state: memoryState('2026-01-04') })
    await shop.clock.advance(NIGHT)
    expect(results).toEqual(['2026-01-05 01-06 09:00'])
    const other = await watched({ bills: { emptyDay: 'bill_not_exist' } }, believing)
    other.start({ state: memoryState('2026-01-04') })
    await other.shop.clock.advance(NIGHT + 4 * HOUR)
    expect(other.results).toEqual([])
    expect(other.alerts).toEqual(['late 2026-01-05 01-06 12:00'])
    expect(alerts).toEqual([])
  })

  test('and that Alipay says is empty for certain is compared with what our books have', async () => {
    const { shop, results, alerts, start } = await watched({ bills: { emptyDay: 'no_bill_data' } }, believing)
    start({ state: memoryState('2026-01-04') })
    await shop.clock.advance(NIGHT)
    expect(results).toEqual(['2026-01-05 01-06 09:00'])
    expect(alerts).toEqual(['differences 2026-01-05 01-06 09:00'])
  })
})

describe('what goes wrong', () => {
  test('is told once and tried again', async () => {
    let broken = true
    const failing = ({ store }: Shop): PaymentStore => ({
      ...store,
      async *list(filter) {
        if (broken) throw new F2fError('STORE_UNAVAILABLE', 'The database is away.')
        yield* store.list(filter)
      },
    })
    const { shop, results, alerts, start } = await watched({}, failing)
    start({ state: memoryState('2026-01-04') })
    await shop.clock.advance(NIGHT + 35 * MINUTE)
    expect(alerts).toEqual(['failed 2026-01-05 01-06 09:00'])
    broken = false
    await shop.clock.advance(HOUR)
    expect(results).toEqual(['2026-01-05 01-06 09:40'])
  })

  test('with the bill throws the file away, to be downloaded again', async () => {
    const { shop, folder, results, alerts, start } = await watched()
    await writeFile(join(folder, 'trade-2026-01-05.csv.zip'), 'PK and nothing else')
    start({ state: memoryState('2026-01-04') })
    await shop.clock.advance(NIGHT + HOUR)
    expect(alerts).toEqual(['failed 2026-01-05 01-06 09:00'])
    expect(results).toEqual(['2026-01-05 01-06 09:10'])
  })

  test('in the shop’s own handler is tried again, because the day is not done before it', async () => {
    const { shop, results, alerts, start } = await watched()
    let times = 0
    const onResult = ({ result }: DayResult) => {
      if (++times === 1) throw new Error('no paper')
      results.push(result.day)
    }
    start({ state: memoryState('2026-01-04'), onResult })
    await shop.clock.advance(NIGHT + HOUR)
    expect(alerts).toEqual(['failed 2026-01-05 01-06 09:00'])
    expect(results).toEqual(['2026-01-05'])
  })

  test('in the alert itself stops nothing', async () => {
    const warnings: string[] = []
    const listen = (warning: Error) => void warnings.push(warning.message)
    process.on('warning', listen)
    onTestFinished(() => void process.off('warning', listen))
    const { shop, results, start } = await watched({ bills: { emptyDay: 'no_bill_data' } }, believing)
    start({ state: memoryState('2026-01-04'), onAlert: () => Promise.reject(new Error('pager is off')) })
    await shop.clock.advance(NIGHT + 24 * HOUR)
    expect(results).toEqual(['2026-01-05 01-06 09:00', '2026-01-06 01-07 09:00'])
    expect(warnings).toEqual([expect.stringContaining('pager is off')])
  })
})

describe('after a stop', () => {
  test('the missed days are done first, in order, each with what the day before handed on', async () => {
    const { shop, results, done, start } = await watched()
    const first = start()
    await shop.clock.advance(MINUTE)
    await first.stop()
    await sell(shop, 'T1')
    await shop.clock.advance(3 * 24 * HOUR)
    start()
    await shop.clock.advance(MINUTE)
    expect(results).toEqual([
      '2026-01-04 01-05 10:00',
      '2026-01-05 01-08 10:01',
      '2026-01-06 01-08 10:01',
      '2026-01-07 01-08 10:01',
    ])
    expect(done.map(({ result }) => result.carried.day)).toEqual([
      '2026-01-04',
      '2026-01-05',
      '2026-01-06',
      '2026-01-07',
    ])
  })

  test('of more days than are caught up with, somebody is told', async () => {
    const { shop, results, alerts, start } = await watched()
    start({ state: memoryState('2025-12-20'), catchUp: 2 })
    await shop.clock.advance(MINUTE)
    expect(alerts).toEqual(['skipped 2025-12-21 01-05 10:00'])
    expect(results.map((line) => line.slice(0, 10))).toEqual(['2026-01-03', '2026-01-04'])
  })

  test('nothing more is done', async () => {
    const { shop, results, start } = await watched()
    const run = start()
    await run.stop()
    await shop.clock.advance(48 * HOUR)
    expect(results).toEqual([])
  })
})

test('refunds that repairs made are no differences', async () => {
  const { shop, folder, alerts, start } = await watched()
  await sell(shop, 'T1')
  await shop.alipay.refund({ out_trade_no: 'T1', refund_amount: '8.00', out_request_no: 'RC1' })
  const audit = fileAudit(join(folder, 'audit.jsonl'))
  await audit.append({
    id: 'x',
    action: 'refund',
    stage: 'done',
    at: new Date(shop.clock.now()).toISOString(),
    by: 'op1',
    outTradeNo: 'T1',
    result: 'refunded',
    facts: { outRequestNo: 'RC1', amount: 800 },
  })
  start({ audit })
  await shop.clock.advance(NIGHT)
  expect(alerts).toEqual([])
})

test('books that are no store are compared by a function', async () => {
  const { shop, results, start } = await watched()
  const days: string[] = []
  const compare: CompareDay = ({ day, bill, carried }) => {
    days.push(day)
    return reconcile({ day, bill, carried, ours: [] })
  }
  start({ compare, store: undefined })
  await shop.clock.advance(MINUTE)
  expect([days, results]).toEqual([['2026-01-04'], ['2026-01-04 01-05 10:00']])
})

test.each([{ startAt: Number.NaN }, { retryEvery: 0 }, { lateAfter: -1 }, { catchUp: -1 }])(
  'refuses %o',
  async (options) => {
    const { start } = await watched()
    expect(() => start(options)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  },
)
