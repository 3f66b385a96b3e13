import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

interface Asking {
  readonly expr: string
}
interface Dashboard {
  readonly panels: readonly { readonly targets: readonly Asking[] }[]
}
interface Rules {
  readonly groups: readonly { readonly rules: readonly Asking[] }[]
}

const GRAFANA = new URL('../../../../packages/opentelemetry/grafana/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, GRAFANA), 'utf8')

/** Names in an expression that are neither labels nor what it is grouped by. */
const namesIn = ({ expr }: Asking): readonly string[] =>
  expr.replace(/\{.*?\}|\bby \(.*?\)/g, '').match(/\b(?:f2f|rpc)_\w+/g) ?? []

/** Every metric that the dashboard shows or an alert watches, as Prometheus names it. */
export const watchedMetrics = (): readonly string[] => {
  const { panels } = JSON.parse(read('dashboard.json')) as Dashboard
  const { groups } = parse(read('alerts.yml')) as Rules
  const asked = [...panels.flatMap(({ targets }) => targets), ...groups.flatMap(({ rules }) => rules)]
  return [...new Set(asked.flatMap(namesIn))].sort()
}

/** Reads metrics as Prometheus does; the names there are. */
export const scrape = async (url: string | URL): Promise<readonly string[]> => {
  const response = await fetch(url)
  const type = response.headers.get('content-type') ?? ''
  if (response.status !== 200 || !type.startsWith('text/plain')) throw new Error(`${response.status} ${type}`)
  const lines = (await response.text()).split('\n')
  return [...new Set(lines.flatMap((line) => /^\w+/.exec(line)?.[0] ?? []))].sort()
}
