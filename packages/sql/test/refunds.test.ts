import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RefundFilter, SqlStore } from '../src/index.ts'
import { KINDS, type TestDatabase } from './support/databases.ts'
import { journalled, refundOf } from './support/payments.ts'

const day = (number: number, ms = 0): Date => new Date(Date.UTC(2026, 0, number) + ms)

const settled = (outRequestNo: string, requestedAt: Date, settledAt: Date) =>
  refundOf(outRequestNo, { status: 'succeeded', requestedAt, settledAt, next: undefined, dueAt: undefined })

describe.each(KINDS)('refunds listed from %s', (_name, make) => {
  let database: TestDatabase
  let store: SqlStore
  beforeAll(async () => {
    database = await make()
    store = database.open()
    await store.migrate()
    const early = settled('R1', day(1), day(2))
    const late = settled('R2', day(2), day(3))
    const failed = refundOf('R3', { status: 'failed', requestedAt: day(2), settledAt: day(2, 5) })
    const pending = refundOf('R4', { requestedAt: day(2, 7) })
    await store.insert(journalled('A1', { refunds: [early, late], merchantId: 'M1' }))
    await store.insert(journalled('A2', { refunds: [failed, pending], merchantId: 'M2' }))
    await store.insert(journalled('A3', { refunds: [settled('R1', day(2), day(2))] }))
  })
  afterAll(async () => {
    await store.close()
    await database.drop()
  })

  const listed = async (filter?: RefundFilter): Promise<string[]> => {
    const found: string[] = []
    for await (const { payment, refund } of store.refunds(filter)) {
      found.push(`${payment.outTradeNo}/${refund.outRequestNo}`)
    }
    return found
  }

  test('are those settled, oldest first, unless asked otherwise', async () => {
    expect(await listed()).toEqual(['A1/R1', 'A3/R1', 'A2/R3', 'A1/R2'])
  })

  test('can be those of a day, its first instant included and the next excluded', async () => {
    expect(await listed({ from: day(2), to: day(3) })).toEqual(['A1/R1', 'A3/R1', 'A2/R3'])
    expect(await listed({ from: day(3) })).toEqual(['A1/R2'])
    expect(await listed({ to: day(2) })).toEqual([])
  })

  test('can be those requested in a time, pending ones among them', async () => {
    expect(await listed({ by: 'requestedAt', from: day(2), to: day(3) })).toEqual(['A1/R2', 'A2/R3', 'A3/R1', 'A2/R4'])
  })

  test('can be of one status and one merchant', async () => {
    expect(await listed({ status: 'succeeded' })).toEqual(['A1/R1', 'A3/R1', 'A1/R2'])
    expect(await listed({ merchantId: 'M2', by: 'requestedAt' })).toEqual(['A2/R3', 'A2/R4'])
    expect(await listed({ status: 'failed', merchantId: 'M1' })).toEqual([])
  })

  test('come whole, with their payment', async () => {
    for await (const { payment, refund } of store.refunds({ from: day(3) })) {
      expect(payment).toEqual(await store.find('A1'))
      expect(refund).toEqual(settled('R2', day(2), day(3)))
    }
  })

  test('come each once also when many were settled in one instant', async () => {
    const at = day(20)
    const numbers = Array.from({ length: 450 }, (_, index) => `B${index}`)
    await Promise.all(
      numbers.map((number) =>
        store.insert(journalled(number, { refunds: [settled('R1', at, at), settled('R2', at, at)] })),
      ),
    )
    const found = await listed({ from: at })
    expect(found).toHaveLength(900)
    expect(new Set(found)).toEqual(new Set(numbers.flatMap((number) => [`${number}/R1`, `${number}/R2`])))
  })
})
