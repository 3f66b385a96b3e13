import { randomBytes } from 'node:crypto'
import { mysqlStore, postgresStore, type SqlStore } from '@f2f/sql'
import { findMysql, findPostgres } from '@f2f/test-services'
import fc from 'fast-check'
import { Kysely, MysqlDialect, type MysqlPool, PostgresDialect, sql } from 'kysely'
import mysql from 'mysql2'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { reconcile } from '../../src/index.ts'
import { reconcileInDatabase, type SqlDialect } from '../../src/sql/index.ts'
import { billRows, payments, storedPayment } from '../support/books.ts'
import { tradeRow } from '../support/rows.ts'

const DAY = '2026-01-01'

interface Books {
  readonly db: Kysely<object>
  readonly dialect: SqlDialect
  readonly store: SqlStore
}

const ownName = (url: string): { readonly name: string; readonly url: string } => {
  const own = new URL(url)
  const name = `f2f_reconcile_${randomBytes(6).toString('hex')}`
  own.pathname = `/${name}`
  return { name, url: own.href }
}

const openPostgres = async () => {
  const server = await findPostgres()
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  const { name, url } = ownName(server.url)
  await admin.query(`create database ${name}`)
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  pool.on('error', () => undefined)
  const books: Books = {
    db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    dialect: 'postgres',
    store: postgresStore({ pool }),
  }
  await books.store.migrate()
  const close = async () => {
    await books.db.destroy()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
    await server.stop()
  }
  return { books, close }
}

const openMysql = async () => {
  const server = await findMysql()
  if (server === undefined) return undefined
  const admin = mysql.createConnection(server.url).promise()
  const { name, url } = ownName(server.url)
  await admin.query(`create database ${name} character set utf8mb4 collate utf8mb4_general_ci`)
  const pool = mysql.createPool({ uri: url, connectionLimit: 2 })
  const books: Books = {
    db: new Kysely({ dialect: new MysqlDialect({ pool: pool as unknown as MysqlPool }) }),
    dialect: 'mysql',
    store: mysqlStore({ url }),
  }
  await books.store.migrate()
  const close = async () => {
    await books.store.close()
    await books.db.destroy()
    await admin.query(`drop database ${name}`)
    await admin.end()
  }
  return { books, close }
}

const emptied = async ({ db, store }: Books) => {
  await store.migrate()
  for (const table of ['f2f_payments', 'f2f_refunds', 'f2f_payment_history'])
    await sql`delete from ${sql.table(table)}`.execute(db)
}

const sameResult = async (books: Books): Promise<void> => {
  await fc.assert(
    fc.asyncProperty(payments, billRows, fc.constantFrom(undefined, 'm1'), async (rows, bill, merchantId) => {
      await emptied(books)
      for (const payment of rows) await books.store.insert(structuredClone(payment))
      const { db, dialect, store } = books
      const common = { bill, day: DAY, merchantId, fees: { rate: 0 } }
      expect(await reconcileInDatabase({ db, dialect, ...common })).toEqual(await reconcile({ store, ...common }))
    }),
    { numRuns: 40 },
  )
}

const twice = async (books: Books): Promise<void> => {
  await emptied(books)
  const numbers = Array.from({ length: 1_500 }, (_, index) => `N${index}`)
  for (const outTradeNo of [...numbers.slice(0, 40), 'n1']) await books.store.insert(storedPayment(outTradeNo))
  const bill = numbers.map((outTradeNo) => tradeRow({ outTradeNo, subject: '茶𠮷' }))
  const { db, dialect } = books
  const once = () => reconcileInDatabase({ db, dialect, bill, day: DAY, keep: 3 })
  const first = await once()
  expect(first.buckets).toMatchObject({ matched: { count: 40 }, onlyAlipay: { count: 1_460 }, onlyOurs: { count: 1 } })
  expect(await once()).toEqual(first)
}

const postgres = await openPostgres()
afterAll(postgres.close)

describe('PostgreSQL', () => {
  test('comes to the same result as the row by row comparison', () => sameResult(postgres.books), 60_000)
  test('can be asked again on the same connections', () => twice(postgres.books), 60_000)
})

const mariadb = await openMysql()
afterAll(async () => mariadb?.close())

describe('MySQL or MariaDB', () => {
  if (mariadb === undefined) return test('on a server', ({ skip }) => skip('no server answers'))
  test('comes to the same result as the row by row comparison', () => sameResult(mariadb.books), 60_000)
  test('can be asked again on the same connections', () => twice(mariadb.books), 60_000)
})
