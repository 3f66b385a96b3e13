import Sqlite from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteDialect, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DialectName } from '../src/dialect.ts'
import { MIGRATIONS, type MigrationStep } from '../src/schema/migrations/index.ts'
import { checkSchema, migrateSchema } from '../src/schema/schema.ts'
import type { Tables } from '../src/schema/tables.ts'
import { postgresPool, temporaryPostgres } from './support/temporary-database.ts'

interface Opened {
  readonly db: Kysely<Tables>
  readonly close: () => Promise<void>
}

const openSqlite = async (): Promise<Opened> => {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: new Sqlite(':memory:') }) })
  return { db, close: () => db.destroy() }
}

const openPostgres = async (): Promise<Opened> => {
  const { url, drop } = await temporaryPostgres()
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: postgresPool(url, 4) }) })
  return { db, close: () => db.destroy().then(drop) }
}

const KINDS: readonly (readonly [DialectName, () => Promise<Opened>])[] = [
  ['sqlite', openSqlite],
  ['postgres', openPostgres],
]

const addNotes: MigrationStep = async (db) => {
  await db.schema.createTable('notes').addColumn('text', 'text').execute()
}

const breaksHalfWay: MigrationStep = async (db) => {
  await sql`create table half_made (text text)`.execute(db)
  throw new Error('out of paper')
}

describe.each(KINDS)('steps of the schema in %s', (dialect, open) => {
  let opened: Opened
  beforeEach(async () => {
    opened = await open()
  })
  afterEach(() => opened.close())

  const tables = async (): Promise<string[]> => (await opened.db.introspection.getTables()).map(({ name }) => name)

  test('run in the order of their names, each once', async () => {
    const order: string[] = []
    const step =
      (name: string): MigrationStep =>
      async () =>
        void order.push(name)
    const steps = { '0002-b': step('b'), '0001-a': step('a') }
    await migrateSchema(opened.db, dialect, steps)
    await migrateSchema(opened.db, dialect, { ...steps, '0003-c': step('c') })
    expect(order).toEqual(['a', 'b', 'c'])
  })

  test('that a later version adds are missed by the check until they have run', async () => {
    const later = { ...MIGRATIONS, '9999-notes': addNotes }
    await migrateSchema(opened.db, dialect)
    await expect(checkSchema(opened.db, dialect, later)).rejects.toMatchObject({ code: 'STORE_SCHEMA_OUTDATED' })
    await migrateSchema(opened.db, dialect, later)
    await checkSchema(opened.db, dialect, later)
    expect(await tables()).toContain('notes')
    await expect(checkSchema(opened.db, dialect)).rejects.toMatchObject({ code: 'STORE_SCHEMA_NEWER' })
  })

  test('that fail half way leave nothing behind, and can be run again', async () => {
    const broken = { ...MIGRATIONS, '9999-half': breaksHalfWay }
    await expect(migrateSchema(opened.db, dialect, broken)).rejects.toThrow('out of paper')
    expect(await tables()).not.toContain('half_made')
    await migrateSchema(opened.db, dialect, { ...MIGRATIONS, '9999-half': addNotes })
    expect(await tables()).toEqual(expect.arrayContaining(['f2f_payments', 'notes']))
  })

  test('are refused as newer, too, when the newer version makes them at the same moment', async () => {
    const { db } = opened
    const newer = { ...MIGRATIONS, '9000-notes': addNotes }
    const both = await Promise.allSettled([migrateSchema(db, dialect, newer), migrateSchema(db, dialect)])
    expect(both[0].status).toBe('fulfilled')
    // Whoever came first: the older version either was done before, or says what it found.
    if (both[1].status === 'rejected') expect(both[1].reason).toMatchObject({ code: 'STORE_SCHEMA_NEWER' })
  })
})
