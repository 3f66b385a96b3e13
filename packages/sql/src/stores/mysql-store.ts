import { Kysely, MysqlDialect, type MysqlPool } from 'kysely'
import { HotStatements } from '../hot-statements.ts'
import type { Tables } from '../schema/tables.ts'
import { createSqlStore, type SqlStore } from '../sql-store.ts'
import { TRANSACTION_WORDS } from '../write/transaction.ts'
import { checkUrl } from './database-url.ts'
import { loadDriver } from './load-driver.ts'
import { mysqlPool } from './mysql-pool.ts'

/** Give an address, or your own pool of the package `mysql2`. */
export type MysqlStoreOptions = {
  /** Creates the tables or brings them up to date when first used. Default false: call `migrate()`. */
  readonly migrate?: boolean | undefined
  /** Milliseconds a statement may take; lists and migrations may take longer. Default 30,000. */
  readonly timeout?: number | undefined
} & (
  | {
      /** `mysql://user:password@host:port/database`. */
      readonly url: string
      /** Connections at most. Default 10. */
      readonly maxConnections?: number | undefined
      readonly pool?: undefined
    }
  | {
      /** From `mysql2` or `mysql2/promise`. Stays yours: the store does not end it. */
      readonly pool: MysqlPool | { readonly pool: MysqlPool }
      readonly url?: undefined
    }
)

const openPool = async (url: string, connectionLimit: number): Promise<MysqlPool> => {
  const { default: mysql } = await loadDriver('mysql2', () => import('mysql2'))
  return mysql.createPool({ uri: url, connectionLimit, charset: 'utf8mb4', connectTimeout: 10_000 })
}

/**
 * Payments in MySQL 8 or MariaDB 10.11, for any number of processes. Needs the package `mysql2`.
 *
 * ```ts
 * const store = mysqlStore({ url: 'mysql://till:secret@db.example/shop' })
 * await store.migrate()
 * ```
 *
 * Every method rejects with F2fError `STORE_UNAVAILABLE` or `STORE_CONTENDED`, and on its first use `CONFIG_INVALID`
 * (driver missing), `STORE_SCHEMA_OUTDATED` or `STORE_SCHEMA_NEWER`.
 *
 * @throws F2fError `CONFIG_INVALID` for an address that is none
 */
export const mysqlStore = (options: MysqlStoreOptions): SqlStore => {
  const { migrate = false, timeout = 30_000 } = options
  const hot = new HotStatements(TRANSACTION_WORDS.mysql)
  const adopt = (pool: MysqlPool): MysqlPool => mysqlPool(pool, hot, timeout)
  const ownPool = (given: string, maxConnections = 10) => {
    const url = checkUrl(given, ['mysql', 'mariadb'])
    return async () => adopt(await openPool(url, maxConnections))
  }
  const pool =
    options.pool === undefined ? ownPool(options.url, options.maxConnections) : adopt(callbackPool(options.pool))
  const db = new Kysely<Tables>({ dialect: new MysqlDialect({ pool }) })
  const release = options.pool === undefined ? () => db.destroy() : async () => undefined
  return createSqlStore({ db, dialect: 'mysql', migrate, release, hot, busyTries: 1 })
}

const callbackPool = (pool: MysqlPool | { readonly pool: MysqlPool }): MysqlPool => ('pool' in pool ? pool.pool : pool)
