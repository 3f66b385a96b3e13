import { randomBytes } from 'node:crypto'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { inject } from 'vitest'

/** A database of a test file's own. */
export interface TemporaryDatabase {
  readonly url: string
  /** Runs a statement as its owner. */
  readonly run: (sql: string) => Promise<Record<string, unknown>[]>
  readonly drop: () => Promise<void>
}

const newName = (): string => `f2f_test_${randomBytes(6).toString('hex')}`

const withDatabase = (url: string, name: string): string => {
  const own = new URL(url)
  own.pathname = `/${name}`
  return own.href
}

/** A pool whose connections may be broken, or still be closing when their database is dropped. */
export const postgresPool = (connectionString: string, max: number): pg.Pool => {
  const pool = new pg.Pool({ connectionString, max })
  pool.on('error', () => undefined)
  return pool
}

export const temporaryPostgres = async (): Promise<TemporaryDatabase> => {
  const admin = postgresPool(inject('postgresUrl'), 1)
  const name = newName()
  await admin.query(`create database ${name}`)
  const url = withDatabase(inject('postgresUrl'), name)
  const own = postgresPool(url, 2)
  return {
    url,
    run: async (sql) => (await own.query(sql)).rows,
    async drop() {
      await own.end()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

export const temporaryMysql = async (): Promise<TemporaryDatabase> => {
  const admin = await mysql.createConnection(inject('mysqlUrl'))
  const name = newName()
  // Not the collation our tables need, as most servers have it.
  await admin.query(`create database ${name} character set utf8mb4 collate utf8mb4_general_ci`)
  const url = withDatabase(inject('mysqlUrl'), name)
  const own = mysql.createPool({ uri: url, connectionLimit: 2 })
  return {
    url,
    run: async (sql) => (await own.query(sql))[0] as Record<string, unknown>[],
    async drop() {
      await own.end()
      await admin.query(`drop database ${name}`)
      await admin.end()
    },
  }
}
