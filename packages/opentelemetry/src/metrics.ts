import type { TransitionMessage } from '@f2f/core'
import { observe } from '@f2f/core/monitoring'
import type { Meter } from '@opentelemetry/api'
import { errorType, known } from './attributes.ts'
import { counter, histogram } from './instruments.ts'

const seconds = (ms: number | undefined): number => (ms ?? 0) / 1_000
const failure = (error: unknown): string | undefined => (error === undefined ? undefined : errorType(error))

/** How a payment can end that was found alive after its end. */
const LATE_ENDS = ['paid', 'reversed', 'closed'] as const

const paymentMetrics = (meter: Meter): ((transition: TransitionMessage) => void) => {
  const started = counter(meter, 'f2f.payment.started')
  const settled = counter(meter, 'f2f.payment.settled')
  const duration = histogram(meter, 'f2f.payment.duration')
  const cancels = counter(meter, 'f2f.payment.cancels')
  const attention = counter(meter, 'f2f.payment.attention')
  const refunds = counter(meter, 'f2f.refund.settled')
  // An alert on an increase sees the first one only when there was a zero before it.
  for (const kind of ['barcode', 'qr'] as const) {
    const about = { 'f2f.payment.kind': kind }
    attention.add(0, about)
    for (const status of LATE_ENDS) settled.add(0, { ...about, 'f2f.payment.status': status, 'f2f.payment.late': true })
  }
  return ({ changes, kind, to, cancelReason, age, refund }) => {
    const about = { 'f2f.payment.kind': kind }
    const late = cancelReason === 'late'
    if (changes.includes('begun')) started.add(1, about)
    if (changes.includes('settled')) {
      const ended = { ...about, 'f2f.payment.status': to }
      settled.add(1, { ...ended, 'f2f.payment.late': late })
      if (!late) duration.record(seconds(age), ended)
    }
    if (changes.includes('cancelling')) cancels.add(1, known({ 'f2f.cancel.reason': cancelReason }))
    if (changes.includes('attention')) attention.add(1, about)
    if (refund !== undefined && refund.to !== 'pending' && refund.to !== refund.from)
      refunds.add(1, { 'f2f.refund.status': refund.to })
  }
}

/** Counts and measures what happens in this process, until the returned function is called. */
export const instrumentMetrics = (meter: Meter): (() => void) => {
  const calls = histogram(meter, 'rpc.client.call.duration')
  const handled = counter(meter, 'f2f.notification.handled')
  const verifyFailures = counter(meter, 'f2f.notification.verify.failures')
  const deliveries = histogram(meter, 'f2f.delivery.duration')
  const problems = counter(meter, 'f2f.problems')
  return observe({
    transition: paymentMetrics(meter),
    call: ({ method, duration, result, error }) =>
      calls.record(
        seconds(duration),
        known({
          'rpc.system.name': 'alipay',
          'rpc.method': method,
          'rpc.response.status_code': result?.code,
          'error.type': failure(error),
        }),
      ),
    notification: ({ result, error }) =>
      handled.add(1, known({ 'f2f.notification.reply': result?.reply, 'error.type': result?.code ?? failure(error) })),
    verify: ({ error }) => {
      if (error !== undefined) verifyFailures.add(1, { 'error.type': errorType(error) })
    },
    delivery: ({ kind, duration, error }) =>
      deliveries.record(seconds(duration), known({ 'f2f.delivery.kind': kind, 'error.type': failure(error) })),
    problem: ({ error }) => problems.add(1, { 'error.type': errorType(error) }),
  })
}
