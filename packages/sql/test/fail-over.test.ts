import mysql from 'mysql2'
import { describe, expect, inject, test } from 'vitest'
import { mysqlStore, postgresStore } from '../src/index.ts'
import { journalled } from './support/payments.ts'
import { temporaryMysql, temporaryPostgres } from './support/temporary-database.ts'

// After a planned switch the old primary often lives on as a replica, and every connection to it stays open.
describe('a connection to what has become a replica fails one write, and is not used again', () => {
  test('PostgreSQL', async () => {
    const database = await temporaryPostgres()
    const name = new URL(database.url).pathname.slice(1)
    const store = postgresStore({ url: database.url, migrate: true, maxConnections: 1 })
    await store.insert(journalled('A1'))
    await store.close()
    await database.run(`alter database ${name} set default_transaction_read_only = on`)
    const switched = postgresStore({ url: database.url, maxConnections: 1 })
    expect(await switched.find('A1')).toEqual(journalled('A1'))
    await database.run(`set default_transaction_read_only = off`)
    await database.run(`alter database ${name} reset default_transaction_read_only`)
    await expect(switched.insert(journalled('A2'))).rejects.toMatchObject({ details: { driverCode: '25006' } })
    expect((await switched.insert(journalled('A2'))).inserted).toBe(true)
    await switched.close()
    await database.drop()
  })

  test('MySQL or MariaDB', async ({ skip }) => {
    if (inject('mysqlUrl') === '') return skip('no server answers')
    const database = await temporaryMysql()
    const pool = mysql.createPool({ uri: database.url, connectionLimit: 1 })
    const store = mysqlStore({ pool, migrate: true })
    await store.insert(journalled('A1'))
    await pool.promise().query('set session transaction read only')
    const code = 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION'
    await expect(store.insert(journalled('A2'))).rejects.toMatchObject({ details: { driverCode: code } })
    expect((await store.insert(journalled('A2'))).inserted).toBe(true)
    await store.close()
    await pool.promise().end()
    await database.drop()
  })
})
