import { readFile } from 'node:fs/promises'
import { completePolicy, prepareBarcode, transition } from '@f2f/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqliteStore } from '../src/index.ts'
import { startChild } from './children/child.ts'
import { KINDS, type TestDatabase } from './support/databases.ts'
import { temporaryFile } from './support/temporary-file.ts'

describe.each(KINDS)('payments in %s', (_name, make) => {
  let database: TestDatabase
  beforeEach(async () => {
    database = await make()
  })
  afterEach(() => database.drop())

  test('outlive a process that is killed in the middle of its work', async () => {
    const setUp = database.open()
    await setUp.migrate()
    await setUp.close()
    const child = startChild(new URL('./children/journal.ts', import.meta.url), database.target)
    for (let seen = 0; seen < 200; seen++) await child.message()
    child.process.kill('SIGKILL')
    expect(await child.ended).toBe('SIGKILL')

    const store = database.open()
    const promised = child.sent as string[]
    expect(promised.length).toBeGreaterThanOrEqual(200)
    for (const outTradeNo of promised)
      expect(await store.find(outTradeNo)).toMatchObject({ status: 'paid', version: 2 })
    const torn = await database.run(
      `select p.out_trade_no from f2f_payments p where (select count(*) from f2f_payment_history h
       where h.out_trade_no = p.out_trade_no) <> p.version`,
    )
    expect(torn).toEqual([])
    await store.close()
  })
})

test('the payment code is nowhere in the file, only its masked form', async () => {
  const authCode = '287654321098765432'
  const { path, remove } = await temporaryFile()
  const policy = completePolicy({})
  const order = { outTradeNo: 'A1', totalAmount: '88.88', subject: 'Tea', authCode }
  const { payment } = prepareBarcode(order, policy, 0)
  const store = sqliteStore(path)
  await store.insert(transition(payment, { type: 'start', at: 0 }, policy).payment)
  const bytes = Buffer.concat([await readFile(path), await readFile(`${path}-wal`)])
  expect(bytes.includes('A1')).toBe(true)
  expect(bytes.includes('28************5432')).toBe(true)
  expect(bytes.includes(authCode)).toBe(false)
  expect(bytes.includes(authCode.slice(2, 14))).toBe(false)
  await store.close()
  await remove()
})
