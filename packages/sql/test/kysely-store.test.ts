import type { PaymentFilter } from '@f2f/core'
import { type StoreUnderTest, storeContract } from '@f2f/core/testing'
import Sqlite from 'better-sqlite3'
import { CamelCasePlugin, Kysely, type LogEvent, PostgresDialect, SqliteDialect } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { kyselyStore } from '../src/index.ts'
import { journalled } from './support/payments.ts'
import { postgresPool, temporaryPostgres } from './support/temporary-database.ts'

const openOwn = async (): Promise<StoreUnderTest> => {
  const plugins = [new CamelCasePlugin()]
  const db = new Kysely<object>({ dialect: new SqliteDialect({ database: new Sqlite(':memory:') }), plugins })
  return { store: kyselyStore(db, 'sqlite', { migrate: true }), close: () => db.destroy() }
}

describe("a user's own Kysely instance with plugins keeps the store contract", () => {
  const differences = { forgets: 'in memory', alone: 'in memory', silent: 'others may write' }
  for (const { id, name, run } of storeContract(openOwn, differences)) test(`${id} ${name}`, run)
})

describe("a user's own Kysely instance", () => {
  test('stays open when the store is closed', async () => {
    const db = new Kysely<{ notes: { text: string } }>({
      dialect: new SqliteDialect({ database: new Sqlite(':memory:') }),
    })
    const store = kyselyStore(db, 'sqlite', { migrate: true })
    await store.insert(journalled('A1'))
    await store.close()
    await db.schema.createTable('notes').addColumn('text', 'text').execute()
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([])
    await db.destroy()
  })
})

describe('a list', () => {
  const database = temporaryPostgres()
  afterAll(async () => (await database).drop())

  test('reads a page at a time, whatever its length', async () => {
    const reads: unknown[] = []
    const log = ({ query }: LogEvent): void => {
      if (query.sql.includes('order by "created_at"')) reads.push(query.parameters.at(-1))
    }
    const pool = postgresPool((await database).url, 4)
    const db = new Kysely<object>({ dialect: new PostgresDialect({ pool }), log })
    const store = kyselyStore(db, 'postgres', { migrate: true })
    await Promise.all(Array.from({ length: 1_201 }, (_, index) => store.insert(journalled(`A${index}`))))
    const count = async (filter: PaymentFilter, stopAfter = Number.POSITIVE_INFINITY): Promise<number> => {
      let seen = 0
      reads.length = 0
      for await (const _ of store.list(filter)) if (++seen === stopAfter) break
      return seen
    }
    expect([await count({}), reads]).toEqual([1_201, [250, 250, 250, 250, 250]])
    expect([await count({ limit: 700 }), reads]).toEqual([700, [250, 250, 200]])
    expect([await count({}, 3), reads]).toEqual([3, [250]])
    await db.destroy()
  })
})
