import { readFileSync } from 'node:fs'
import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { instrumentF2f, METRICS } from '../src/index.ts'
import { prometheus } from './prometheus.ts'
import { openShop, SECOND } from './shop.ts'

interface Dashboard {
  readonly panels: readonly {
    readonly id: number
    readonly title: string
    readonly targets: readonly { expr: string }[]
  }[]
}
interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[]
}

const read = (file: string): string => readFileSync(new URL(`../grafana/${file}`, import.meta.url), 'utf8')
const dashboard = JSON.parse(read('dashboard.json')) as Dashboard
const alerts = parse(read('alerts.yml')) as Rules

const expressions: readonly (readonly [name: string, expr: string])[] = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [`panel ${title}`, expr] as const)),
  ...alerts.groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [`alert ${alert}`, expr] as const)),
]

/** Every metric the exporter prints, with its labels. */
const printed = new Map<string, Set<string>>()

beforeAll(async () => {
  const { meter, scrape, close } = prometheus()
  let deliveries = 0
  const {
    cashier,
    order,
    clock,
    store,
    close: closeShop,
  } = openShop({
    onSettled: () => {
      if (++deliveries === 1) throw new Error('no printer')
    },
  })
  const health = async () => ({ planned: 1, waiting: 0, active: 0 })
  const stop = instrumentF2f({ tracer: false, meter, store, wakeups: { health } })
  const { outTradeNo } = await cashier.pay(order('00'))
  await cashier.refund({ outTradeNo, outRequestNo: 'R1', refundAmount: '0.40' })
  for (const scenario of ['03', '04', '09', '30']) await cashier.start(order(scenario))
  await clock.advance(100 * SECOND)
  await cashier.handleNotify('sign=forged')
  for (const { name, labels } of await scrape()) {
    const known = printed.get(name) ?? new Set()
    for (const label of Object.keys(labels)) known.add(label)
    printed.set(name, known)
  }
  stop()
  await closeShop()
  await close()
})

interface Used {
  readonly metrics: readonly string[]
  /** Label matchers, each with the metric it selects from. */
  readonly matched: readonly (readonly [metric: string, label: string])[]
  readonly grouped: readonly string[]
  readonly errors: number
}

/** What an expression names. Grafana's own variables stand for a duration. */
const usedBy = (given: string): Used => {
  const expr = given.replaceAll('$__rate_interval', '5m')
  const textOf = ({ from, to }: SyntaxNode): string => expr.slice(from, to)
  const metrics: string[] = []
  const matched: [string, string][] = []
  const grouped: string[] = []
  let errors = 0
  parser.parse(expr).iterate({
    enter: ({ node, type }) => {
      if (type.isError) errors++
      if (type.name === 'VectorSelector') {
        const name = node.getChild('Identifier')
        const metric = name === null ? '' : textOf(name)
        metrics.push(metric)
        for (const matcher of node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []) {
          const label = matcher.getChild('LabelName')
          matched.push([metric, label === null ? '' : textOf(label)])
        }
      }
      if (type.name === 'GroupingLabels') grouped.push(...node.getChildren('LabelName').map(textOf))
    },
  })
  return { metrics, matched, grouped, errors }
}

describe('the dashboard and the alert rules', () => {
  test.each(expressions)('%s uses what the exporter prints', (_name, expr) => {
    const { metrics, matched, grouped, errors } = usedBy(expr)
    expect(errors).toBe(0)
    expect(metrics.length).toBeGreaterThan(0)
    expect(metrics.filter((metric) => !printed.has(metric))).toEqual([])
    expect(matched.filter(([metric, label]) => !printed.get(metric)?.has(label))).toEqual([])
    expect(grouped.filter((label) => !metrics.some((metric) => printed.get(metric)?.has(label)))).toEqual([])
  })

  test('the check sees metrics, labels and groups, and what is not one', () => {
    expect(usedBy('sum by (le, a) (rate(m_bucket{x="1", y!=""}[$__rate_interval])) / n')).toEqual({
      metrics: ['m_bucket', 'n'],
      matched: [
        ['m_bucket', 'x'],
        ['m_bucket', 'y'],
      ],
      grouped: ['le', 'a'],
      errors: 0,
    })
    expect(usedBy('sum(rate(m[5m])').errors).toBeGreaterThan(0)
  })

  test('every metric has its place on the dashboard', () => {
    const shown = new Set(
      dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => usedBy(expr).metrics)),
    )
    const stems = [...shown].map((name) => name.replace(/_(?:total|bucket|count|sum)$/, ''))
    const missing = Object.keys(METRICS).filter((name) => !stems.includes(name.replaceAll('.', '_')))
    expect(missing).toEqual([])
  })

  test('panels and alerts have names of their own', () => {
    const names = alerts.groups.flatMap(({ rules }) => rules.map(({ alert }) => alert))
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
  })

  test('the package’s README names every metric as it is printed', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    expect(Object.keys(METRICS).filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
  })
})
