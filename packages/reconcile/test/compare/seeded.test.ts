import { join } from 'node:path'
import { fen, type Payment, type Refund, yuan } from '@f2f/core'
import { expect, test } from 'vitest'
import { type DifferenceKind, downloadBill, readBill, reconcile, type TradeRow } from '../../src/index.ts'
import { busyDay } from '../support/busy-day.ts'
import { collect } from '../support/collect.ts'
import { temporaryFolder } from '../support/folder.ts'
import { storeOf } from '../support/rows.ts'
import { billsOf, openShop } from '../support/shop.ts'

const DAY = '2026-01-05'

/** A real day, whose books and bill can be falsified. */
class Falsifier {
  readonly planned: string[] = []
  readonly #payments: Payment[]
  rows: TradeRow[]
  readonly #plain: string[]
  readonly #refunded: string[]

  constructor(payments: readonly Payment[], rows: readonly TradeRow[]) {
    this.#payments = [...payments]
    this.rows = [...rows]
    const paid = payments.filter(({ status }) => status === 'paid')
    this.#plain = paid.filter(({ refunds }) => refunds.length === 0).map(({ outTradeNo }) => outTradeNo)
    this.#refunded = paid.filter(({ refunds }) => refunds.length === 1).map(({ outTradeNo }) => outTradeNo)
  }

  get payments(): readonly Payment[] {
    return this.#payments
  }

  /** Falsifies `count` payments that have no refunds. */
  payment(bucket: DifferenceKind, count: number, falsify: (outTradeNo: string) => void): void {
    for (const outTradeNo of this.#plain.splice(0, count)) {
      falsify(outTradeNo)
      this.planned.push(`${bucket} payment ${outTradeNo}`)
    }
  }

  /** Falsifies the only refund of `count` payments. */
  refund(bucket: DifferenceKind, count: number, falsify: (outTradeNo: string) => void): void {
    for (const outTradeNo of this.#refunded.splice(0, count)) {
      falsify(outTradeNo)
      this.planned.push(`${bucket} refund ${outTradeNo}`)
    }
  }

  ours(outTradeNo: string, change: (payment: Payment) => Partial<Payment> | undefined): void {
    const place = this.#payments.findIndex((payment) => payment.outTradeNo === outTradeNo)
    const payment = this.#payments[place]
    if (payment === undefined) throw new Error(`no payment ${outTradeNo}`)
    const changed = change(payment)
    this.#payments.splice(place, 1, ...(changed === undefined ? [] : [{ ...payment, ...changed }]))
  }

  ourRefund(outTradeNo: string, change: Partial<Refund> | undefined): void {
    this.ours(outTradeNo, ({ refunds }) => ({
      refunds: change === undefined ? [] : refunds.map((refund) => ({ ...refund, ...change })),
    }))
  }

  theirs(kind: TradeRow['kind'], outTradeNo: string, change: (row: TradeRow) => readonly TradeRow[]): void {
    this.rows = this.rows.flatMap((row) => (row.outTradeNo === outTradeNo && row.kind === kind ? change(row) : [row]))
  }
}

const more = (amount: string): string => yuan(fen(amount) + 1)

const seed = (day: Falsifier): void => {
  day.payment('onlyAlipay', 4, (no) => day.ours(no, () => undefined))
  day.refund('onlyAlipay', 3, (no) => day.ourRefund(no, undefined))
  day.rows.push({ ...(day.rows[0] as TradeRow), kind: 'other', businessType: '转账', outTradeNo: 'X1' })
  day.planned.push('onlyAlipay other X1')

  day.payment('onlyOurs', 4, (no) => day.theirs('payment', no, () => []))
  day.refund('onlyOurs', 3, (no) => day.theirs('refund', no, () => []))

  day.payment('amountDiffers', 3, (no) => day.ours(no, (p) => ({ totalAmount: more(p.totalAmount) })))
  day.refund('amountDiffers', 2, (no) => day.ourRefund(no, { refundAmount: '0.01' }))
  day.payment('amountDiffers', 1, (no) =>
    day.theirs('payment', no, (row) => [{ ...row, receiptAmount: row.receiptAmount - 1 }]),
  )

  day.payment('statusDiffers', 3, (no) => day.ours(no, () => ({ status: 'closed', paidAt: undefined })))
  day.payment('statusDiffers', 2, (no) => day.ours(no, () => ({ status: 'confirming', settledAt: undefined })))
  day.refund('statusDiffers', 2, (no) => day.ourRefund(no, { status: 'pending', settledAt: undefined }))
  day.refund('statusDiffers', 1, (no) => day.ourRefund(no, { status: 'failed' }))

  const dearer = (row: TradeRow) => [{ ...row, serviceFee: row.serviceFee - 100 }]
  day.payment('feeUnexpected', 4, (no) => day.theirs('payment', no, dearer))
  day.refund('feeUnexpected', 1, (no) => day.theirs('refund', no, dearer))

  day.payment('duplicate', 3, (no) => day.theirs('payment', no, (row) => [row, { ...row, line: 9_001 }]))
  day.payment('duplicate', 2, (no) =>
    day.theirs('payment', no, (row) => [{ ...row, tradeNo: 'another', line: 1 }, row]),
  )
  day.refund('duplicate', 1, (no) => day.theirs('refund', no, (row) => [row, { ...row, line: 9_002 }]))
}

test('forty falsehoods of every kind: exactly those forty, each in its bucket', async () => {
  const shop = openShop(`${DAY}T10:00:00`)
  await busyDay(shop, 220)
  await shop.clock.advance(24 * 3_600_000)
  const to = join(await temporaryFolder(), 'bill.zip')
  await downloadBill({ ...billsOf(shop), billType: 'trade', billDate: DAY, to })
  const day = new Falsifier(await collect(shop.store.list()), await collect(readBill(to, { type: 'trade' })))
  const truth = await reconcile({ store: shop.store, bill: to, fees: { rate: 0.006 } })
  expect(truth.differences).toEqual([])

  seed(day)
  expect(day.planned).toHaveLength(40)
  const told: string[] = []
  const result = await reconcile({
    store: storeOf(day.payments),
    bill: day.rows,
    day: DAY,
    fees: { rate: 0.006 },
    onDifference: ({ id }) => void told.push(id),
  })
  const found = result.differences.map(({ bucket, kind, outTradeNo }) => `${bucket} ${kind} ${outTradeNo}`)
  expect(found.sort()).toEqual([...day.planned].sort())
  expect(result).toMatchObject({ differenceCount: 40, isClean: false, omitted: 0 })
  expect(new Set(told).size).toBe(40)
  expect(new Set(result.differences.map(({ id }) => id))).toEqual(new Set(told))

  const again = await reconcile({ store: storeOf(day.payments), bill: day.rows, day: DAY, fees: { rate: 0.006 } })
  expect(again).toEqual(result)
})
