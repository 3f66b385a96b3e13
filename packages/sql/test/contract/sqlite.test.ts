import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type StoreUnderTest, storeContract } from '@f2f/core/testing'
import { describe, test } from 'vitest'
import { sqliteStore } from '../../src/index.ts'
import { closeAll } from '../support/close-all.ts'

const openFile = async (): Promise<StoreUnderTest> => {
  const folder = await mkdtemp(join(tmpdir(), 'f2f-sqlite-'))
  const handles = closeAll(() => sqliteStore(join(folder, 'payments.db')))
  return {
    ...handles,
    async close() {
      await handles.close()
      await rm(folder, { recursive: true })
    },
  }
}

const openMemory = async (): Promise<StoreUnderTest> => {
  const store = sqliteStore(':memory:')
  return { store, close: () => store.close() }
}

describe('a SQLite file keeps the store contract', () => {
  for (const { id, name, run } of storeContract(openFile, { silent: 'Another process may write to the file.' }))
    test(`${id} ${name}`, run)
})

describe('SQLite in memory keeps the store contract', () => {
  const forgets = 'It is gone when it is closed.'
  const alone = 'Every connection has a database of its own.'
  const silent = 'Nobody needs it to: the only writer is this process.'
  for (const { id, name, run } of storeContract(openMemory, { forgets, alone, silent })) test(`${id} ${name}`, run)
})
