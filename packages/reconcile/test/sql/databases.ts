import { randomBytes } from 'node:crypto'
import { kyselyStore, mysqlStore, postgresStore, type SqlStore } from '@f2f/sql'
import { findMysql, findPostgres } from '@f2f/test-services'
import Database from 'better-sqlite3'
import { Kysely, MysqlDialect, type MysqlPool, PostgresDialect, SqliteDialect, sql } from 'kysely'
import mysql from 'mysql2'
import pg from 'pg'
import type { ComparisonOptions } from '../../src/index.ts'
import { type ReconcileInDatabaseOptions, reconcileInDatabase, type SqlDialect } from '../../src/sql/index.ts'

type Changes = ComparisonOptions & Pick<ReconcileInDatabaseOptions<object>, 'lookBack'>

/** Books in a database of their own. */
export class SqlBooks {
  readonly dialect: SqlDialect
  readonly store: SqlStore
  /** One connection, so that what a comparison leaves behind would be seen. */
  readonly db: Kysely<object>
  /** Another connection; undefined where there is only one. */
  readonly till: Kysely<object> | undefined
  readonly #close: () => Promise<void>

  constructor(parts: Pick<SqlBooks, 'dialect' | 'store' | 'db' | 'till'>, close: () => Promise<void>) {
    this.dialect = parts.dialect
    this.store = parts.store
    this.db = parts.db
    this.till = parts.till
    this.#close = close
  }

  /** Forgets everything. A store writes only what it does not remember to have written, so give it copies. */
  async empty(): Promise<void> {
    for (const table of ['f2f_payments', 'f2f_refunds', 'f2f_payment_history'])
      await sql`delete from ${sql.table(table)}`.execute(this.db)
  }

  compare(options: Changes) {
    return reconcileInDatabase({ db: this.db, dialect: this.dialect, ...options })
  }

  /** Names of scratch tables that can be read on the connection. */
  async scratch(): Promise<readonly string[]> {
    const there: string[] = []
    for (const name of ['f2f_reconcile_bill', 'f2f_reconcile_odd']) {
      const read = sql`select 1 from ${sql.table(name)}`.execute(this.db)
      await read.then(
        () => there.push(name),
        () => undefined,
      )
    }
    return there
  }

  async close(): Promise<void> {
    await this.till?.destroy()
    await this.#close()
  }
}

const ownName = (url: string): { readonly name: string; readonly url: string } => {
  const own = new URL(url)
  const name = `f2f_reconcile_${randomBytes(6).toString('hex')}`
  own.pathname = `/${name}`
  return { name, url: own.href }
}

const openSqlite = async (): Promise<SqlBooks> => {
  const db = new Kysely<object>({ dialect: new SqliteDialect({ database: new Database(':memory:') }) })
  const store = kyselyStore(db, 'sqlite', { migrate: true })
  await store.migrate()
  return new SqlBooks({ dialect: 'sqlite', store, db, till: undefined }, () => db.destroy())
}

const openPostgres = async (): Promise<SqlBooks> => {
  const server = await findPostgres()
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  const { name, url } = ownName(server.url)
  await admin.query(`create database ${name}`)
  const connections = (max: number) => {
    const pool = new pg.Pool({ connectionString: url, max })
    pool.on('error', () => undefined)
    return pool
  }
  const pool = connections(2)
  const store = postgresStore({ pool })
  await store.migrate()
  const db = new Kysely<object>({ dialect: new PostgresDialect({ pool: connections(1) }) })
  const till = new Kysely<object>({ dialect: new PostgresDialect({ pool: connections(1) }) })
  return new SqlBooks({ dialect: 'postgres', store, db, till }, async () => {
    await db.destroy()
    await pool.end()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
    await server.stop()
  })
}

const openMysql = async (): Promise<SqlBooks | undefined> => {
  const server = await findMysql()
  if (server === undefined) return undefined
  const admin = mysql.createConnection(server.url).promise()
  const { name, url } = ownName(server.url)
  await admin.query(`create database ${name} character set utf8mb4 collate utf8mb4_general_ci`)
  const connection = () => {
    const pool = mysql.createPool({ uri: url, connectionLimit: 1 })
    return new Kysely<object>({ dialect: new MysqlDialect({ pool: pool as unknown as MysqlPool }) })
  }
  const store = mysqlStore({ url })
  await store.migrate()
  const db = connection()
  return new SqlBooks({ dialect: 'mysql', store, db, till: connection() }, async () => {
    await store.close()
    await db.destroy()
    await admin.query(`drop database ${name}`)
    await admin.end()
  })
}

/** Every database there is; undefined for one that does not answer. */
export const DATABASES: readonly (readonly [name: string, open: () => Promise<SqlBooks | undefined>])[] = [
  ['SQLite', openSqlite],
  ['PostgreSQL', openPostgres],
  ['MySQL or MariaDB', openMysql],
]
