import Sqlite from 'better-sqlite3'
import { inject } from 'vitest'
import { mysqlStore, postgresStore, type SqlStore, sqliteStore } from '../../src/index.ts'
import type { Target } from '../children/target.ts'
import { temporaryMysql, temporaryPostgres } from './temporary-database.ts'
import { temporaryFile } from './temporary-file.ts'

/** An empty database of any kind. */
export interface TestDatabase {
  readonly target: Target
  /** A store on it that leaves the tables as they are. */
  readonly open: () => SqlStore
  /** Runs a statement beside the store. */
  readonly run: (sql: string) => Promise<Record<string, unknown>[]>
  readonly drop: () => Promise<void>
}

const sqliteFile = async (): Promise<TestDatabase> => {
  const { path, remove } = await temporaryFile()
  const run = async (text: string): Promise<Record<string, unknown>[]> => {
    const file = new Sqlite(path)
    try {
      const statement = file.prepare<unknown[], Record<string, unknown>>(text)
      if (statement.reader) return statement.all()
      statement.run()
      return []
    } finally {
      file.close()
    }
  }
  return { target: { sqlite: path }, open: () => sqliteStore({ path, migrate: false }), run, drop: remove }
}

const postgres = async (): Promise<TestDatabase> => {
  const { url, run, drop } = await temporaryPostgres()
  return { target: { postgres: url }, open: () => postgresStore({ url }), run, drop }
}

const mysql = async (): Promise<TestDatabase> => {
  const { url, run, drop } = await temporaryMysql()
  return { target: { mysql: url }, open: () => mysqlStore({ url }), run, drop }
}

/** A maker of empty databases for each kind that is there, by name. */
export const KINDS: readonly (readonly [name: string, make: () => Promise<TestDatabase>])[] = [
  ['SQLite', sqliteFile],
  ['PostgreSQL', postgres],
  ...(inject('mysqlUrl') === '' ? [] : [['MySQL or MariaDB', mysql] as const]),
]
