import fc from 'fast-check'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { type CarryOver, reconcile, type TradeRow } from '../../src/index.ts'
import { reconcileInDatabase, type SqlDialect } from '../../src/sql/index.ts'
import { billRows, payments, storedPayment, storedRefund } from '../support/books.ts'
import { codeOf } from '../support/collect.ts'
import { ourRefund, refundRow, tradeRow } from '../support/rows.ts'
import { DATABASES, type SqlBooks } from './databases.ts'

const DAY = '2026-01-01'
const DAY_MS = 86_400_000

const carried: CarryOver = { day: '2025-12-31', claimed: [{ key: 'refund T1 R0', day: '2025-12-31' }], waiting: [] }
const options = fc.record({
  merchantId: fc.constantFrom(undefined, 'm1'),
  fees: fc.constantFrom(undefined, { rate: 0 }),
  carried: fc.constantFrom(undefined, carried),
  also: fc.constantFrom(undefined, [ourRefund({ outTradeNo: 'T3', outRequestNo: 'R9', amount: 100 })]),
  lookBack: fc.constantFrom(undefined, 0, DAY_MS, 60 * DAY_MS),
  edge: fc.constantFrom(undefined, 0, 3_600_000),
})

const sameResult = (books: SqlBooks, numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(payments, billRows, options, async (ours, bill, changes) => {
      await books.empty()
      for (const payment of ours) await books.store.insert(structuredClone(payment))
      const common = { bill, day: DAY, ...changes }
      expect(await books.compare(common)).toEqual(await reconcile({ store: books.store, ...common }))
    }),
    { numRuns },
  )

/** Two thousand rows, each of which needs a look. */
const manyRows = (): readonly TradeRow[] =>
  Array.from({ length: 2_300 }, (_, index) => tradeRow({ outTradeNo: `N${index}`, subject: '茶𠮷' }))

const rules = (books: SqlBooks): void => {
  test('comes to the same result as the comparison row by row', () => sameResult(books, 60), 60_000)

  test('both leave alone what only a refund of the next day would bring up', async () => {
    await books.empty()
    const createdAt = new Date('2025-12-31T23:59:56+08:00')
    const refund = storedRefund('R0', {
      requestedAt: new Date('2026-01-02T00:00:04+08:00'),
      settledAt: new Date('2026-01-02T00:00:05+08:00'),
    })
    await books.store.insert(storedPayment('T0', { createdAt, refunds: [refund] }))
    const common = { bill: [], day: DAY, lookBack: 0, edge: 0 }
    const result = await reconcile({ store: books.store, ...common })
    expect([result.isClean, result.excused]).toEqual([true, { nothing: 0, waiting: 0, elsewhere: 0 }])
    expect(await books.compare(common)).toEqual(result)
  })

  test('takes more rows than one page or one statement holds, and again on the same connection', async () => {
    await books.empty()
    const ours = Array.from({ length: 60 }, (_, index) => `N${index + 2_280}`)
    for (const outTradeNo of [...ours, 'n1']) await books.store.insert(storedPayment(outTradeNo))
    const told: string[] = []
    const once = () =>
      books.compare({ bill: manyRows(), day: DAY, keep: 10, onDifference: ({ id }) => void told.push(id) })
    const first = await once()
    expect(first.buckets).toMatchObject({
      matched: { count: 20 },
      onlyAlipay: { count: 2_280 },
      onlyOurs: { count: 41 },
    })
    expect([first.differences.length, first.omitted, new Set(told).size]).toEqual([10, 2_311, 2_321])
    expect(await books.scratch()).toEqual([])
    expect(await once()).toEqual(first)
  })

  test('takes rows without any number', async () => {
    await books.empty()
    const bill = [tradeRow({ outTradeNo: '', tradeNo: '' }), tradeRow({ outTradeNo: '', tradeNo: 't7' })]
    const { differences, bill: totals } = await books.compare({ bill, day: DAY })
    expect([differences.map(({ bucket }) => bucket), totals.payments]).toEqual([['onlyAlipay', 'onlyAlipay'], 2])
  })

  test('leaves lasting tables of the same name alone', async () => {
    await sql`create table f2f_reconcile_odd (precious integer)`.execute(books.db)
    await sql`insert into f2f_reconcile_odd values (7)`.execute(books.db)
    await books.compare({ bill: [tradeRow()], day: DAY })
    expect((await sql`select precious from f2f_reconcile_odd`.execute(books.db)).rows).toEqual([{ precious: 7 }])
    await sql`drop table f2f_reconcile_odd`.execute(books.db)
  })

  test('says what the database says, and leaves nothing behind', async () => {
    await sql`alter table f2f_refunds rename to f2f_away`.execute(books.db)
    expect(await codeOf(books.compare({ bill: [refundRow()], day: DAY }))).toBe('STORE_UNAVAILABLE')
    await sql`alter table f2f_away rename to f2f_refunds`.execute(books.db)
    expect(await books.scratch()).toEqual([])
  })

  test("lets others' errors through as they are, and leaves nothing behind", async () => {
    const onDifference = () => Promise.reject(new Error('the printer is out of paper'))
    await expect(books.compare({ bill: manyRows(), day: DAY, onDifference })).rejects.toThrow('out of paper')
    const bill = [tradeRow(), { bill: 'account' } as unknown as TradeRow]
    expect(await codeOf(books.compare({ bill, day: DAY }))).toBe('BILL_MISMATCH')
    expect(await books.scratch()).toEqual([])
  })

  test.each([1, 1_500, 2_300])('can be called off after %i rows, and leaves nothing behind', async (rows) => {
    const abort = new AbortController()
    let isClosed = false
    async function* bill() {
      try {
        for (const [index, row] of manyRows().entries()) {
          if (index + 1 === rows) abort.abort(new Error('closing time'))
          yield row
        }
      } finally {
        isClosed = true
      }
    }
    await expect(books.compare({ bill: bill(), day: DAY, signal: abort.signal })).rejects.toThrow('closing time')
    expect([isClosed, await books.scratch()]).toEqual([true, []])
  })

  test('can be called off while differences are told', async () => {
    const abort = new AbortController()
    const onDifference = () => abort.abort(new Error('closing time'))
    const comparing = books.compare({ bill: manyRows(), day: DAY, onDifference, signal: abort.signal })
    await expect(comparing).rejects.toThrow('closing time')
    expect(await books.scratch()).toEqual([])
  })

  test.each([
    ['a number longer than any', { outTradeNo: 'x'.repeat(300) }],
    ['a NUL character', { subject: 'tea\0' }],
  ])('refuses %s, and says in which line', async (_, wrong) => {
    const comparing = books.compare({ bill: [tradeRow({ ...wrong, line: 77 })], day: DAY })
    await expect(comparing).rejects.toMatchObject({ code: 'BILL_FORMAT', details: { line: 77 } })
    expect(await books.scratch()).toEqual([])
  })

  test('does not go into a transaction of the caller', async () => {
    const comparing = books.db
      .transaction()
      .execute((db) => reconcileInDatabase({ db, dialect: books.dialect, bill: [], day: DAY }))
    expect(await codeOf(comparing)).toBe('CONFIG_INVALID')
  })

  const { till } = books
  if (till === undefined) return
  test('does not wait for a till that is writing, nor hold one up', async () => {
    await books.empty()
    for (const outTradeNo of ['N1', 'N2']) await books.store.insert(storedPayment(outTradeNo))
    const result = await till.transaction().execute(async (writing) => {
      await sql`update f2f_payments set version = version + 1 where out_trade_no = 'N1'`.execute(writing)
      return books.compare({ bill: [tradeRow({ outTradeNo: 'N1' }), tradeRow({ outTradeNo: 'N2' })], day: DAY })
    })
    expect(result.buckets.matched.count).toBe(2)
  })
}

for (const [name, open] of DATABASES) {
  const books = await open()
  afterAll(async () => books?.close())
  describe(name, () => {
    if (books === undefined) test('on a server', ({ skip }) => skip('no server answers'))
    else rules(books)
  })
}

test('a server that does not answer is told as such', async () => {
  const pool = new pg.Pool({ host: '127.0.0.1', port: 1 })
  const db = new Kysely<object>({ dialect: new PostgresDialect({ pool }) })
  expect(await codeOf(reconcileInDatabase({ db, dialect: 'postgres', bill: [], day: DAY }))).toBe('STORE_UNAVAILABLE')
  await db.destroy()
})

test('what is no dialect or no database is refused', async () => {
  const db = new Kysely<object>({ dialect: new PostgresDialect({ pool: new pg.Pool() }) })
  const dialect = 'mssql' as SqlDialect
  expect(await codeOf(reconcileInDatabase({ db, dialect, bill: [], day: DAY }))).toBe('CONFIG_INVALID')
  const nothing = undefined as unknown as Kysely<object>
  const asked = reconcileInDatabase({ db: nothing, dialect: 'sqlite', bill: [], day: DAY })
  expect(await codeOf(asked)).toBe('CONFIG_INVALID')
  await db.destroy()
})
