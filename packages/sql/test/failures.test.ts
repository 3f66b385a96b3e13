import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { inspect } from 'node:util'
import mysql from 'mysql2'
import mysqlPromise from 'mysql2/promise'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { mysqlStore, postgresStore, type SqlStore, sqliteStore } from '../src/index.ts'
import { loadDriver } from '../src/stores/load-driver.ts'
import { KINDS, type TestDatabase } from './support/databases.ts'
import { journalled, next } from './support/payments.ts'
import {
  postgresPool,
  type TemporaryDatabase,
  temporaryMysql,
  temporaryPostgres,
} from './support/temporary-database.ts'
import { temporaryFile } from './support/temporary-file.ts'

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

const everyCall = (store: SqlStore): Promise<unknown>[] => [
  store.insert(journalled('A1')),
  store.find('A1'),
  store.replace(next(journalled('A1'), {}), 1),
  store.due(new Date(0), 10),
  store.list()[Symbol.asyncIterator]().next(),
  store.refunds()[Symbol.asyncIterator]().next(),
  store.migrate(),
]

/** Milliseconds: long for a database that answers, short for one that does not. */
const SOON = 2_000

/** A port on which nobody answers. */
const deadPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('a database that cannot be reached', () => {
  const stores: readonly (readonly [string, (port: number) => SqlStore])[] = [
    ['PostgreSQL', (port) => postgresStore({ url: `postgres://till:s3cret@127.0.0.1:${port}/shop` })],
    ['MySQL', (port) => mysqlStore({ url: `mysql://till:s3cret@127.0.0.1:${port}/shop` })],
    ['SQLite', () => sqliteStore('/nowhere/s3cret/payments.db')],
  ]

  test.each(stores)('rejects every call with STORE_UNAVAILABLE and no secret in it: %s', async (name, open) => {
    const store = open(await deadPort())
    for (const call of everyCall(store)) {
      const failure = await failureOf(call)
      expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true, details: { database: name } })
      expect(JSON.stringify(failure)).not.toContain('s3cret')
      expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('s3cret')
    }
    await store.close()
  })

  test('is named with the code of its driver', async () => {
    const store = postgresStore({ url: `postgres://127.0.0.1:${await deadPort()}/shop` })
    expect(await failureOf(store.find('A1'))).toMatchObject({ details: { driverCode: 'ECONNREFUSED' } })
    await store.close()
  })

  test('may come later: the next call succeeds', async () => {
    const { path, remove } = await temporaryFile()
    const store = sqliteStore(`${path}.folder/payments.db`)
    await expect(store.find('A1')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    await mkdir(`${path}.folder`)
    expect(await store.find('A1')).toBeUndefined()
    await store.close()
    await remove()
  })
})

describe('a wrong password', () => {
  test('is not told to anybody', async () => {
    const url = new URL(inject('postgresUrl'))
    url.username = 'nobody_knows'
    url.password = 's3cret'
    const store = postgresStore({ url: url.href })
    const failure = await failureOf(store.find('A1'))
    expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('s3cret')
    await store.close()
  })
})

describe('an address that is none', () => {
  const wrong = ['', 'till:s3cret@db/shop', 'http://till:s3cret@db/shop', 's3cret', 'postgres//till:s3cret@db']

  test.each(wrong)('is refused without being repeated: %j', (url) => {
    for (const open of [() => postgresStore({ url }), () => mysqlStore({ url })]) {
      const failure = (() => {
        try {
          return open()
        } catch (error) {
          return error
        }
      })()
      expect(failure).toMatchObject({ code: 'CONFIG_INVALID', details: { field: 'url' } })
      expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('s3cret')
    }
  })
})

describe('a driver that is not installed', () => {
  test('is named with the command that installs it', async () => {
    const absent = Object.assign(new Error("Cannot find package 'pg'"), { code: 'ERR_MODULE_NOT_FOUND' })
    const failure = await failureOf(loadDriver('pg', () => Promise.reject(absent)))
    expect(failure).toMatchObject({ code: 'CONFIG_INVALID', details: { package: 'pg' } })
    expect(String(failure)).toContain('npm install pg')
  })

  test('is told from one that is broken', async () => {
    const broken = new Error('wrong ELF class')
    expect(await failureOf(loadDriver('pg', () => Promise.reject(broken)))).toBe(broken)
  })
})

describe.each(KINDS)('a store on %s that was closed', (_name, make) => {
  let database: TestDatabase
  beforeEach(async () => {
    database = await make()
  })
  afterEach(() => database.drop())

  test('has finished what was under way, and refuses the rest', async () => {
    const store = database.open()
    await store.migrate()
    const underWay = Array.from({ length: 20 }, (_, index) => store.insert(journalled(`A${index}`)))
    const closed = store.close()
    for (const failure of await Promise.all(everyCall(store).map(failureOf))) {
      expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE', message: expect.stringContaining('closed') })
    }
    await closed
    await store.close()
    expect((await Promise.all(underWay)).every(({ inserted }) => inserted)).toBe(true)
    const again = database.open()
    expect(await again.find('A19')).toEqual(journalled('A19'))
    await again.close()
  })
})

describe('PostgreSQL', () => {
  let database: TemporaryDatabase
  beforeAll(async () => {
    database = await temporaryPostgres()
  })
  afterAll(() => database.drop())

  const breakConnections = () =>
    database.run(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'till'",
    )

  const url = (): string => `${database.url}?application_name=till`

  test('may break an idle connection: at most the next call fails', async () => {
    const store = postgresStore({ url: url(), migrate: true, maxConnections: 1 })
    await store.insert(journalled('A1'))
    await breakConnections()
    const failure = await failureOf(store.find('A1'))
    if (failure !== undefined) expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(await store.find('A1')).toEqual(journalled('A1'))
    await store.close()
  })

  test('may break a connection in the middle of a statement: the call fails, the process and the store go on', async () => {
    const pool = postgresPool(url(), 2)
    const store = postgresStore({ pool, migrate: true })
    await store.insert(journalled('A2'))
    const blocker = new pg.Client(database.url)
    await blocker.connect()
    await blocker.query("begin; select 1 from f2f_payments where out_trade_no = 'A2' for update")
    const blocked = failureOf(store.replace(next(journalled('A2'), {}), 1))
    const isWaiting = async (): Promise<boolean> =>
      (
        await database.run(
          "select 1 from pg_stat_activity where application_name = 'till' and wait_event_type = 'Lock'",
        )
      ).length > 0
    while (!(await isWaiting())) await Promise.resolve()
    await breakConnections()
    expect(await blocked).toMatchObject({ code: 'STORE_UNAVAILABLE', details: { driverCode: '57P01' } })
    await blocker.query('rollback')
    await blocker.end()
    expect(await store.find('A2')).toEqual(journalled('A2'))
    await store.close()
    await pool.end()
  })

  test('may not answer: the call fails in time, its connection is not used again, and the store goes on', async () => {
    const store = postgresStore({ url: url(), timeout: SOON, maxConnections: 1 })
    await store.insert(journalled('A4'))
    const blocker = new pg.Client(database.url)
    await blocker.connect()
    await blocker.query("begin; select 1 from f2f_payments where out_trade_no = 'A4' for update")
    const failure = await failureOf(store.replace(next(journalled('A4'), {}), 1))
    expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true })
    expect(await store.find('A4')).toEqual(journalled('A4'))
    await blocker.query('rollback')
    await blocker.end()
    await store.close()
  })

  test('does its work at the strictest isolation, too: lost races are told as such', async () => {
    const strict = `${url()}&options=-c%20default_transaction_isolation%3Dserializable`
    const store = postgresStore({ url: strict, migrate: true })
    await store.insert(journalled('A3'))
    const races = Array.from({ length: 8 }, () => store.replace(next(journalled('A3'), {}), 1))
    expect((await Promise.all(races)).filter(Boolean)).toHaveLength(1)
    await store.close()
  })

  test('keeps a pool open that was given, also when the store is closed', async () => {
    const pool = postgresPool(database.url, 2)
    const store = postgresStore({ pool, migrate: true })
    await store.find('A1')
    await store.close()
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })

  test('prepares the statements of every payment once for each connection, unless told not to', async () => {
    const pool = postgresPool(database.url, 1)
    const prepared = async (): Promise<number> =>
      (await pool.query("select 1 from pg_prepared_statements where name like 'f2f_%'")).rows.length
    const plain = postgresStore({ pool, migrate: true, prepare: false })
    await plain.find('A1')
    expect(await prepared()).toBe(0)
    const store = postgresStore({ pool })
    for (let count = 0; count < 3; count++) await store.find('A1')
    expect(await prepared()).toBe(1)
    await pool.end()
  })
})

describe('MySQL or MariaDB', () => {
  if (inject('mysqlUrl') === '') return test('on a server', ({ skip }) => skip('no server answers'))
  let database: TemporaryDatabase
  beforeAll(async () => {
    database = await temporaryMysql()
  })
  afterAll(() => database.drop())

  test('may break connections: the process and the store go on', async () => {
    const store = mysqlStore({ url: database.url, migrate: true, maxConnections: 1 })
    await store.insert(journalled('A1'))
    const [{ db }] = (await database.run('select database() as db')) as [{ db: string }]
    const mine = await database.run(
      `select id from information_schema.processlist where db = '${db}' and id <> connection_id()`,
    )
    for (const { id } of mine) await failureOf(database.run(`kill ${id}`))
    await failureOf(store.find('A1'))
    expect(await store.find('A1')).toEqual(journalled('A1'))
    await store.close()
  })

  test('may not answer: the call fails in time, its connection is not used again, and the store goes on', async () => {
    const store = mysqlStore({ url: database.url, migrate: true, timeout: SOON, maxConnections: 1 })
    await store.insert(journalled('A4'))
    const blocker = await mysqlPromise.createConnection(database.url)
    await blocker.beginTransaction()
    await blocker.query("select 1 from f2f_payments where out_trade_no = 'A4' for update")
    const failure = await failureOf(store.replace(next(journalled('A4'), {}), 1))
    expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE', details: { driverCode: 'PROTOCOL_SEQUENCE_TIMEOUT' } })
    expect(await store.find('A4')).toEqual(journalled('A4'))
    await blocker.rollback()
    await blocker.end()
    await store.close()
  })

  test.each([
    ['mysql2', (uri: string) => mysql.createPool({ uri })],
    ['mysql2/promise', (uri: string) => mysqlPromise.createPool({ uri })],
  ])('takes a pool of %s and keeps it open when the store is closed', async (_package, createPool) => {
    const pool = createPool(database.url)
    const store = mysqlStore({ pool, migrate: true })
    await store.insert(journalled('A2'))
    await store.close()
    const open = 'promise' in pool ? pool.promise() : pool
    expect((await open.query('select 1 as one'))[0]).toEqual([{ one: 1 }])
    await open.end()
  })
})
