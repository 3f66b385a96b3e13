import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MIGRATIONS } from '../src/schema/migrations/index.ts'
import { startChild } from './children/child.ts'
import { KINDS, type TestDatabase } from './support/databases.ts'
import { journalled } from './support/payments.ts'

describe.each(KINDS)('the tables in %s', (_name, make) => {
  let database: TestDatabase
  beforeEach(async () => {
    database = await make()
  })
  afterEach(() => database.drop())

  const migrationsDone = async (): Promise<unknown[]> =>
    (await database.run('select name from f2f_migrations order by name')).map((row) => row.name)

  const using = async <T>(work: (store: ReturnType<TestDatabase['open']>) => Promise<T>): Promise<T> => {
    const store = database.open()
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }

  test('are missed with a clear error that says what to do', async () => {
    const failure = await using((store) => store.find('A1').catch((error: unknown) => error))
    expect(failure).toMatchObject({ code: 'STORE_SCHEMA_OUTDATED', retryable: false })
    expect(String(failure)).toContain('migrate()')
  })

  test('are made once, and made again without harm to what is in them', async () => {
    await using(async (store) => {
      await store.migrate()
      await store.insert(journalled('A1'))
      await store.migrate()
      expect(await store.find('A1')).toEqual(journalled('A1'))
    })
    expect(await migrationsDone()).toEqual(Object.keys(MIGRATIONS))
  })

  test('can be made while the store that missed them is open', async () => {
    await using(async (early) => {
      await expect(early.find('A1')).rejects.toMatchObject({ code: 'STORE_SCHEMA_OUTDATED' })
      await using((store) => store.migrate())
      expect(await early.find('A1')).toBeUndefined()
    })
  })

  test('are refused when a newer version has changed them', async () => {
    await using((store) => store.migrate())
    await database.run("insert into f2f_migrations values ('9999-from-the-future', '2030-01-01T00:00:00.000Z')")
    await using(async (store) => {
      const refused = { code: 'STORE_SCHEMA_NEWER', details: { migration: '9999-from-the-future' } }
      await expect(store.find('A1')).rejects.toMatchObject(refused)
      await expect(store.insert(journalled('A1'))).rejects.toMatchObject(refused)
      await expect(store.migrate()).rejects.toMatchObject(refused)
    })
  })

  test('are finished after a process died while it made them', async () => {
    await using((store) => store.migrate())
    await database.run('delete from f2f_migrations')
    await database.run('drop table f2f_refunds')
    await using(async (store) => {
      await store.migrate()
      expect(await store.insert(journalled('A1'))).toMatchObject({ inserted: true })
    })
    expect(await migrationsDone()).toEqual(Object.keys(MIGRATIONS))
  })

  test('are made once by three processes that start at the same time', async () => {
    const children = [1, 2, 3].map(() => startChild(new URL('./children/migrate.ts', import.meta.url), database.target))
    await Promise.all(children.map((child) => child.message()))
    const done = children.map((child) => child.message())
    for (const child of children) child.process.send('go')
    expect(await Promise.all(done)).toEqual(['migrated', 'migrated', 'migrated'])
    expect(await Promise.all(children.map((child) => child.ended))).toEqual([0, 0, 0])
    expect(await migrationsDone()).toEqual(Object.keys(MIGRATIONS))
    expect(await using((store) => store.find('A1'))).toBeUndefined()
  })
})
