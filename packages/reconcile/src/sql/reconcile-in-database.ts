import { F2fError, isF2fError } from '@f2f/core'
import type { Kysely } from 'kysely'
import type { OurEntry } from '../books/our-entry.ts'
import { rowBooks } from '../books/our-row.ts'
import { PAYMENT_LIFE } from '../books/store-books.ts'
import { billSource } from '../compare/bill-rows.ts'
import { compareGroups } from '../compare/compare-groups.ts'
import { dayEdges } from '../compare/day-edges.ts'
import { billEntries, type ComparisonOptions, collectorFor, DEFAULT_EDGE, taker } from '../compare/reconcile.ts'
import type { Reconciliation } from '../compare/reconciliation.ts'
import { compareTables, type Scope } from './compare-tables.ts'
import { type OddPage, oddGroups } from './odd-groups.ts'
import { createScratch, dropScratch, finishBill, loadBill, type SqlDialect } from './scratch.ts'
import type { Tables } from './tables.ts'

export type ReconcileInDatabaseOptions<Db> = ComparisonOptions & {
  /**
   * The database with the tables of `@f2f/sql`. One connection is held until the end; with SQLite that is the only
   * one, so give it an instance of its own.
   */
  readonly db: Kysely<Db>
  /** What it speaks; `mysql` for MariaDB too. */
  readonly dialect: SqlDialect
  /** How long before the day a payment may have been created, ms. Default: 16 days. */
  readonly lookBack?: number | undefined
}

const unavailable = (cause: unknown): F2fError =>
  new F2fError('STORE_UNAVAILABLE', 'The database could not compare the bill with its tables.', { cause })

/** The database's own failures as the one error of this toolkit. */
const guarded = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (error) {
    throw isF2fError(error) ? error : unavailable(error)
  }
}

const alsoByNumber = async (options: ComparisonOptions, slack: number): Promise<ReadonlyMap<string, OurEntry[]>> => {
  const rows = new Map<string, OurEntry[]>()
  for await (const entry of rowBooks(options.also ?? [], slack).entries()) {
    rows.set(entry.outTradeNo, [...(rows.get(entry.outTradeNo) ?? []), entry])
  }
  return rows
}

async function* guardedPages(pages: AsyncGenerator<OddPage>): AsyncGenerator<OddPage> {
  for (let page = await guarded(pages.next()); page.done !== true; page = await guarded(pages.next())) {
    yield page.value
  }
}

/**
 * `reconcile` for books in an SQL database: the bill goes into a temporary table, the database finds what agrees, and
 * only the rest is looked at row by row. The result is the same.
 *
 * ```ts
 * const result = await reconcileInDatabase({ db, dialect: 'postgres', bill: readBill('2026-01-01.csv.zip') })
 * ```
 *
 * @throws F2fError as `reconcile` does; `STORE_UNAVAILABLE` for what the database says, with its error as `cause`
 */
export const reconcileInDatabase = async <Db>(options: ReconcileInDatabaseOptions<Db>): Promise<Reconciliation> => {
  const { dialect, edge: slack = DEFAULT_EDGE, lookBack = PAYMENT_LIFE, merchantId, signal } = options
  const source = await billSource(options.bill, options.day, options.sellerId)
  const collector = collectorFor(options, source)
  const scope: Scope = { period: source.period, merchantId, slack, lookBack }
  const also = await alsoByNumber(options, slack)
  const db = options.db.withoutPlugins() as unknown as Kysely<Tables>
  return db.connection().execute(async (connection) => {
    try {
      await guarded(createScratch(connection, dialect))
      for await (const entries of billEntries(options, source, collector)) await guarded(loadBill(connection, entries))
      await guarded(finishBill(connection, dialect))
      const matched = await guarded(compareTables(connection, scope, [...also.keys()]))
      for (const { kind, count, amount } of matched) collector.takeMatched(kind, count, amount)
      const absence = dayEdges(source.period, options.carried)
      for await (const { groups, lookUp } of guardedPages(oddGroups(connection, scope, also))) {
        signal?.throwIfAborted()
        await compareGroups(groups, absence, lookUp, taker(options, collector))
      }
      return collector.build(source.account)
    } finally {
      await dropScratch(connection, dialect).catch(() => undefined)
    }
  })
}
