import { F2fError } from '../errors.ts'
import { fen } from '../money.ts'
import type { RefundOrder } from './event.ts'
import { findRefund, type Payment, type Refund, refundableAmount, requestedAmount } from './payment.ts'

/** True when the refund asked for is already there with the same content and needs nothing new. */
export const isRepeat = (known: Refund, order: RefundOrder): boolean =>
  known.refundAmount === order.refundAmount && known.status !== 'failed'

/**
 * Holds a new refund, together with those the payment has, against what whoever asks may give back.
 *
 * @throws F2fError `AUTH_REFUND_LIMIT`
 */
const checkLimit = (payment: Payment, order: RefundOrder, limit: string | undefined): void => {
  if (limit === undefined || requestedAmount(payment) + fen(order.refundAmount) <= fen(limit)) return
  throw new F2fError(
    'AUTH_REFUND_LIMIT',
    `The caller may refund at most ${limit} yuan of a payment, earlier refunds included.`,
    { details: { field: 'refundAmount' } },
  )
}

/**
 * Checks a refund against the payment as it stands now; runs again on every compare-and-set attempt.
 *
 * @throws F2fError `PAYMENT_NOT_REFUNDABLE`, `REFUND_CONFLICT`, `REFUND_TOO_MUCH`, `AUTH_REFUND_LIMIT`
 */
export const checkRefund = (payment: Payment, order: RefundOrder, limit: string | undefined): void => {
  const { outTradeNo, status } = payment
  const details = { outTradeNo, outRequestNo: order.outRequestNo }
  const known = findRefund(payment, order.outRequestNo)
  if (known !== undefined && known.refundAmount !== order.refundAmount) {
    throw new F2fError('REFUND_CONFLICT', `Refund ${order.outRequestNo} exists with another amount.`, { details })
  }
  if (known !== undefined && isRepeat(known, order)) return
  checkLimit(payment, order, limit)
  if (status !== 'paid') {
    throw new F2fError('PAYMENT_NOT_REFUNDABLE', `Payment ${outTradeNo} is ${status}, not paid.`, { details })
  }
  const left = refundableAmount(payment)
  if (fen(order.refundAmount) > fen(left)) {
    throw new F2fError('REFUND_TOO_MUCH', `Only ${left} yuan of payment ${outTradeNo} can still be refunded.`, {
      details,
    })
  }
}
