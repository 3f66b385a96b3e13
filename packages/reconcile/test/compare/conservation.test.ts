import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowBooks } from '../../src/books/our-row.ts'
import { billEntry } from '../../src/compare/bill-entry.ts'
import { compareGroup } from '../../src/compare/compare-group.ts'
import {
  BUCKETS,
  type OurRow,
  type Reconciliation,
  reconcile,
  type SideTotals,
  type TradeRow,
} from '../../src/index.ts'
import { collect } from '../support/collect.ts'
import { moment, ourPayment, ourRefund, refundRow, tradeRow } from '../support/rows.ts'

const orderNumber = fc.constantFrom('A', 'B', 'C', '')
const amount = fc.constantFrom(100, 200, 300)
const requestNumber = fc.constantFrom('R1', 'R2', '')
const tradeNumber = fc.constantFrom('t1', 't2')
const seconds = fc.constantFrom(-90_000, -40, 0, 40, 3_600, 86_359, 86_399, 86_401, 90_000)
const at = seconds.map((offset) => new Date(moment('00:00:00').getTime() + offset * 1_000))
const within = fc
  .integer({ min: 3_600, max: 80_000 })
  .map((offset) => new Date(moment('00:00:00').getTime() + offset * 1_000))

const billRow = fc.oneof(
  fc
    .record({ outTradeNo: orderNumber, orderAmount: amount, tradeNo: tradeNumber, finishedAt: within })
    .map((row): TradeRow => tradeRow(row)),
  fc
    .record({ outTradeNo: orderNumber, orderAmount: amount, outRequestNo: requestNumber, finishedAt: within })
    .map((row): TradeRow => refundRow({ ...row, orderAmount: -row.orderAmount })),
  fc.record({ outTradeNo: orderNumber }).map((row): TradeRow => tradeRow({ ...row, kind: 'other' })),
)

const ourRow = (when: fc.Arbitrary<Date>) => {
  const state = {
    outTradeNo: fc.constantFrom('A', 'B', 'C'),
    amount,
    at: when,
    status: fc.constantFrom('succeeded', 'failed', 'pending'),
  } as const
  return fc.oneof(
    fc.record({ ...state, tradeNo: fc.option(tradeNumber, { nil: undefined }) }).map((row): OurRow => ourPayment(row)),
    fc.record({ ...state, outRequestNo: fc.constantFrom('R1', 'R2') }).map((row): OurRow => ourRefund(row)),
  )
}

const KEYS = ['payments', 'paymentAmount', 'refunds', 'refundAmount', 'others', 'otherAmount'] as const

const sum = (parts: readonly SideTotals[]): SideTotals =>
  Object.fromEntries(
    KEYS.map((key) => [key, parts.reduce((total, part) => total + part[key], 0)]),
  ) as unknown as SideTotals

const totalOf = (rows: readonly { readonly kind: TradeRow['kind']; readonly amount: number }[]): SideTotals =>
  sum(
    rows.map(({ kind, amount: money }) => {
      const nothing: SideTotals = {
        payments: 0,
        paymentAmount: 0,
        refunds: 0,
        refundAmount: 0,
        others: 0,
        otherAmount: 0,
      }
      return { ...nothing, [`${kind}s`]: 1, [`${kind}Amount`]: money }
    }),
  )

const inBuckets = (result: Reconciliation, side: 'bill' | 'ours'): SideTotals =>
  sum(BUCKETS.map((bucket) => result.buckets[bucket][side]))

test('every row of either side comes out exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(billRow, { maxLength: 8 }),
      fc.array(ourRow(at), { maxLength: 8 }),
      async (bill, rows) => {
        const theirs = bill.map((row) => billEntry(row, undefined))
        const ours = await collect(rowBooks(rows, 60_000).entries())
        const { verdicts, excused } = compareGroup(theirs, ours, ({ amount: money }) =>
          money === 100 ? 'waiting' : undefined,
        )
        const billOut = verdicts.flatMap((verdict) => verdict.bill ?? [])
        const oursOut = [...verdicts.flatMap((verdict) => verdict.ours ?? []), ...excused.map((each) => each.ours)]
        expect(billOut).toHaveLength(theirs.length)
        expect(new Set(billOut)).toEqual(new Set(theirs))
        expect(oursOut).toHaveLength(ours.length)
        expect(new Set(oursOut)).toEqual(new Set(ours))
        expect(verdicts.every((verdict) => verdict.bill !== undefined || verdict.ours !== undefined)).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})

test('counts and money of the buckets add up to each side', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(billRow, { maxLength: 25 }),
      fc.array(ourRow(at), { maxLength: 25 }),
      fc.option(fc.constant({ day: '2025-12-31', claimed: [{ key: 'payment A ', day: '2025-12-31' }], waiting: [] }), {
        nil: undefined,
      }),
      async (bill, ours, carried) => {
        const result = await reconcile({ day: '2026-01-01', bill, ours, carried, fees: { rate: 0 } })
        const money = bill.map(({ kind, orderAmount }) => ({ kind, amount: Math.abs(orderAmount) }))
        expect(result.bill).toEqual(totalOf(money))
        expect(inBuckets(result, 'bill')).toEqual(result.bill)
        expect(inBuckets(result, 'ours')).toEqual(result.ours)
        const { nothing, waiting, elsewhere } = result.excused
        expect(result.ours.payments + result.ours.refunds + nothing + waiting + elsewhere).toBe(ours.length)
        expect(result.carried.waiting).toHaveLength(waiting)
        expect(result.differences).toHaveLength(result.differenceCount)
      },
    ),
    { numRuns: 300 },
  )
})

test('all money of ours within the day is in a bucket', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(billRow, { maxLength: 20 }),
      fc.array(ourRow(within), { maxLength: 20 }),
      async (bill, ours) => {
        const result = await reconcile({ day: '2026-01-01', bill, ours })
        const moved = totalOf(ours.filter(({ status }) => status === 'succeeded'))
        expect(result.ours).toMatchObject({ paymentAmount: moved.paymentAmount, refundAmount: moved.refundAmount })
      },
    ),
    { numRuns: 300 },
  )
})

test('the order of the rows changes nothing', async () => {
  const ours = fc.uniqueArray(ourRow(within), {
    maxLength: 12,
    selector: ({ kind, outTradeNo, outRequestNo }) => [kind, outTradeNo, outRequestNo].join(' '),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(billRow, { maxLength: 12 }), ours, async (bill, rows) => {
      const counts = async (theirs: readonly TradeRow[], mine: readonly OurRow[]) => {
        const { buckets } = await reconcile({ day: '2026-01-01', bill: theirs, ours: mine })
        return BUCKETS.map((bucket) => buckets[bucket].count)
      }
      expect(await counts([...bill].reverse(), [...rows].reverse())).toEqual(await counts(bill, rows))
    }),
    { numRuns: 300 },
  )
})
