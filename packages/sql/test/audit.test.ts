import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SqlStore } from '../src/index.ts'
import { KINDS, type TestDatabase } from './support/databases.ts'
import { entered, journalled, next, refundOf } from './support/payments.ts'

const START = Date.UTC(2026, 0, 1)

describe.each(KINDS)('what is written beside a payment in %s', (_name, make) => {
  let database: TestDatabase
  let store: SqlStore
  beforeAll(async () => {
    database = await make()
    store = database.open()
    await store.migrate()
  })
  afterAll(async () => {
    await store.close()
    await database.drop()
  })

  const history = async (outTradeNo: string): Promise<unknown[]> => {
    const lines = await database.run(
      `select seq, at, status, why from f2f_payment_history where out_trade_no = '${outTradeNo}' order by seq`,
    )
    return lines.map(({ seq, at, status, why }) => [seq, Number(at) - START, status, why])
  }

  const refunds = async (outTradeNo: string): Promise<unknown[]> => {
    const lines = await database.run(
      `select * from f2f_refunds where out_trade_no = '${outTradeNo}' order by out_request_no`,
    )
    return lines.map((line) => [
      line.out_request_no,
      line.status,
      Number(line.refund_amount),
      Number(line.requested_at) - START,
      line.settled_at === null ? null : Number(line.settled_at) - START,
    ])
  }

  test('the audit trail holds every line of the history, each once', async () => {
    let payment = journalled('A1')
    await store.insert(payment)
    for (const [status, why] of [
      ['confirming', 'busy'],
      ['cancelling', 'deadline'],
      ['closed', 'close'],
    ] as const) {
      const following = entered(payment, status, why)
      await store.replace(following, payment.version)
      payment = following
    }
    expect(await history('A1')).toEqual([
      [0, 0, 'paying', 'sent'],
      [1, 1, 'confirming', 'busy'],
      [2, 2, 'cancelling', 'deadline'],
      [3, 3, 'closed', 'close'],
    ])
  })

  test('a change by somebody who has only read the payment adds his line, too', async () => {
    await store.insert(journalled('A2'))
    const other = database.open()
    const found = await other.find('A2')
    if (found === undefined) throw new Error('A2 is not there.')
    await other.replace(entered(found, 'paid', 'query'), 1)
    await other.close()
    expect(await history('A2')).toEqual([
      [0, 0, 'paying', 'sent'],
      [1, 1, 'paid', 'query'],
    ])
  })

  test('a change made from a payment nobody read leaves no gap', async () => {
    await store.insert(journalled('A3'))
    const copy = structuredClone(entered(entered(journalled('A3'), 'confirming', 'busy'), 'paid', 'query'))
    await store.replace({ ...copy, version: 2 }, 1)
    expect(await history('A3')).toEqual([
      [0, 0, 'paying', 'sent'],
      [1, 1, 'confirming', 'busy'],
      [2, 2, 'paid', 'query'],
    ])
  })

  test('lines and refunds that two payments share as objects are written for each', async () => {
    const shared = { history: journalled('x').history, refunds: [refundOf('R1')] }
    await store.insert(journalled('A4', shared))
    await store.insert(journalled('A5', shared))
    expect(await history('A5')).toEqual(await history('A4'))
    expect(await refunds('A5')).toHaveLength(1)
  })

  test('a lost race, a second insert and a change of nothing leave no line', async () => {
    const payment = journalled('A6')
    await store.insert(payment)
    await store.replace(entered(payment, 'paid', 'reply'), 1)
    await store.replace(next(entered(payment, 'closed', 'lost race'), { refunds: [refundOf('R1')] }), 1)
    await store.insert(journalled('A6', { history: [...payment.history, { ...payment.history[0]!, why: 'again' }] }))
    await store.replace(entered(journalled('nobody'), 'paid', 'reply'), 1)
    expect(await history('A6')).toEqual([
      [0, 0, 'paying', 'sent'],
      [1, 1, 'paid', 'reply'],
    ])
    expect(await refunds('A6')).toEqual([])
    expect(await history('nobody')).toEqual([])
  })

  test('refunds are there from their journal entry on and follow every change', async () => {
    const first = refundOf('R1', { refundAmount: '10.10' })
    const second = refundOf('R2', { requestedAt: new Date(START + 5) })
    const paid = journalled('A7', { status: 'paid' })
    await store.insert(paid)
    const asked = next(paid, { refunds: [first, second] })
    await store.replace(asked, 1)
    expect(await refunds('A7')).toEqual([
      ['R1', 'pending', 1010, 0, null],
      ['R2', 'pending', 100, 5, null],
    ])
    const done = { ...first, status: 'succeeded', settledAt: new Date(START + 9) } as const
    await store.replace(next(asked, { refunds: [done, second] }), 2)
    expect(await refunds('A7')).toEqual([
      ['R1', 'succeeded', 1010, 0, 9],
      ['R2', 'pending', 100, 5, null],
    ])
  })

  test('amounts are whole fen, instants milliseconds since 1970', async () => {
    await store.insert(journalled('A8', { totalAmount: '100000000.00', receiptAmount: '0.01' }))
    const [row] = await database.run("select * from f2f_payments where out_trade_no = 'A8'")
    const { total_amount, receipt_amount, created_at, due_at } = row ?? {}
    expect([total_amount, receipt_amount, created_at, due_at].map(Number)).toEqual([1e10, 1, START, START + 12_000])
  })

  test('a NUL in a text becomes a visible mark instead of holding the payment up', async () => {
    const payment = journalled('A9', { subject: 'a\0b', history: [{ ...journalled('x').history[0]!, why: '\0' }] })
    await store.insert(payment)
    expect((await store.find('A9'))?.subject).toBe('a\uFFFDb')
    expect(await history('A9')).toEqual([[0, 0, 'paying', '\uFFFD']])
  })
})
