import { type Payment, type Refund, yuan } from '@f2f/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromRow, type StoredPayment, toRow } from '../src/rows/payment-row.ts'
import { journalled, refundOf } from './support/payments.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((any) => any.replaceAll('\0', ''))
const maybe = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(some, { nil: undefined })
const instant = fc.date({ min: new Date(0), max: new Date(Date.UTC(9999, 0)), noInvalidDate: true })
const amount = fc.integer({ min: 0, max: 10_000_000_000 }).map(yuan)
const count = fc.integer({ min: 0, max: 2_000_000_000 })
const status = fc.constantFrom<Payment['status']>('created', 'paying', 'confirming', 'cancelling', 'paid', 'reversed')

/** Records as JavaScript writes them, with a prototype. */
const plain = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record<T>(model, { noNullPrototype: true })

const failure = plain({ code: text, subCode: maybe(text), message: text })
const problem = plain({ code: text, subCode: maybe(text), message: text, at: instant })

const refund: fc.Arbitrary<Refund> = plain({
  outRequestNo: text,
  refundAmount: amount,
  reason: maybe(text),
  operatorId: maybe(text),
  status: fc.constantFrom<Refund['status']>('pending', 'succeeded', 'failed'),
  failure: maybe(failure),
  problem: maybe(problem),
  needsAttention: fc.boolean(),
  requestedAt: instant,
  settledAt: maybe(instant),
  attempts: count,
  next: fc.constantFrom<Refund['next']>('send', 'ask', undefined),
  askFrom: count,
  mayLandUntil: maybe(instant),
  dueAt: maybe(instant),
}).map((fields) => ({ ...refundOf('R1'), ...fields }))

const payment: fc.Arbitrary<Payment> = plain({
  outTradeNo: text,
  status,
  version: count,
  totalAmount: amount,
  subject: text,
  body: maybe(text),
  storeId: maybe(text),
  merchantId: maybe(text),
  receiptAmount: maybe(amount),
  buyerPayAmount: maybe(amount),
  paidAt: maybe(instant),
  failure: maybe(failure),
  problem: maybe(problem),
  needsAttention: fc.boolean(),
  lateSuccess: fc.boolean(),
  createdAt: instant,
  settledAt: maybe(instant),
  dueAt: maybe(instant),
  nextAt: maybe(instant),
  payUnknown: fc.boolean(),
  cancellation: maybe(
    plain({
      reason: fc.constantFrom('deadline' as const, 'late' as const),
      startedAt: instant,
      attempts: count,
      next: fc.constantFrom('reply' as const, 'ask' as const),
    }),
  ),
  refunds: fc.array(refund, { maxLength: 4 }),
  reports: fc.array(
    plain({
      id: count,
      kind: fc.constantFrom('settled' as const, 'refund' as const),
      outRequestNo: maybe(text),
      attempts: count,
      dueAt: instant,
    }),
    { maxLength: 3 },
  ),
  history: fc.array(plain({ at: instant, status, why: text }), { maxLength: 5 }),
}).map((fields) => ({ ...journalled('A1'), ...fields }))

/** Whole numbers as a driver may give them. */
const given = (row: StoredPayment, columns: RegExp, as: (value: number) => string | bigint): StoredPayment =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' && columns.test(name) ? as(value) : value,
    ]),
  ) as unknown as StoredPayment

const DRIVERS: readonly (readonly [string, (row: StoredPayment) => StoredPayment])[] = [
  ['numbers', (row) => row],
  ['texts', (row) => given(row, /_at$|_amount$/, String)],
  ['bigints', (row) => given(row, /./, BigInt)],
]

test.each(DRIVERS)('a payment comes back from its row as it was, with whole numbers as %s', (_as, read) => {
  fc.assert(
    fc.property(payment, (one) => {
      const { unfinished_since: _, ...stored } = toRow(one)
      expect(fromRow(read(stored as StoredPayment))).toStrictEqual(one)
    }),
  )
})

test('a row is unfinished since it was created, exactly while the payment is due', () => {
  fc.assert(
    fc.property(payment, (one) => {
      expect(toRow(one).unfinished_since).toBe(one.dueAt === undefined ? null : one.createdAt.getTime())
    }),
  )
})
