import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import { HotStatements } from '../hot-statements.ts'
import type { Tables } from '../schema/tables.ts'
import { createSqlStore, type SqlStore } from '../sql-store.ts'
import { checkUrl } from './database-url.ts'
import { loadDriver } from './load-driver.ts'
import { postgresPool } from './postgres-pool.ts'

/** Give an address, or your own pool of the package `pg`. */
export type PostgresStoreOptions = {
  /** Creates the tables or brings them up to date when first used. Default false: call `migrate()`. */
  readonly migrate?: boolean | undefined
  /**
   * Prepares the statements every payment needs once for each connection. Turn it off behind a connection pooler that
   * knows no prepared statements. Default true.
   */
  readonly prepare?: boolean | undefined
  /** Milliseconds a statement may take; lists and migrations may take longer. Default 30,000. */
  readonly timeout?: number | undefined
} & (
  | {
      /** `postgres://user:password@host:port/database`. */
      readonly url: string
      /** Connections at most. Default 10. */
      readonly maxConnections?: number | undefined
      readonly pool?: undefined
    }
  | {
      /** Stays yours: the store does not end it, and its `error` events are yours to listen to. */
      readonly pool: PostgresPool
      readonly url?: undefined
    }
)

const openPool = async (url: string, max: number): Promise<PostgresPool> => {
  const { default: pg } = await loadDriver('pg', () => import('pg'))
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 10_000, keepAlive: true })
  // An idle connection broke: the pool has dropped it, and the next statement opens another.
  pool.on('error', () => undefined)
  // One that breaks while it is being opened or closed belongs to nobody who listens, and would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * Payments in PostgreSQL, for any number of processes. Needs the package `pg`.
 *
 * ```ts
 * const store = postgresStore({ url: 'postgres://till:secret@db.example/shop' })
 * await store.migrate()
 * ```
 *
 * Every method rejects with F2fError `STORE_UNAVAILABLE` or `STORE_CONTENDED`, and on its first use `CONFIG_INVALID`
 * (driver missing), `STORE_SCHEMA_OUTDATED` or `STORE_SCHEMA_NEWER`.
 *
 * @throws F2fError `CONFIG_INVALID` for an address that is none
 */
export const postgresStore = (options: PostgresStoreOptions): SqlStore => {
  const { migrate = false, prepare = true, timeout = 30_000 } = options
  const hot = new HotStatements()
  const adopt = (pool: PostgresPool): PostgresPool => postgresPool(pool, { hot, prepare, timeout })
  const ownPool = (given: string, maxConnections = 10) => {
    const url = checkUrl(given, ['postgres', 'postgresql'])
    return async () => adopt(await openPool(url, maxConnections))
  }
  const pool = options.pool === undefined ? ownPool(options.url, options.maxConnections) : adopt(options.pool)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const release = options.pool === undefined ? () => db.destroy() : async () => undefined
  return createSqlStore({ db, dialect: 'postgres', migrate, release, hot, busyTries: 1 })
}
