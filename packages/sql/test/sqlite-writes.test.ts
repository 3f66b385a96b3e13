import Sqlite from 'better-sqlite3'
import { type CompiledQuery, Kysely, type LogEvent, SqliteDialect } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { kyselyStore, type SqlStore, sqliteStore } from '../src/index.ts'
import { entered, journalled, next } from './support/payments.ts'
import { temporaryFile } from './support/temporary-file.ts'

let path: string
let remove: () => Promise<void>
beforeEach(async () => {
  const file = await temporaryFile()
  path = file.path
  remove = file.remove
})
afterEach(() => remove())

/** A store on a connection of the test's own, and every statement it runs. */
const watched = (): {
  readonly store: SqlStore
  readonly file: Sqlite.Database
  readonly statements: CompiledQuery[]
} => {
  const file = new Sqlite(path, { timeout: 20 })
  file.pragma('journal_mode = WAL')
  const statements: CompiledQuery[] = []
  const log = ({ query }: LogEvent): void => void statements.push(query)
  const db = new Kysely<object>({ dialect: new SqliteDialect({ database: file }), log })
  return { store: kyselyStore(db, 'sqlite', { migrate: true }), file, statements }
}

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('commits', () => {
  const commits = (statements: readonly CompiledQuery[]): number =>
    statements.filter(({ sql }) => sql === 'commit').length

  test('are shared by what comes in one turn of the event loop', async () => {
    const { store, file, statements } = watched()
    await store.find('open')
    statements.length = 0
    await Promise.all(Array.from({ length: 150 }, (_, index) => store.insert(journalled(`A${index}`))))
    expect(commits(statements)).toBe(1)
    file.close()
  })

  test('are one for each of what comes one after the other', async () => {
    const { store, file, statements } = watched()
    await store.find('open')
    statements.length = 0
    for (const number of ['A1', 'A2', 'A3']) await store.insert(journalled(number))
    expect(commits(statements)).toBe(3)
    file.close()
  })

  test('come before a call resolves: whoever looks into the file then sees the change', async () => {
    const store = sqliteStore(path)
    await store.insert(journalled('open'))
    const other = new Sqlite(path, { readonly: true })
    const present = other.prepare('select count(*) as n from f2f_payments where out_trade_no = ?')
    const seen = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        store.insert(journalled(`A${index}`)).then(() => present.get(`A${index}`)),
      ),
    )
    expect(seen).toEqual(Array.from({ length: 30 }, () => ({ n: 1 })))
    other.close()
    await store.close()
  })

  test('with one write that cannot be done lose no other', async () => {
    const { store, file } = watched()
    await store.find('open')
    // Nobody's payment looks like this; it breaks the table's own rule.
    const impossible = { ...journalled('A7'), fingerprint: null as unknown as string }
    const works = Array.from({ length: 20 }, (_, index) =>
      failureOf(store.insert(index === 7 ? impossible : journalled(`A${index}`))),
    )
    const failures = await Promise.all(works)
    expect(failures.filter((failure) => failure !== undefined)).toHaveLength(1)
    expect(failures[7]).toMatchObject({ details: { driverCode: 'SQLITE_CONSTRAINT_NOTNULL' } })
    expect(await store.find('A7')).toBeUndefined()
    expect(await store.find('A19')).toEqual(journalled('A19'))
    file.close()
  })

  test('of a change that adds no history are one statement', async () => {
    const { store, file, statements } = watched()
    const payment = journalled('A1')
    await store.insert(payment)
    statements.length = 0
    await store.replace(next(payment, { needsAttention: true }), 1)
    expect(statements.map(({ sql }) => sql.slice(0, 12))).toEqual(['begin immedi', 'update "f2f_', 'commit'])
    file.close()
  })
})

describe('a full disk', () => {
  test('fails the writes that do not fit, loses nothing before, and is over when there is room', async () => {
    const { store, file } = watched()
    await store.find('open')
    const used = Number(file.pragma('page_count', { simple: true }))
    file.pragma(`max_page_count = ${used + 40}`)
    const kept: string[] = []
    let failure: unknown
    for (let count = 0; failure === undefined; count++) {
      const payment = journalled(`A${count}`, { subject: '满'.repeat(256) })
      failure = await failureOf(store.insert(payment))
      if (failure === undefined) kept.push(payment.outTradeNo)
    }
    expect(failure).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      retryable: true,
      details: { driverCode: 'SQLITE_FULL' },
    })
    const together = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        failureOf(store.insert(journalled(`B${index}`, { body: '满'.repeat(2_000) }))),
      ),
    )
    expect(together.some((one) => one !== undefined)).toBe(true)
    expect(kept.length).toBeGreaterThan(10)
    for (const number of kept) expect((await store.find(number))?.outTradeNo).toBe(number)
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok')

    file.pragma('max_page_count = 1000000')
    const [first = ''] = kept
    const payment = await store.find(first)
    if (payment === undefined) throw new Error(`${first} is not there.`)
    expect(await store.replace(entered(payment, 'paid', 'reply'), 1)).toBe(true)
    expect(await store.insert(journalled('C1'))).toMatchObject({ inserted: true })
    file.close()
  })
})

describe('a file that another connection is writing to', () => {
  test('is waited for, while the process goes on', async () => {
    const store = sqliteStore(path)
    await store.insert(journalled('A1'))
    const other = new Sqlite(path)
    other.exec('begin immediate')
    const inserted = store.insert(journalled('A2'))
    let turns = 0
    while (turns < 5) {
      await new Promise((resolve) => setImmediate(resolve))
      turns++
    }
    other.exec('commit')
    expect(await inserted).toMatchObject({ inserted: true })
    other.close()
    await store.close()
  })

  test('is given up after the time that was given', async () => {
    const store = sqliteStore({ path, busyTimeout: 60 })
    await store.insert(journalled('A1'))
    const other = new Sqlite(path)
    other.exec('begin immediate')
    const failure = await failureOf(store.insert(journalled('A2')))
    expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE', details: { driverCode: 'SQLITE_BUSY' } })
    expect(await store.find('A1')).toEqual(journalled('A1'))
    other.exec('rollback')
    expect(await store.insert(journalled('A2'))).toMatchObject({ inserted: true })
    other.close()
    await store.close()
  })
})

test('a long list lets everybody else have their turn of the event loop', async () => {
  const store = sqliteStore(path)
  await Promise.all(Array.from({ length: 1_000 }, (_, index) => store.insert(journalled(`L${index}`))))
  let turns = 0
  let reading = true
  const takeTurn = (): void => {
    turns++
    if (reading) setImmediate(takeTurn)
  }
  setImmediate(takeTurn)
  let seen = 0
  for await (const _ of store.list()) seen++
  reading = false
  await store.close()
  expect(seen).toBe(1_000)
  expect(turns).toBeGreaterThanOrEqual(4)
})
