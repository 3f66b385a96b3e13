import type { PaymentEvent } from '../payment/event.ts'
import { findRefund, isSettled, isUnknown, type Payment } from '../payment/payment.ts'
import { diagnosticChannels } from './channels.ts'
import type { PaymentChange, ProblemMessage, RefundChange, TransitionMessage } from './messages.ts'

const refundNumberOf = (event: PaymentEvent): string | undefined => {
  switch (event.type) {
    case 'refundRequested':
      return event.refund.outRequestNo
    case 'refundReply':
    case 'refundQueryReply':
      return event.outRequestNo
    default:
      return undefined
  }
}

const refundChange = (before: Payment | undefined, after: Payment, event: PaymentEvent): RefundChange | undefined => {
  const outRequestNo = refundNumberOf(event)
  const refund = outRequestNo === undefined ? undefined : findRefund(after, outRequestNo)
  if (refund === undefined) return undefined
  const { refundAmount, status, needsAttention } = refund
  const from = before === undefined ? undefined : findRefund(before, refund.outRequestNo)?.status
  return { outRequestNo: refund.outRequestNo, refundAmount, from, to: status, needsAttention }
}

const wantsAttention = ({ needsAttention, refunds }: Payment): boolean =>
  needsAttention || refunds.some((refund) => refund.needsAttention)

const isCancelling = ({ status }: Payment): boolean => status === 'cancelling'

const STATES: Readonly<Record<Exclude<PaymentChange, 'begun'>, (payment: Payment) => boolean>> = {
  unknown: isUnknown,
  cancelling: isCancelling,
  settled: isSettled,
  attention: wantsAttention,
}

const changesOf = (before: Payment | undefined, after: Payment): readonly PaymentChange[] => {
  const names = Object.keys(STATES) as (keyof typeof STATES)[]
  const entered = names.filter((name) => STATES[name](after) && !(before !== undefined && STATES[name](before)))
  return before === undefined ? ['begun', ...entered] : entered
}

const transitionMessage = (before: Payment | undefined, after: Payment, event: PaymentEvent): TransitionMessage => {
  const { outTradeNo, kind, storeId, terminalId, merchantId, version, totalAmount, needsAttention, lateSuccess } = after
  const why = after.failure ?? after.problem
  return {
    outTradeNo,
    kind,
    storeId,
    terminalId,
    merchantId,
    event: event.type,
    from: before?.status,
    to: after.status,
    version,
    totalAmount,
    needsAttention,
    lateSuccess,
    unknown: isUnknown(after),
    changes: changesOf(before, after),
    cancelReason: after.cancellation?.reason,
    code: why?.code,
    subCode: why?.subCode,
    refund: refundChange(before, after, event),
    at: event.at,
    age: event.at - after.createdAt.getTime(),
  }
}

/** Tells of a change that has been committed. */
export const publishTransition = (before: Payment | undefined, after: Payment, event: PaymentEvent): void => {
  const { transition } = diagnosticChannels()
  if (transition.hasSubscribers) transition.publish(transitionMessage(before, after, event))
}

/** Tells of what went wrong in the background. */
export const publishProblem = (error: unknown, outTradeNo: string | undefined): void => {
  const { problem } = diagnosticChannels()
  if (problem.hasSubscribers) problem.publish({ error, outTradeNo } satisfies ProblemMessage)
}
