import type { RequestListener } from 'node:http'
import type { PaymentStore, Wakeups } from '@f2f/core'
import { type CountedWakeups, instrumentF2f } from '@f2f/opentelemetry'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'

/** What happens in this process, for Prometheus. */
export interface Metrics {
  /** Answers `GET /metrics`. No secrets are in it, and no orders; it is still nobody's business but Prometheus's. */
  readonly listener: RequestListener
  close(): Promise<void>
}

const isCounted = (wakeups: object | undefined): wakeups is CountedWakeups =>
  wakeups !== undefined && 'health' in wakeups

/** Counts from now on: payments of this process, open payments of the store, and the queue if there is one. */
export const openMetrics = (
  store: Pick<PaymentStore, 'list'>,
  wakeups?: Wakeups | (Wakeups & CountedWakeups),
): Metrics => {
  const exporter = new PrometheusExporter({ preventServerStart: true })
  const provider = new MeterProvider({ readers: [exporter] })
  const stop = instrumentF2f({
    tracer: false,
    meter: provider.getMeter('@f2f/opentelemetry'),
    store,
    wakeups: isCounted(wakeups) ? wakeups : undefined,
  })
  return {
    listener: (request, response) => exporter.getMetricsRequestHandler(request, response),
    async close() {
      stop()
      await provider.shutdown()
    },
  }
}
