import { type StoreUnderTest, storeContract } from '@f2f/core/testing'
import { afterAll, describe, inject, test } from 'vitest'
import { mysqlStore, postgresStore, type SqlStore } from '../../src/index.ts'
import { closeAll } from '../support/close-all.ts'
import { type TemporaryDatabase, temporaryMysql, temporaryPostgres } from '../support/temporary-database.ts'

const TABLES = ['f2f_refunds', 'f2f_payment_history', 'f2f_payments']

/** One database for all rules, empty at the start of each. */
const emptied = (database: TemporaryDatabase, open: () => SqlStore) => async (): Promise<StoreUnderTest> => {
  const handles = closeAll(open)
  await (handles.store as SqlStore).migrate()
  for (const table of TABLES) await database.run(`delete from ${table}`)
  return handles
}

const differences = { silent: 'Other processes write too.' }

const postgres = await temporaryPostgres()
afterAll(() => postgres.drop())

describe('PostgreSQL keeps the store contract', () => {
  const factory = emptied(postgres, () => postgresStore({ url: postgres.url }))
  for (const { id, name, run } of storeContract(factory, differences)) test(`${id} ${name}`, run)
})

describe('MySQL or MariaDB keeps the store contract', () => {
  if (inject('mysqlUrl') === '') return test('on a server', ({ skip }) => skip('no server answers'))
  let database: TemporaryDatabase | undefined
  const factory = async (): Promise<StoreUnderTest> => {
    database ??= await temporaryMysql()
    const { url } = database
    return emptied(database, () => mysqlStore({ url }))()
  }
  afterAll(() => database?.drop())
  for (const { id, name, run } of storeContract(factory, differences)) test(`${id} ${name}`, run)
})
