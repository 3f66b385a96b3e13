import { F2fError } from '@f2f/core'
import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { DATABASE, type DialectName } from '../dialect.ts'
import { isMissing } from '../failure.ts'
import { inTransactions } from '../write/transaction.ts'
import { MIGRATIONS, type MigrationStep } from './migrations/index.ts'
import type { Tables } from './tables.ts'

type Steps = Readonly<Record<string, MigrationStep>>

const stepsDone = async (db: Kysely<Tables>): Promise<readonly string[]> => {
  try {
    return (await db.selectFrom('f2f_migrations').select('name').execute()).map(({ name }) => name)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** @throws F2fError `STORE_SCHEMA_NEWER` */
const refuseNewer = (done: readonly string[], steps: Steps, dialect: DialectName): void => {
  const unknown = done.find((name) => steps[name] === undefined)
  if (unknown === undefined) return
  throw new F2fError(
    'STORE_SCHEMA_NEWER',
    `The tables in ${DATABASE[dialect]} have been changed by a newer version (${unknown}).`,
    { details: { database: DATABASE[dialect], migration: unknown } },
  )
}

const isComplete = (done: readonly string[], steps: Steps): boolean =>
  Object.keys(steps).every((name) => done.includes(name))

const runMigrator = async (db: Kysely<Tables>, dialect: DialectName, steps: Steps): Promise<void> => {
  const migrations: Record<string, Migration> = {}
  for (const [name, up] of Object.entries(steps)) migrations[name] = { up: (connection) => up(connection, dialect) }
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'f2f_migrations',
    migrationLockTableName: 'f2f_migrations_lock',
    // SQLite is in a transaction already.
    disableTransactions: dialect === 'sqlite',
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}

/**
 * Brings the tables up to date. Safe when several processes do it at once: one does, the others wait. PostgreSQL and
 * MySQL: Kysely's advisory locks; SQLite, for which Kysely has none: its write lock.
 *
 * @throws F2fError `STORE_SCHEMA_NEWER`
 */
export const migrateSchema = async (
  db: Kysely<Tables>,
  dialect: DialectName,
  steps: Steps = MIGRATIONS,
): Promise<void> => {
  const done = await stepsDone(db)
  refuseNewer(done, steps, dialect)
  if (isComplete(done, steps)) return
  try {
    if (dialect === 'sqlite') await inTransactions(db, dialect)((connection) => runMigrator(connection, dialect, steps))
    else await runMigrator(db, dialect, steps)
  } catch (error) {
    // A newer version may have been at it while this one waited.
    refuseNewer(await stepsDone(db).catch(() => []), steps, dialect)
    throw error
  }
}

/** @throws F2fError `STORE_SCHEMA_OUTDATED`, `STORE_SCHEMA_NEWER` */
export const checkSchema = async (
  db: Kysely<Tables>,
  dialect: DialectName,
  steps: Steps = MIGRATIONS,
): Promise<void> => {
  const done = await stepsDone(db)
  refuseNewer(done, steps, dialect)
  if (isComplete(done, steps)) return
  throw new F2fError('STORE_SCHEMA_OUTDATED', `The tables in ${DATABASE[dialect]} are missing or not up to date.`, {
    details: { database: DATABASE[dialect] },
  })
}
