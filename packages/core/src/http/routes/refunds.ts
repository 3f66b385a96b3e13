import { F2fError } from '../../errors.ts'
import { fen, yuan } from '../../money.ts'
import type { Payment, Refund } from '../../payment/payment.ts'
import { refundFields } from '../bodies.ts'
import { json } from '../call.ts'
import { readFields } from '../fields.ts'
import { readJson } from '../json-body.ts'
import { checkIdentity } from '../principal.ts'
import { invalid } from '../refuse.ts'
import { LOOK, type Route, type Shop, visiblePayment } from '../route.ts'
import { refundView } from '../view.ts'

const refundOf = (payment: Payment, outRequestNo: string): Refund | undefined =>
  payment.refunds.find((refund) => refund.outRequestNo === outRequestNo)

const amountOf = (refundAmount: string): number => {
  try {
    return fen(refundAmount)
  } catch {
    throw invalid('refundAmount', 'must be yuan as a decimal string such as 88.88, at most two decimals')
  }
}

/** POST /payments/{outTradeNo}/refunds, GET …/refunds/{outRequestNo} */
export const refundRoutes = (shop: Shop): readonly Route[] => [
  {
    operation: 'requestRefund',
    method: 'POST',
    path: '/payments/{outTradeNo}/refunds',
    scopes: ['refund'],
    async handle(visit) {
      const { caller } = visit
      const body = readFields(await readJson(visit.call, shop.maxBodyBytes), refundFields)
      checkIdentity(caller, body)
      const payment = await visiblePayment(shop, visit)
      const { outRequestNo, refundAmount, reason } = body
      const known = refundOf(payment, outRequestNo)
      const { outTradeNo } = payment
      await caller.checkRefund?.({ outTradeNo, outRequestNo, refundAmount: yuan(amountOf(refundAmount)) })
      const { operatorId } = caller
      const refundLimit = caller.refundLimit === undefined ? undefined : yuan(caller.refundLimit)
      const order = { outTradeNo, outRequestNo, refundAmount, reason, operatorId, refundLimit }
      const refund = await shop.cashier.refund(order)
      return known === undefined
        ? json(201, refundView(refund), { location: `refunds/${encodeURIComponent(outRequestNo)}` })
        : json(200, refundView(refund))
    },
  },
  {
    operation: 'getRefund',
    method: 'GET',
    path: '/payments/{outTradeNo}/refunds/{outRequestNo}',
    scopes: LOOK,
    async handle(visit) {
      const payment = await visiblePayment(shop, visit)
      const refund = refundOf(payment, visit.params.outRequestNo ?? '')
      if (refund === undefined) throw new F2fError('REFUND_NOT_FOUND', 'There is no such refund.')
      return json(200, refundView(refund))
    },
  },
]
