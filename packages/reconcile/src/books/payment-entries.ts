import { fen, isSettled, type Payment, type PaymentStatus, type Refund, type RefundStatus } from '@f2f/core'
import { mayLieIn, NEVER, type OurEntry, type OurState, type Span } from './our-entry.ts'

/** A refund as far as it matters here. Whole fen, ms since 1970. */
export interface BookedRefund {
  readonly outRequestNo: string
  readonly status: RefundStatus
  readonly amount: number
  readonly requestedAt: number
  readonly settledAt: number | undefined
}

/** A payment as far as it matters here. Whole fen, ms since 1970. */
export interface BookedPayment {
  readonly outTradeNo: string
  readonly status: PaymentStatus
  readonly amount: number
  readonly receiptAmount: number | undefined
  readonly tradeNo: string | undefined
  readonly createdAt: number
  readonly paidAt: number | undefined
  readonly settledAt: number | undefined
  readonly refunds: readonly BookedRefund[]
}

/** A refund of a store. */
export const bookedRefund = (refund: Refund): BookedRefund => ({
  outRequestNo: refund.outRequestNo,
  status: refund.status,
  amount: fen(refund.refundAmount),
  requestedAt: refund.requestedAt.getTime(),
  settledAt: refund.settledAt?.getTime(),
})

/** A payment of a store. */
export const bookedPayment = (payment: Payment): BookedPayment => ({
  outTradeNo: payment.outTradeNo,
  status: payment.status,
  amount: fen(payment.totalAmount),
  receiptAmount: payment.receiptAmount === undefined ? undefined : fen(payment.receiptAmount),
  tradeNo: payment.tradeNo,
  createdAt: payment.createdAt.getTime(),
  paidAt: payment.paidAt?.getTime(),
  settledAt: payment.settledAt?.getTime(),
  refunds: payment.refunds.map(bookedRefund),
})

/** `paidAt` is Alipay's own time; its bill may be a moment off. */
export const ALIPAY_SLACK = 5_000

const stateOf = (payment: BookedPayment): OurState => {
  if (payment.status === 'paid' || payment.status === 'reversed') return 'money'
  return isSettled(payment) ? 'none' : 'open'
}

/** When Alipay took the money: by its own word, or some time between our order and our knowing. */
const paidWithin = (payment: BookedPayment, slack: number): Pick<OurEntry, 'earliest' | 'latest' | 'slack'> => {
  const { paidAt, createdAt, settledAt } = payment
  if (paidAt !== undefined) return { earliest: paidAt, latest: paidAt, slack: ALIPAY_SLACK }
  return { earliest: createdAt, latest: settledAt ?? NEVER, slack }
}

const paymentEntry = (payment: BookedPayment, slack: number): OurEntry => ({
  kind: 'payment',
  outTradeNo: payment.outTradeNo,
  outRequestNo: '',
  state: stateOf(payment),
  status: payment.status,
  amount: payment.amount,
  receiptAmount: payment.receiptAmount,
  tradeNo: payment.tradeNo,
  ...paidWithin(payment, slack),
})

/** The money that a cancel gave back. */
const reversalEntry = (payment: BookedPayment, slack: number): OurEntry => ({
  kind: 'refund',
  outTradeNo: payment.outTradeNo,
  outRequestNo: '',
  state: 'money',
  status: payment.status,
  amount: payment.amount,
  receiptAmount: undefined,
  tradeNo: payment.tradeNo,
  earliest: payment.paidAt ?? payment.createdAt,
  latest: payment.settledAt ?? NEVER,
  slack,
})

const REFUND_STATE: Readonly<Record<RefundStatus, OurState>> = { succeeded: 'money', failed: 'none', pending: 'open' }

const refundEntry = (payment: BookedPayment, refund: BookedRefund, slack: number): OurEntry => ({
  kind: 'refund',
  outTradeNo: payment.outTradeNo,
  outRequestNo: refund.outRequestNo,
  state: REFUND_STATE[refund.status],
  status: refund.status,
  amount: refund.amount,
  receiptAmount: undefined,
  tradeNo: payment.tradeNo,
  earliest: refund.requestedAt,
  latest: refund.settledAt ?? NEVER,
  slack,
})

/**
 * Everything a payment has in our books: itself, its refunds, and what a cancel gave back.
 *
 * @param slack - how far our clock may differ from Alipay's, ms
 */
export const entriesOf = (payment: BookedPayment, slack: number): readonly OurEntry[] => [
  paymentEntry(payment, slack),
  ...payment.refunds.map((refund) => refundEntry(payment, refund, slack)),
  ...(payment.status === 'reversed' ? [reversalEntry(payment, slack)] : []),
]

/**
 * The entries that a bill of the period may have. Of a payment created before `since`, which is only met by chance, what
 * did not move money is left out.
 */
export const entriesWithin = (
  payment: BookedPayment,
  slack: number,
  period: Span,
  since: number,
): readonly OurEntry[] =>
  entriesOf(payment, slack).filter(
    (entry) => mayLieIn(entry, period) && (payment.createdAt >= since || entry.state === 'money'),
  )
