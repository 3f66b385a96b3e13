import { F2fError } from '@f2f/core'
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely'
import { HotStatements } from '../hot-statements.ts'
import type { Tables } from '../schema/tables.ts'
import { createSqlStore, type SqlStore } from '../sql-store.ts'
import { TRANSACTION_WORDS } from '../write/transaction.ts'
import { loadDriver } from './load-driver.ts'

export interface SqliteStoreOptions {
  /** The file, created when it is not there; its folder must be. `':memory:'` forgets everything on close. */
  readonly path: string
  /** Milliseconds a call waits while another process writes to the file. Default 5,000. */
  readonly busyTimeout?: number | undefined
  /** Creates the tables or brings them up to date when first used. Default true. */
  readonly migrate?: boolean | undefined
}

/** Milliseconds SQLite itself waits for another process's write. This process stands still meanwhile, so not long. */
const NAP = 20

/** Keeps the hot statements prepared. */
const prepared = (file: SqliteDatabase, hot: HotStatements): SqliteDatabase => {
  const statements = new Map<string, ReturnType<SqliteDatabase['prepare']>>()
  return {
    close: () => file.close(),
    prepare(text) {
      const statement = statements.get(text) ?? file.prepare(text)
      if (hot.has(text)) statements.set(text, statement)
      return statement
    },
  }
}

const open = async (path: string, hot: HotStatements): Promise<SqliteDatabase> => {
  const { default: SqliteFile } = await loadDriver('better-sqlite3', () => import('better-sqlite3'))
  const file = new SqliteFile(path, { timeout: NAP })
  try {
    file.pragma('journal_mode = WAL')
    // A commit is on the disk when it returns; on macOS that takes more than an ordinary flush.
    file.pragma('synchronous = FULL')
    file.pragma('fullfsync = ON')
  } catch (error) {
    file.close()
    throw error
  }
  return prepared(file, hot)
}

/** SQLite itself takes no name for a file that is deleted when it is closed: every payment would be forgotten. */
const checkPath = (path: unknown): void => {
  if (typeof path === 'string' && path.trim() !== '') return
  throw new F2fError('CONFIG_INVALID', 'The SQLite store has no file.', {
    details: { field: 'path', rule: "the file's name, or ':memory:' to forget everything on close" },
  })
}

/**
 * Payments in one SQLite file: the embedded default, for one machine. Several processes may share the file. Needs the
 * package `better-sqlite3`.
 *
 * ```ts
 * const store = sqliteStore('payments.db')
 * ```
 *
 * Every method rejects with F2fError `STORE_UNAVAILABLE`, and on its first use `CONFIG_INVALID` (driver missing) or
 * `STORE_SCHEMA_NEWER`.
 *
 * @throws F2fError `CONFIG_INVALID` without a file
 */
export const sqliteStore = (file: string | SqliteStoreOptions): SqlStore => {
  const options: Partial<SqliteStoreOptions> | undefined = typeof file === 'string' ? { path: file } : file
  const { path = '', busyTimeout = 5_000, migrate = true } = options ?? {}
  checkPath(path)
  const hot = new HotStatements(TRANSACTION_WORDS.sqlite)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: () => open(path, hot) }) })
  const busyTries = Math.ceil(busyTimeout / NAP)
  return createSqlStore({ db, dialect: 'sqlite', migrate, release: () => db.destroy(), hot, busyTries })
}
