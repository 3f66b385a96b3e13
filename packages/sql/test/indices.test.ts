import Sqlite from 'better-sqlite3'
import { type CompiledQuery, Kysely, type LogEvent, PostgresDialect, SqliteDialect } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kyselyStore, type SqlStore } from '../src/index.ts'
import { journalled } from './support/payments.ts'
import { postgresPool, temporaryPostgres } from './support/temporary-database.ts'

const from = new Date(Date.UTC(2026, 0, 1))
const after = { createdAt: from, outTradeNo: 'A1' }

const first = (items: AsyncIterable<unknown>): Promise<unknown> => items[Symbol.asyncIterator]().next()

/** What is asked for, and the index that must answer it. */
const READS: Readonly<Record<string, readonly [index: string, read: (store: SqlStore) => Promise<unknown>]>> = {
  'what is due': ['f2f_payments_due', (store) => store.due(from, 100)],
  'what is unfinished': ['f2f_payments_unfinished', (store) => first(store.list({ unfinished: true, after }))],
  'a day': ['f2f_payments_created', (store) => first(store.list({ from, to: new Date(from.getTime() + 1) }))],
  'the next page': ['f2f_payments_created', (store) => first(store.list({ after }))],
  'a store': ['f2f_payments_store', (store) => first(store.list({ storeId: 'S1', after }))],
  'a merchant': ['f2f_payments_merchant', (store) => first(store.list({ merchantId: 'M1', from }))],
  'a status': ['f2f_payments_status', (store) => first(store.list({ status: 'cancelling', from }))],
  'refunds settled on a day': ['f2f_refunds_settled', (store) => first(store.refunds({ from }))],
  'refunds requested on a day': ['f2f_refunds_requested', (store) => first(store.refunds({ by: 'requestedAt', from }))],
}

interface Watched {
  readonly store: SqlStore
  /** The plan of the last statement. */
  readonly plan: () => Promise<string>
  readonly close: () => Promise<void>
}

const sqlite = async (): Promise<Watched> => {
  const file = new Sqlite(':memory:')
  let last: CompiledQuery | undefined
  const log = ({ query }: LogEvent): void => {
    last = query
  }
  const db = new Kysely<object>({ dialect: new SqliteDialect({ database: file }), log })
  return {
    store: kyselyStore(db, 'sqlite', { migrate: true }),
    plan: async () =>
      file
        .prepare<unknown[], { detail: string }>(`explain query plan ${last?.sql}`)
        .all(last?.parameters ?? [])
        .map(({ detail }) => detail)
        .join('\n'),
    close: () => db.destroy(),
  }
}

const postgres = async (): Promise<Watched> => {
  const { url, drop } = await temporaryPostgres()
  // With so few rows reading the whole table would be cheapest; what matters is what can be done.
  const pool = postgresPool(`${url}?options=-c%20enable_seqscan%3Doff%20-c%20enable_sort%3Doff`, 2)
  let last: CompiledQuery | undefined
  const log = ({ query }: LogEvent): void => {
    last = query
  }
  const db = new Kysely<object>({ dialect: new PostgresDialect({ pool }), log })
  return {
    store: kyselyStore(db, 'postgres', { migrate: true }),
    plan: async () =>
      (await pool.query(`explain ${last?.sql}`, [...(last?.parameters ?? [])])).rows
        .map((row) => row['QUERY PLAN'])
        .join('\n'),
    close: () => db.destroy().then(drop),
  }
}

describe.each([
  ['SQLite', sqlite],
  ['PostgreSQL', postgres],
])('in %s an index answers', (_name, open) => {
  let watched: Watched
  beforeAll(async () => {
    watched = await open()
    await watched.store.insert(journalled('A1'))
  })
  afterAll(() => watched.close())

  test.each(Object.entries(READS))('%s', async (_what, [index, read]) => {
    await read(watched.store)
    const plan = await watched.plan()
    expect(plan).toContain(index)
    expect(plan).not.toMatch(/SCAN f2f_payments$|Seq Scan/m)
  })
})
