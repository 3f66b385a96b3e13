import type { PaymentStore } from '@f2f/core'
import { type Meter, metrics, type Tracer, trace } from '@opentelemetry/api'
import { type CountedWakeups, gaugePayments, gaugeWakeups } from './gauges.ts'
import { instrumentMetrics } from './metrics.ts'
import { instrumentSpans } from './spans.ts'

const NAME = '@f2f/opentelemetry'

export interface InstrumentF2fOptions {
  /** Default: of the global tracer provider. `false`: no spans. */
  readonly tracer?: Tracer | false | undefined
  /** Default: of the global meter provider. `false`: no metrics. */
  readonly meter?: Meter | false | undefined
  /**
   * Where open payments are counted whenever the metrics are read. Payments of all processes that share the store are
   * in it, so give it in one of them.
   */
  readonly store?: Pick<PaymentStore, 'list'> | undefined
  /** Whose queue is measured whenever the metrics are read; in one process, too. */
  readonly wakeups?: CountedWakeups | undefined
}

/**
 * Turns what every client and cashier of this process does into spans and metrics, until the returned function is
 * called. Register the providers first, or give a tracer and a meter.
 *
 * ```ts
 * const stop = instrumentF2f({ store })
 * ```
 */
export const instrumentF2f = (options: InstrumentF2fOptions = {}): (() => void) => {
  const { tracer = trace.getTracer(NAME), meter = metrics.getMeter(NAME), store, wakeups } = options
  const stops = [
    tracer !== false && instrumentSpans(tracer),
    meter !== false && instrumentMetrics(meter),
    meter !== false && store !== undefined && gaugePayments(meter, store),
    meter !== false && wakeups !== undefined && gaugeWakeups(meter, wakeups),
  ]
  return () => {
    for (const stop of stops) if (stop !== false) stop()
  }
}
