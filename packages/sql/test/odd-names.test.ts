import { describe, expect, test } from 'vitest'
import { sqliteStore } from '../src/index.ts'
import { KINDS } from './support/databases.ts'
import { journalled } from './support/payments.ts'

describe.each(KINDS)('a payment on %s', (_name, make) => {
  test('is found under its own number only', async () => {
    const database = await make()
    const store = database.open()
    await store.migrate()
    await store.insert(journalled('A1'))
    for (const other of ['A1 ', ' A1', 'a1', 'Ａ1', 'A1\0', '', 'A'.repeat(5_000)]) {
      expect(await store.find(other)).toBeUndefined()
    }
    await store.close()
    await database.drop()
  })
})

test.each(['', ' ', undefined, null, {}, { path: '' }, { path: undefined }, 7])(
  'a SQLite store without a file, which would forget everything, is refused: %j',
  (file) => {
    expect(() => sqliteStore(file as string)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  },
)
