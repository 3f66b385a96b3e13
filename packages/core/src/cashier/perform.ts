import type { ApiRequests } from '../api/index.ts'
import type { Alipay } from '../client/alipay.ts'
import { F2fError } from '../errors.ts'
import type { Effect, PaymentEvent } from '../payment/event.ts'
import { findRefund, type Payment, type Refund } from '../payment/payment.ts'
import {
  cancelOutcome,
  failedRequest,
  offerOutcome,
  payOutcome,
  problemOf,
  queryOutcome,
  refundOutcome,
  refundQueryOutcome,
  unknownBy,
} from './outcomes.ts'

/** The content of the one request that opens a payment. It holds the payment code, so it lives only until it is sent. */
export type OpeningRequest =
  | { readonly pay: ApiRequests['pay']; readonly precreate?: undefined }
  | { readonly precreate: ApiRequests['precreate']; readonly pay?: undefined }

/** An effect that is a call to Alipay. */
export type CallEffect = Exclude<Effect, { readonly type: 'report' }>

type Answered<E> = E extends unknown ? Omit<E, 'at'> : never

const settledBy = async <R, O>(call: Promise<R>, read: (reply: R) => O, failed: (error: unknown) => O): Promise<O> => {
  try {
    return read(await call)
  } catch (error) {
    return failed(error)
  }
}

const refundOf = (payment: Payment, outRequestNo: string): Refund => {
  const refund = findRefund(payment, outRequestNo)
  if (refund === undefined) throw new F2fError('REFUND_NOT_FOUND', `Payment ${payment.outTradeNo} has no such refund.`)
  return refund
}

const refundContent = (payment: Payment, refund: Refund): ApiRequests['refund'] => ({
  out_trade_no: payment.outTradeNo,
  out_request_no: refund.outRequestNo,
  refund_amount: refund.refundAmount,
  ...(refund.reason === undefined ? {} : { refund_reason: refund.reason }),
  ...(refund.operatorId === undefined ? {} : { operator_id: refund.operatorId }),
})

/** Makes the call and says what came of it. Never rejects for what Alipay or the network did: that is an event too. */
export const perform = async (
  alipay: Alipay,
  payment: Payment,
  effect: CallEffect,
  timeout: number,
  opening: OpeningRequest | undefined,
): Promise<Answered<PaymentEvent>> => {
  const trade = { out_trade_no: payment.outTradeNo }
  const options = { timeout }
  switch (effect.type) {
    case 'pay': {
      // Only who journalled the payment has the code; anybody else can but ask.
      if (opening?.pay === undefined) return { type: 'wake' }
      return { type: 'payReply', outcome: await settledBy(alipay.pay(opening.pay, options), payOutcome, failedRequest) }
    }
    case 'offer': {
      if (opening?.precreate === undefined) return { type: 'wake' }
      const outcome = await settledBy(alipay.precreate(opening.precreate, options), offerOutcome, failedRequest)
      return { type: 'offerReply', outcome }
    }
    case 'query':
      return {
        type: 'queryReply',
        asOf: payment.version,
        outcome: await settledBy(alipay.query(trade, options), queryOutcome, unknownBy),
      }
    case 'cancel': {
      const outcome = await settledBy(alipay.cancel(trade, options), cancelOutcome, (error) => ({
        is: 'again' as const,
        problem: problemOf(error),
        blocked: false,
      }))
      return { type: 'cancelReply', outcome }
    }
    case 'refund': {
      const { outRequestNo } = effect
      const content = refundContent(payment, refundOf(payment, outRequestNo))
      const outcome = await settledBy(alipay.refund(content, options), refundOutcome, unknownBy)
      return { type: 'refundReply', outRequestNo, outcome, asOf: payment.version }
    }
    case 'refundQuery': {
      const { outRequestNo } = effect
      const { refundAmount } = refundOf(payment, outRequestNo)
      const content = { ...trade, out_request_no: outRequestNo }
      const read = (reply: Awaited<ReturnType<Alipay['refundQuery']>>) => refundQueryOutcome(reply, refundAmount)
      return {
        type: 'refundQueryReply',
        outRequestNo,
        asOf: payment.version,
        outcome: await settledBy(alipay.refundQuery(content, options), read, unknownBy),
      }
    }
  }
}
