import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Payment, Refund } from '@f2f/core'
import { describe, expect, test } from 'vitest'
import { type OurRow, type ReconcileOptions, readBill, reconcile } from '../../src/index.ts'
import { codeOf } from '../support/collect.ts'
import { temporaryFolder } from '../support/folder.ts'
import { moment, ourPayment, ourRefund, refundRow, storeOf, tradeRow } from '../support/rows.ts'
import { ACCOUNT_HEADER, accountFoot, sheetText, tradeFoot, tradeLine } from '../support/sheets.ts'
import { openShop } from '../support/shop.ts'
import { gbk } from '../support/zip.ts'

const sheet = gbk(sheetText({ lines: [tradeLine()], foot: tradeFoot(1, '10.00', 0, '0.00') }))
const ours = [ourPayment({ at: moment('10:00:05') })]

describe('a bill may be given', () => {
  test('as bytes, as a path, as a bill, as rows', async () => {
    const path = join(await temporaryFolder(), 'bill.csv')
    await writeFile(path, sheet)
    for (const bill of [sheet, path, readBill(path), readBill(path, { type: 'trade' })]) {
      expect(await reconcile({ bill, ours })).toMatchObject({
        day: '2026-01-01',
        account: '20880000000000010156',
        isClean: true,
        buckets: { matched: { count: 1 } },
      })
    }
    expect(await reconcile({ bill: [tradeRow()], day: '2026-01-01', ours })).toMatchObject({ isClean: true })
  })

  test('as nothing, for a day without business', async () => {
    expect(await reconcile({ bill: [], day: '2026-01-01', ours })).toMatchObject({
      buckets: { onlyOurs: { count: 1 } },
    })
  })

  test('of a month', async () => {
    const text = sheetText({ lines: [tradeLine()], foot: tradeFoot(1, '10.00', 0, '0.00') })
    const bill = gbk(text.replace('终止日期：[2026年01月02日', '终止日期：[2026年02月01日'))
    expect(await reconcile({ bill, ours })).toMatchObject({ day: '2026-01', isClean: true })
  })
})

describe('a bill is refused', () => {
  const account = gbk(sheetText({ title: '账务明细', header: ACCOUNT_HEADER, foot: accountFoot(0, '0.00', 0, '0.00') }))
  test.each<[string, Partial<ReconcileOptions>, string]>([
    ['of another day', { bill: sheet, day: '2026-01-02' }, 'BILL_MISMATCH'],
    ['of another account', { bill: sheet, sellerId: '2088999999999999' }, 'BILL_MISMATCH'],
    ['of movements', { bill: account }, 'BILL_MISMATCH'],
    ['of movements, read without saying so', { bill: readBill(account) }, 'BILL_MISMATCH'],
    ['of no day', { bill: [tradeRow()] }, 'CONFIG_INVALID'],
    ['of no possible day', { bill: [tradeRow()], day: '2026-02-30' }, 'CONFIG_INVALID'],
    ['that does not add up', { bill: gbk(sheetText({ lines: [tradeLine()] })) }, 'BILL_TOTALS_MISMATCH'],
  ])('%s', async (_, options, code) => {
    expect(await codeOf(reconcile({ ours, ...options } as ReconcileOptions))).toBe(code)
  })

  test('and leaves no temporary file behind', async () => {
    const tempDir = await temporaryFolder()
    await codeOf(reconcile({ bill: gbk(sheetText({ lines: [tradeLine()] })), ours, tempDir }))
    expect(await readdir(tempDir)).toEqual([])
  })
})

describe('rows of our own', () => {
  test.each<[string, object]>([
    ['kind', { kind: 'other' }],
    ['outTradeNo', { outTradeNo: '' }],
    ['amount', { amount: '10.00' }],
    ['amount', { amount: -1 }],
    ['amount', { amount: 0.5 }],
    ['receiptAmount', { receiptAmount: 1.5 }],
    ['at', { at: '2026-01-01' }],
    ['at', { at: new Date(Number.NaN) }],
    ['status', { status: 'paid' }],
    ['outRequestNo', { kind: 'refund' }],
  ])('are refused without a proper %s: %o', async (field, change) => {
    const rows = [{ ...ourPayment(), ...change } as OurRow]
    const work = reconcile({ bill: [], day: '2026-01-01', ours: rows })
    await expect(work).rejects.toMatchObject({ code: 'REQUEST_INVALID', details: { field } })
  })

  test('may come one by one', async () => {
    async function* rows() {
      yield* ours
    }
    expect(await reconcile({ bill: sheet, ours: rows() })).toMatchObject({ isClean: true })
  })
})

test.each<[string, object]>([
  ['no books', {}],
  ['a fee rate that is no share', { ours, fees: { rate: 6 } }],
])('refuses %s', async (_, options) => {
  expect(await codeOf(reconcile({ bill: sheet, ...options } as unknown as ReconcileOptions))).toBe('CONFIG_INVALID')
})

test('can be called off', async () => {
  const signal = AbortSignal.abort(new Error('closing time'))
  await expect(reconcile({ bill: sheet, ours, signal })).rejects.toThrow('closing time')
})

describe('a store', () => {
  const paymentOf = async (): Promise<Payment> => {
    const { cashier, clock } = openShop('2026-01-01T10:00:00')
    const order = { outTradeNo: 'T1', authCode: '280000000000000000', totalAmount: '10.00', subject: 'tea' }
    const paid = cashier.pay(order)
    await clock.advance(1_000)
    await paid
    await cashier.refund({ outTradeNo: 'T1', outRequestNo: 'R1', refundAmount: '3.00' })
    const payment = await cashier.find('T1')
    if (payment === undefined) throw new Error('no payment')
    return payment
  }
  const shifted = (payment: Payment, days: number): Payment => ({
    ...payment,
    createdAt: new Date(payment.createdAt.getTime() - days * 86_400_000),
    paidAt: new Date(payment.createdAt.getTime() - days * 86_400_000),
  })

  test('a refund of an old payment is found through the bill, and missed when the bill lacks it', async () => {
    const old = shifted(await paymentOf(), 100)
    const bill = [refundRow({ tradeNo: old.tradeNo ?? '' })]
    for (const lookBack of [undefined, 0]) {
      expect(await reconcile({ store: storeOf([old]), bill, day: '2026-01-01', lookBack })).toMatchObject({
        isClean: true,
        buckets: { matched: { count: 1 } },
      })
    }
    const missing = await reconcile({ store: storeOf([old]), bill: [], day: '2026-01-01' })
    expect(missing.differences).toMatchObject([{ bucket: 'onlyOurs', kind: 'refund', outRequestNo: 'R1' }])
  })

  test('a store that lists refunds is not asked for a year of payments', async () => {
    const old = shifted(await paymentOf(), 100)
    const asked: (Date | undefined)[] = []
    const store = storeOf([old])
    const lister = {
      ...store,
      list: (filter = {}) => {
        asked.push((filter as { from?: Date }).from)
        return store.list(filter)
      },
      async *refunds({ from, to }: { readonly from: Date; readonly to: Date }) {
        const refund = old.refunds[0] as Refund
        expect([from <= (refund.settledAt ?? to), to > (refund.settledAt ?? to)]).toEqual([true, true])
        yield { payment: old, refund }
      },
    }
    const result = await reconcile({ store: lister, bill: [], day: '2026-01-01' })
    expect(result.differences).toMatchObject([{ bucket: 'onlyOurs', kind: 'refund' }])
    expect(asked).toEqual([moment('00:00:00', '2025-12-16')])
  })

  test('payments of another merchant are not compared', async () => {
    const payment = { ...(await paymentOf()), merchantId: 'm2' }
    const bill = [tradeRow({ tradeNo: payment.tradeNo ?? '' })]
    const mine = await reconcile({ store: storeOf([payment]), bill, day: '2026-01-01', merchantId: 'm1' })
    expect(mine.differences).toMatchObject([{ bucket: 'onlyAlipay' }])
    const theirs = await reconcile({ store: storeOf([payment]), bill, day: '2026-01-01', merchantId: 'm2' })
    expect(theirs.differences).toMatchObject([{ bucket: 'onlyOurs', kind: 'refund' }])
  })

  test('money taken and given back by a cancel needs no rows, or both', async () => {
    const reversed: Payment = { ...(await paymentOf()), status: 'reversed', refunds: [] }
    const [taken, returned] = [
      tradeRow({ tradeNo: reversed.tradeNo ?? '' }),
      refundRow({ outRequestNo: 'T1', orderAmount: -1000 }),
    ]
    const outcome = async (...bill: readonly (typeof taken)[]) => {
      const { differences } = await reconcile({ store: storeOf([reversed]), bill, day: '2026-01-01' })
      return differences.map(({ bucket, kind }) => `${bucket} ${kind}`)
    }
    expect(await outcome(taken, returned)).toEqual([])
    expect(await outcome()).toEqual([])
    expect(await outcome(taken)).toEqual(['onlyOurs refund'])
    expect(await outcome(returned)).toEqual(['onlyOurs payment'])
  })
})

test('refunds with rows of our own are one by one', async () => {
  const rows = [ourPayment(), ourRefund(), ourRefund({ outRequestNo: 'R2', amount: 100 })]
  const bill = [tradeRow(), refundRow(), refundRow({ outRequestNo: 'R2', orderAmount: -100 })]
  expect(await reconcile({ bill, day: '2026-01-01', ours: rows })).toMatchObject({
    isClean: true,
    buckets: { matched: { count: 3, bill: { refunds: 2, refundAmount: 400 } } },
  })
})
