import type { Reconciliation } from '../compare/reconciliation.ts'
import { hourChart } from './hour-chart.ts'
import { COLUMNS, lineOf } from './lines.ts'
import { remarks, summaryLines } from './summary.ts'
import { type ReportLocale, WORDS, type Words } from './words.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

const STYLE = `
body{font:14px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:1200px;padding:0 1rem;color:#1f2328;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
.good{color:#1a7f37}.bad{color:#cf222e;font-weight:600}
.scroll{overflow-x:auto}table{border-collapse:collapse;white-space:nowrap}
th,td{padding:.3rem .6rem;border-bottom:1px solid #d1d9e0;text-align:left}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
svg{width:100%;height:auto}.payment{fill:#1677ff}.refund{fill:#f0883e}.difference{fill:#cf222e}
.badge{fill:#fff;font-size:11px;text-anchor:middle}.hour{fill:#59636e;font-size:11px;text-anchor:middle}.axis{stroke:#8c959f}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}th,td{border-color:#3d444d}}
`

const NUMBERS = new Set<string>(['billAmount', 'billReceipt', 'ourAmount', 'fee', 'expectedFee'])

const cells = (tag: 'td' | 'th', texts: readonly (readonly [string, boolean])[]): string =>
  `<tr>${texts.map(([text, isNumber]) => `<${tag}${isNumber ? ' class="number"' : ''}>${escaped(text)}</${tag}>`).join('')}</tr>`

const differencesTable = (result: Reconciliation, words: Words): string => {
  if (result.differences.length === 0) return ''
  const head = cells(
    'th',
    COLUMNS.map((column) => [words.columns[column], NUMBERS.has(column)] as const),
  )
  const body = result.differences.map((difference) => {
    const line = lineOf(difference, words)
    return cells(
      'td',
      COLUMNS.map((column) => [line[column], NUMBERS.has(column)] as const),
    )
  })
  return `<h2>${words.differences}</h2><div class="scroll"><table>${head}${body.join('')}</table></div>`
}

const summaryTable = (result: Reconciliation, words: Words): string => {
  const head = cells('th', [
    ['', false],
    [words.count, true],
    [words.alipay, true],
    [words.ours, true],
  ])
  const body = summaryLines(result, words).map(({ label, count, alipay, ours }) =>
    cells('td', [
      [label, false],
      [count, true],
      [alipay, true],
      [ours, true],
    ]),
  )
  return `<h2>${words.summary}</h2><table>${head}${body.join('')}</table>`
}

/** The day as one HTML page that needs nothing else: differences first, then a chart of the day by hour, then totals. */
export const reportHtml = (result: Reconciliation, locale: ReportLocale = 'en'): string => {
  const words = WORDS[locale]
  const title = `${words.title} ${result.day}`
  const account = result.account === undefined ? '' : `<p>${words.account} ${escaped(result.account)}</p>`
  const [verdict = '', ...others] = remarks(result, words)
  return [
    `<!doctype html><html lang="${locale === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escaped(title)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${escaped(title)}</h1>${account}`,
    `<p class="${result.isClean ? 'good' : 'bad'}">${escaped(verdict)}</p>`,
    ...others.map((remark) => `<p>${escaped(remark)}</p>`),
    differencesTable(result, words),
    `<h2>${words.byHour}</h2>${hourChart(result.hours, words)}`,
    summaryTable(result, words),
    '</body></html>\n',
  ].join('\n')
}
