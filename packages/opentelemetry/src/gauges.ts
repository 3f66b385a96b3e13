import type { PaymentStatus, PaymentStore } from '@f2f/core'
import { isUnknown } from '@f2f/core/monitoring'
import { diag, type Meter, type ObservableCallback } from '@opentelemetry/api'
import { errorType } from './attributes.ts'
import { gauge, type MetricName } from './instruments.ts'

/** Queued wake-ups that can be counted: `bullmqWakeups` of `@f2f/bullmq`. */
export interface CountedWakeups {
  health(): Promise<{ readonly planned: number; readonly waiting: number; readonly active: number }>
}

const OPEN: readonly PaymentStatus[] = ['created', 'paying', 'confirming', 'cancelling']

/** A gauge of several states, each NaN while they cannot be asked for: an old number would look like a true one. */
const gaugeStates = <State extends string>(
  meter: Meter,
  name: MetricName,
  label: string,
  states: readonly State[],
  ask: () => Promise<Readonly<Record<State, number>>>,
): (() => void) => {
  const instrument = gauge(meter, name)
  const unknown = (cause: unknown): undefined => {
    diag.warn(`${name} cannot be read`, errorType(cause))
  }
  const read: ObservableCallback = async (result) => {
    const counts = await ask().catch(unknown)
    for (const state of states) result.observe(counts?.[state] ?? Number.NaN, { [label]: state })
  }
  instrument.addCallback(read)
  return () => instrument.removeCallback(read)
}

/** Counts the payments of a store that have no end yet, whenever the metrics are read. */
export const gaugePayments = (meter: Meter, store: Pick<PaymentStore, 'list'>): (() => void) =>
  gaugeStates(meter, 'f2f.payment.open', 'f2f.payment.state', ['waiting', 'unknown'], async () => {
    const counts = { waiting: 0, unknown: 0 }
    for await (const payment of store.list({ status: OPEN })) counts[isUnknown(payment) ? 'unknown' : 'waiting']++
    return counts
  })

/** Asks a queue of wake-ups how long it is, whenever the metrics are read. */
export const gaugeWakeups = (meter: Meter, wakeups: CountedWakeups): (() => void) =>
  gaugeStates(meter, 'f2f.wakeup.jobs', 'f2f.wakeup.state', ['planned', 'waiting', 'active'], async () =>
    wakeups.health(),
  )
