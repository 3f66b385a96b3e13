import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'

/** One line of what Prometheus reads. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const LINE = /^(\w+)(?:\{(.*)\})? (\S+)/
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g

const sampleOf = (line: string): Sample => {
  const [, name = '', labels = '', value] = LINE.exec(line) ?? []
  return {
    name,
    labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, key, text]) => [key, text])),
    value: Number(value),
  }
}

/** A meter whose metrics are read as Prometheus reads them: over HTTP. */
export const prometheus = () => {
  const exporter = new PrometheusExporter({ preventServerStart: true })
  const provider = new MeterProvider({ readers: [exporter] })
  const scrape = async (): Promise<readonly Sample[]> => {
    const server = createServer((request, response) => exporter.getMetricsRequestHandler(request, response))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    try {
      const { port } = server.address() as AddressInfo
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
      return text
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map(sampleOf)
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
  return { meter: provider.getMeter('@f2f/opentelemetry'), scrape, close: () => provider.shutdown() }
}
