import { describe, expect, test } from 'vitest'
import { type OurRow, type ReconcileOptions, reconcile, type TradeRow } from '../../src/index.ts'
import { moment, ourPayment, ourRefund, refundRow, tradeRow } from '../support/rows.ts'

const DAY = '2026-01-01'

const compare = (bill: readonly TradeRow[], ours: readonly OurRow[], options: Partial<ReconcileOptions> = {}) =>
  reconcile({ bill, day: DAY, ours, ...options } as ReconcileOptions)

/** `bucket kind action` of every difference. */
const outcome = async (bill: readonly TradeRow[], ours: readonly OurRow[], options: Partial<ReconcileOptions> = {}) => {
  const { differences } = await compare(bill, ours, options)
  return differences.map(({ bucket, kind, suggestion }) => `${bucket} ${kind} ${suggestion.action}`)
}

const fees: Partial<ReconcileOptions> = { fees: { rate: 0.006 } }

describe('payments', () => {
  test.each<[string, readonly TradeRow[], readonly OurRow[], readonly string[], Partial<ReconcileOptions>?]>([
    ['the same on both sides', [tradeRow()], [ourPayment()], []],
    ['only at Alipay', [tradeRow()], [], ['onlyAlipay payment ask']],
    ['only with us', [], [ourPayment()], ['onlyOurs payment query']],
    ['another amount', [tradeRow()], [ourPayment({ amount: 1001 })], ['amountDiffers payment ask']],
    [
      'another receipt',
      [tradeRow({ receiptAmount: 990 })],
      [ourPayment({ receiptAmount: 1000 })],
      ['amountDiffers payment ask'],
    ],
    ['a receipt our books do not know', [tradeRow({ receiptAmount: 990 })], [ourPayment()], []],
    ['failed with us', [tradeRow()], [ourPayment({ status: 'failed' })], ['statusDiffers payment refund']],
    ['not known with us', [tradeRow()], [ourPayment({ status: 'pending' })], ['statusDiffers payment deliver']],
    [
      'failed with us, taken and given back by Alipay',
      [tradeRow(), refundRow({ orderAmount: -1000 })],
      [ourPayment({ status: 'failed' })],
      ['onlyAlipay refund ask', 'statusDiffers payment query'],
    ],
    ['failed on both sides', [], [ourPayment({ status: 'failed' })], []],
    ['failed, then paid under the same number', [tradeRow()], [ourPayment({ status: 'failed' }), ourPayment()], []],
    ['the same row twice in the bill', [tradeRow(), tradeRow({ line: 7 })], [ourPayment()], ['duplicate payment ask']],
    [
      'paid twice under one number',
      [tradeRow({ tradeNo: 'second' }), tradeRow({ tradeNo: 'first', line: 7 })],
      [ourPayment({ tradeNo: 'first' })],
      ['duplicate payment refund'],
    ],
    ['twice in our books', [tradeRow()], [ourPayment(), ourPayment()], ['duplicate payment ask']],
    [
      'another trade than ours under our number',
      [tradeRow({ tradeNo: 'theirs' })],
      [ourPayment({ tradeNo: 'ours' })],
      ['onlyAlipay payment ask', 'onlyOurs payment query'],
    ],
    [
      'a kind of business we do not know',
      [tradeRow({ kind: 'other', businessType: '转账' })],
      [],
      ['onlyAlipay other ask'],
    ],
    [
      'two rows without an order number',
      [tradeRow({ outTradeNo: '', tradeNo: 'a' }), tradeRow({ outTradeNo: '', tradeNo: 'b' })],
      [],
      ['onlyAlipay payment ask', 'onlyAlipay payment ask'],
    ],
    ['the fee that was agreed', [tradeRow({ serviceFee: -6 })], [ourPayment()], [], fees],
    ['a fee rounded the other way', [tradeRow({ serviceFee: -7 })], [ourPayment()], [], fees],
    ['a fee too high', [tradeRow({ serviceFee: -60 })], [ourPayment()], ['feeUnexpected payment ask'], fees],
    ['no fee', [tradeRow({ serviceFee: 0 })], [ourPayment()], ['feeUnexpected payment ask'], fees],
    ['a fee nobody asked about', [tradeRow({ serviceFee: -999 })], [ourPayment()], []],
    [
      'a fee by a rule of your own',
      [tradeRow({ serviceFee: -7 })],
      [ourPayment()],
      ['feeUnexpected payment ask'],
      { fees: () => -6 },
    ],
    ['a row without a rule', [tradeRow({ serviceFee: -7 })], [ourPayment()], [], { fees: () => undefined }],
  ])('%s', async (_, bill, ours, expected, options) => {
    expect(await outcome(bill, ours, options)).toEqual(expected)
  })
})

describe('refunds', () => {
  const paid = [tradeRow(), ourPayment()] as const

  test.each<[string, readonly TradeRow[], readonly OurRow[], readonly string[], Partial<ReconcileOptions>?]>([
    ['the same on both sides', [refundRow()], [ourRefund()], []],
    [
      'two of one payment',
      [refundRow(), refundRow({ outRequestNo: 'R2' })],
      [ourRefund({ outRequestNo: 'R2' }), ourRefund()],
      [],
    ],
    ['only at Alipay', [refundRow()], [], ['onlyAlipay refund ask']],
    ['only with us', [], [ourRefund()], ['onlyOurs refund query']],
    ['another amount', [refundRow()], [ourRefund({ amount: 299 })], ['amountDiffers refund ask']],
    ['failed with us', [refundRow()], [ourRefund({ status: 'failed' })], ['statusDiffers refund query']],
    ['not known with us', [refundRow()], [ourRefund({ status: 'pending' })], ['statusDiffers refund query']],
    ['not known with us, not done by Alipay', [], [ourRefund({ status: 'pending' })], []],
    ['the same row twice', [refundRow(), refundRow({ line: 9 })], [ourRefund()], ['duplicate refund ask']],
    ['without a number in the bill', [refundRow({ outRequestNo: '' })], [ourRefund()], []],
    [
      'without a number, and of another amount',
      [refundRow({ outRequestNo: '', orderAmount: -100 })],
      [ourRefund()],
      ['onlyAlipay refund ask', 'onlyOurs refund query'],
    ],
    ['a fee given back', [refundRow({ serviceFee: 2 })], [ourRefund()], [], fees],
    ['a fee not given back', [refundRow({ serviceFee: 0 })], [ourRefund()], ['feeUnexpected refund ask'], fees],
    [
      'a fee that is not to be given back',
      [refundRow()],
      [ourRefund()],
      [],
      { fees: { rate: 0.006, returnedOnRefund: false } },
    ],
  ])('%s', async (_, bill, ours, expected, options) => {
    const [row, payment] = [{ ...paid[0], serviceFee: -6 }, paid[1]]
    expect(await outcome([row, ...bill], [payment, ...ours], options)).toEqual(expected)
  })
})

test('a difference carries what both sides know', async () => {
  const { differences } = await compare(
    [tradeRow({ serviceFee: -6, terminalId: 't1' })],
    [ourPayment({ amount: 999, tradeNo: 'trade-T1', at: moment('10:00:01') })],
  )
  expect(differences).toEqual([
    {
      id: '2026-01-01/amountDiffers/payment/T1/',
      bucket: 'amountDiffers',
      kind: 'payment',
      outTradeNo: 'T1',
      outRequestNo: '',
      bill: {
        tradeNo: 'trade-T1',
        amount: 1000,
        receiptAmount: 1000,
        fee: -6,
        expectedFee: undefined,
        at: moment('10:00:00'),
        storeId: 'S1',
        terminalId: 't1',
        subject: '咖啡',
        businessType: '交易',
        line: 6,
      },
      ours: {
        status: 'succeeded',
        amount: 999,
        receiptAmount: undefined,
        tradeNo: 'trade-T1',
        from: moment('10:00:01'),
        to: moment('10:00:01'),
      },
      suggestion: { action: 'ask', reason: 'amounts', why: 'Both have it, with different amounts.' },
    },
  ])
})

test('hours of the day are those of Beijing', async () => {
  const bill = [tradeRow({ finishedAt: moment('00:00:00') }), refundRow({ finishedAt: moment('23:59:59') })]
  const { hours } = await compare(bill, [ourPayment({ at: moment('00:00:00') })])
  expect(hours.filter(({ payments, refunds }) => payments + refunds > 0)).toEqual([
    { hour: 0, payments: 1, paymentAmount: 1000, refunds: 0, refundAmount: 0, differences: 0 },
    { hour: 23, payments: 0, paymentAmount: 0, refunds: 1, refundAmount: 300, differences: 1 },
  ])
})

test('rows of other systems are left out and counted', async () => {
  const belongs = ({ outTradeNo }: TradeRow) => outTradeNo.startsWith('T')
  const result = await compare([tradeRow(), tradeRow({ outTradeNo: 'web1' })], [ourPayment()], { belongs })
  expect(result).toMatchObject({ isClean: true, ignored: 1, bill: { payments: 1 } })
})

test('only so many differences are kept; all are told', async () => {
  const bill = Array.from({ length: 20 }, (_, index) =>
    tradeRow({ outTradeNo: `T${index}`, finishedAt: new Date(moment('10:00:00').getTime() + index) }),
  )
  const told: string[] = []
  const onDifference = ({ outTradeNo }: { outTradeNo: string }) => void told.push(outTradeNo)
  const result = await compare(bill, [], { keep: 5, onDifference })
  expect(result).toMatchObject({ differenceCount: 20, omitted: 15 })
  expect(result.differences).toHaveLength(5)
  expect(told).toHaveLength(20)
})
