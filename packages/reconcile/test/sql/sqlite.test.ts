import { kyselyStore } from '@f2f/sql'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { type CarryOver, type ComparisonOptions, reconcile } from '../../src/index.ts'
import { reconcileInDatabase } from '../../src/sql/index.ts'
import { billRows, payments, storedPayment } from '../support/books.ts'
import { codeOf } from '../support/collect.ts'
import { ourRefund, refundRow, tradeRow } from '../support/rows.ts'

const DAY = '2026-01-01'

const openBooks = async () => {
  const db = new Kysely<object>({ dialect: new SqliteDialect({ database: new Database(':memory:') }) })
  onTestFinished(() => db.destroy())
  const store = kyselyStore(db, 'sqlite', { migrate: true })
  await store.migrate()
  const empty = async () => {
    for (const table of ['f2f_payments', 'f2f_refunds', 'f2f_payment_history'])
      await sql`delete from ${sql.table(table)}`.execute(db)
  }
  const scratchTables = async () => (await sql`select name from sqlite_temp_master`.execute(db)).rows
  return {
    db,
    store,
    empty,
    scratchTables,
    inDatabase: (options: ComparisonOptions) => reconcileInDatabase({ db, dialect: 'sqlite', ...options }),
  }
}

test('the database comes to the same result as the row by row comparison', async () => {
  const { store, empty, inDatabase } = await openBooks()
  const carried: CarryOver = { day: '2025-12-31', claimed: [{ key: 'refund T1 R0', day: '2025-12-31' }], waiting: [] }
  const options = fc.record({
    merchantId: fc.constantFrom(undefined, 'm1'),
    fees: fc.constantFrom(undefined, { rate: 0 }),
    carried: fc.constantFrom(undefined, carried),
    also: fc.constantFrom(undefined, [ourRefund({ outTradeNo: 'T3', outRequestNo: 'R9', amount: 100 })]),
  })
  await fc.assert(
    fc.asyncProperty(payments, billRows, options, async (books, bill, changes) => {
      await empty()
      // A store writes only what it does not remember to have written.
      for (const payment of books) await store.insert(structuredClone(payment))
      const common = { bill, day: DAY, ...changes }
      expect(await inDatabase(common)).toEqual(await reconcile({ store, ...common }))
    }),
    { numRuns: 100 },
  )
})

test('more rows than one page or one statement holds', async () => {
  const { store, inDatabase, scratchTables } = await openBooks()
  const numbers = Array.from({ length: 2_300 }, (_, index) => `N${index}`)
  for (const outTradeNo of numbers.slice(0, 1_200)) await store.insert(storedPayment(outTradeNo))
  const bill = numbers.slice(100).map((outTradeNo) => tradeRow({ outTradeNo }))
  const told: string[] = []
  const result = await inDatabase({ bill, day: DAY, keep: 10, onDifference: ({ id }) => void told.push(id) })
  expect(result.buckets).toMatchObject({
    matched: { count: 1_100 },
    onlyAlipay: { count: 1_100 },
    onlyOurs: { count: 100 },
  })
  expect([result.differences.length, result.omitted, new Set(told).size]).toEqual([10, 1_190, 1_200])
  expect(await scratchTables()).toEqual([])
})

test('what the database says is told, and nothing is left behind', async () => {
  const { inDatabase, scratchTables, db } = await openBooks()
  await sql`drop table f2f_refunds`.execute(db)
  expect(await codeOf(inDatabase({ bill: [refundRow()], day: DAY }))).toBe('STORE_UNAVAILABLE')
  expect(await scratchTables()).toEqual([])
})

test('can be called off', async () => {
  const { inDatabase } = await openBooks()
  const signal = AbortSignal.abort(new Error('closing time'))
  await expect(inDatabase({ bill: [tradeRow()], day: DAY, signal })).rejects.toThrow('closing time')
})
