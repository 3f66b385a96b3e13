import type { Meter, MetricOptions } from '@opentelemetry/api'

/** What a metric is measured in, and what it means. */
interface MetricEntry {
  readonly unit: string
  readonly description: string
  /** Boundaries of a histogram. */
  readonly buckets?: readonly number[]
}

/** As the conventions for RPC have them. */
const CALL_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]
const PAYMENT_SECONDS = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300]

/** Every metric of this package, by its name in OpenTelemetry. */
export const METRICS = {
  'f2f.payment.started': { unit: '{payment}', description: 'Payments written down.' },
  'f2f.payment.settled': { unit: '{payment}', description: 'Payments that reached an end.' },
  'f2f.payment.duration': {
    unit: 's',
    description: 'Time from writing a payment down to its first end.',
    buckets: PAYMENT_SECONDS,
  },
  'f2f.payment.cancels': { unit: '{cancel}', description: 'Payments that began to be cancelled.' },
  'f2f.payment.attention': { unit: '{payment}', description: 'Times a payment or refund began to need a person.' },
  'f2f.payment.open': { unit: '{payment}', description: 'Payments of the store without an end, now.' },
  'f2f.refund.settled': { unit: '{refund}', description: 'Refunds that reached an end.' },
  'f2f.notification.handled': { unit: '{notification}', description: 'Notifications handled by the cashier.' },
  'f2f.notification.verify.failures': {
    unit: '{notification}',
    description: 'Notifications not proven to be genuine.',
  },
  'f2f.delivery.duration': {
    unit: 's',
    description: 'Duration of onSettled and onRefund; error.type when they failed.',
    buckets: CALL_SECONDS,
  },
  'rpc.client.call.duration': {
    unit: 's',
    description: 'Duration of calls to Alipay; error.type when there was no trustworthy reply.',
    buckets: CALL_SECONDS,
  },
  'f2f.wakeup.jobs': { unit: '{wakeup}', description: 'Wake-ups in the queue, now; waiting ones are late.' },
  'f2f.problems': { unit: '{problem}', description: 'What onProblem was told.' },
} as const satisfies Readonly<Record<string, MetricEntry>>

export type MetricName = keyof typeof METRICS

/** A metric's options, as a meter wants them. */
export const optionsOf = (name: MetricName): MetricOptions => {
  const { unit, description, buckets }: MetricEntry = METRICS[name]
  return { unit, description, ...(buckets && { advice: { explicitBucketBoundaries: [...buckets] } }) }
}

export const counter = (meter: Meter, name: MetricName) => meter.createCounter(name, optionsOf(name))
export const histogram = (meter: Meter, name: MetricName) => meter.createHistogram(name, optionsOf(name))
export const gauge = (meter: Meter, name: MetricName) => meter.createObservableGauge(name, optionsOf(name))
