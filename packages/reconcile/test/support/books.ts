import { DEFAULT_POLICY, type Payment, type PaymentStatus, prepareBarcode, type Refund } from '@f2f/core'
import fc from 'fast-check'
import type { TradeRow } from '../../src/index.ts'
import { moment, refundRow, tradeRow } from './rows.ts'

const MIDNIGHT = moment('00:00:00').getTime()

/** A payment as a store holds it. */
export const storedPayment = (outTradeNo: string, changes: Partial<Payment> = {}): Payment => {
  const createdAt = changes.createdAt ?? moment('10:00:00')
  const order = { outTradeNo, authCode: '280000000000000000', totalAmount: '10.00', subject: 'tea' }
  return {
    ...prepareBarcode(order, DEFAULT_POLICY, createdAt.getTime()).payment,
    status: 'paid',
    version: 3,
    tradeNo: `trade-${outTradeNo}`,
    paidAt: new Date(createdAt.getTime() + 2_000),
    settledAt: new Date(createdAt.getTime() + 3_000),
    dueAt: undefined,
    nextAt: undefined,
    ...changes,
  }
}

export const storedRefund = (outRequestNo: string, changes: Partial<Refund> = {}): Refund => ({
  outRequestNo,
  refundAmount: '3.00',
  reason: undefined,
  operatorId: undefined,
  status: 'succeeded',
  failure: undefined,
  problem: undefined,
  needsAttention: false,
  requestedAt: moment('11:00:00'),
  settledAt: moment('11:00:01'),
  attempts: 0,
  next: undefined,
  askFrom: 0,
  mayLandUntil: undefined,
  dueAt: undefined,
  ...changes,
})

const instant = fc
  .constantFrom(-40 * 86_400, -86_400, -70, -4, 0, 3, 70, 40_000, 86_330, 86_396, 86_400, 86_404, 90_000)
  .map((seconds) => new Date(MIDNIGHT + seconds * 1_000))

const amount = fc.constantFrom('1.00', '2.00', '3.00')

const refund = fc
  .record({
    refundAmount: amount,
    status: fc.constantFrom<Refund['status'][]>('succeeded', 'failed', 'pending'),
    requestedAt: instant,
    takes: fc.constantFrom(1_000, 90_000_000, 9 * 86_400_000),
  })
  .map((each) => ({ ...each, settledAt: each.status === 'pending' ? undefined : each.requestedAt }))

const STATUSES: readonly PaymentStatus[] = ['paid', 'paid', 'paid', 'reversed', 'failed', 'closed', 'confirming']

/** Payments of every kind, some near midnight, some old. */
export const payments: fc.Arbitrary<readonly Payment[]> = fc
  .uniqueArray(
    fc.record({
      outTradeNo: fc.constantFrom(...Array.from({ length: 12 }, (_, index) => `T${index}`)),
      totalAmount: amount,
      status: fc.constantFrom(...STATUSES),
      createdAt: instant,
      isPaidKnown: fc.boolean(),
      tradeNo: fc.constantFrom('t1', undefined),
      receiptAmount: fc.constantFrom('2.00', undefined),
      merchantId: fc.constantFrom('m1', 'm2'),
      refunds: fc.array(refund, { maxLength: 2 }),
    }),
    { selector: ({ outTradeNo }) => outTradeNo, maxLength: 12 },
  )
  .map((drafts) =>
    drafts.map(({ outTradeNo, isPaidKnown, refunds, ...draft }) => {
      const isOpen = draft.status === 'confirming'
      const later = new Date(draft.createdAt.getTime() + 3_000)
      return storedPayment(outTradeNo, {
        ...draft,
        paidAt: (draft.status === 'paid' || draft.status === 'reversed') && isPaidKnown ? later : undefined,
        settledAt: isOpen ? undefined : later,
        refunds: refunds.map((each, index) => {
          const requestedAt = each.requestedAt < later ? later : each.requestedAt
          const settledAt = each.settledAt && new Date(requestedAt.getTime() + each.takes)
          const { refundAmount, status } = each
          return storedRefund(`R${index}`, { refundAmount, status, requestedAt, settledAt })
        }),
      })
    }),
  )

const outTradeNo = fc.constantFrom(...Array.from({ length: 14 }, (_, index) => `T${index}`), '')
const within = fc.integer({ min: 0, max: 86_399 }).map((seconds) => new Date(MIDNIGHT + seconds * 1_000))
const cents = fc.constantFrom(100, 200, 300)

/** A bill that has something to do with them. */
export const billRows: fc.Arbitrary<readonly TradeRow[]> = fc.array(
  fc.oneof(
    fc
      .record({
        outTradeNo,
        orderAmount: cents,
        tradeNo: fc.constantFrom('t1', 't2', ''),
        finishedAt: within,
        serviceFee: fc.constantFrom(0, -1, -50),
      })
      .map((row) => tradeRow(row)),
    fc
      .record({ outTradeNo, orderAmount: cents, outRequestNo: fc.constantFrom('R0', 'R1', ''), finishedAt: within })
      .map((row) => refundRow({ ...row, tradeNo: 't1', orderAmount: -row.orderAmount })),
    fc.record({ outTradeNo }).map((row) => tradeRow({ ...row, kind: 'other', businessType: '转账' })),
  ),
  { maxLength: 14 },
)
