import { F2fError, isF2fError } from '@f2f/core'
import type { Kysely } from 'kysely'
import type { OurEntry } from '../books/our-entry.ts'
import { rowBooks } from '../books/our-row.ts'
import { PAYMENT_LIFE } from '../books/store-books.ts'
import { type BillSource, billSource } from '../compare/bill-rows.ts'
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
const guarded = async <T>(work: Promise<T>, signal?: AbortSignal): Promise<T> => {
  try {
    return await work
  } catch (error) {
    throw isF2fError(error) || signal?.aborted === true ? error : unavailable(error)
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
  checkOptions(options)
  const { db, edge: slack = DEFAULT_EDGE } = options
  const source = await billSource(options.bill, options.day, options.sellerId)
  const also = await alsoByNumber(options, slack)
  let isConnected = false
  const connected = (db.withoutPlugins() as unknown as Kysely<Tables>).connection().execute((connection) => {
    isConnected = true
    return compareOn(connection, options, source, also)
  })
  return connected.catch((error: unknown) => {
    throw isConnected ? error : unavailable(error)
  })
}

const DIALECTS: readonly SqlDialect[] = ['sqlite', 'postgres', 'mysql']

const checkOptions = <Db>({ db, dialect }: ReconcileInDatabaseOptions<Db>): void => {
  const field = DIALECTS.includes(dialect) ? 'db' : 'dialect'
  if (field === 'db' && typeof db?.connection === 'function' && !db.isTransaction) return
  const rule = field === 'db' ? 'must be a Kysely instance, not a transaction' : `must be one of ${DIALECTS.join(', ')}`
  throw new F2fError('CONFIG_INVALID', `${field} ${rule}.`, { details: { field, rule } })
}

/** Everything that needs the scratch tables, which belong to the connection. */
const compareOn = async <Db>(
  db: Kysely<Tables>,
  options: ReconcileInDatabaseOptions<Db>,
  source: BillSource,
  also: ReadonlyMap<string, OurEntry[]>,
): Promise<Reconciliation> => {
  const { dialect, merchantId, edge: slack = DEFAULT_EDGE, lookBack = PAYMENT_LIFE, signal } = options
  const scope: Scope = { period: source.period, merchantId, slack, lookBack, signal }
  const collector = collectorFor(options, source)
  try {
    await guarded(createScratch(db, dialect))
    for await (const entries of billEntries(options, source, collector)) await guarded(loadBill(db, entries))
    await guarded(finishBill(db, dialect))
    const matched = await guarded(compareTables(db, dialect, scope, [...also.keys()]), signal)
    for (const { kind, count, amount } of matched) collector.takeMatched(kind, count, amount)
    const absence = dayEdges(source.period, options.carried)
    for await (const { groups, lookUp } of guardedPages(oddGroups(db, scope, also))) {
      signal?.throwIfAborted()
      await compareGroups(groups, absence, lookUp, taker(options, collector))
    }
    return collector.build(source.account)
  } finally {
    // A connection that was lost has taken its temporary tables with it.
    await dropScratch(db, dialect).catch(() => undefined)
  }
}
