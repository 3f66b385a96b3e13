import type { Reconciliation } from '../compare/reconciliation.ts'
import { hourChart } from './hour-chart.ts'
import { COLUMNS, type Column, lineOf } from './lines.ts'
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
.why{white-space:normal;min-width:16rem}
th,td{padding:.3rem .6rem;border-bottom:1px solid #d1d9e0;text-align:left}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
svg{width:100%;height:auto}.payment{fill:#1677ff;color:#1677ff}.refund{fill:#f0883e;color:#f0883e}
.difference{fill:#cf222e;color:#cf222e}.legend span{margin-left:1rem}
.badge{fill:#fff;font-size:11px;text-anchor:middle}.hour{fill:#59636e;font-size:11px;text-anchor:middle}.axis{stroke:#8c959f}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}th,td{border-color:#3d444d}}
`

const AMOUNTS: readonly Column[] = ['billAmount', 'billReceipt', 'ourAmount', 'fee', 'expectedFee']

const classOf = (column: Column): string => (AMOUNTS.includes(column) ? 'number' : column === 'why' ? 'why' : '')

const cells = (tag: 'td' | 'th', texts: readonly (readonly [text: string, className: string])[]): string =>
  `<tr>${texts.map(([text, name]) => `<${tag}${name === '' ? '' : ` class="${name}"`}>${escaped(text)}</${tag}>`).join('')}</tr>`

const differencesTable = (result: Reconciliation, words: Words): string => {
  if (result.differences.length === 0) return ''
  const head = cells(
    'th',
    COLUMNS.map((column) => [words.columns[column], classOf(column)] as const),
  )
  const body = result.differences.map((difference) => {
    const line = lineOf(difference, words)
    return cells(
      'td',
      COLUMNS.map((column) => [line[column], classOf(column)] as const),
    )
  })
  return `<h2>${words.differences}</h2><div class="scroll"><table>${head}${body.join('')}</table></div>`
}

const summaryTable = (result: Reconciliation, words: Words): string => {
  const head = cells('th', [
    ['', ''],
    [words.count, 'number'],
    [words.alipay, 'number'],
    [words.ours, 'number'],
  ])
  const body = summaryLines(result, words).map(({ label, count, alipay, ours }) =>
    cells('td', [
      [label, ''],
      [count, 'number'],
      [alipay, 'number'],
      [ours, 'number'],
    ]),
  )
  return `<h2>${words.summary}</h2><div class="scroll"><table>${head}${body.join('')}</table></div>`
}

/** What the colours of the chart mean. */
const legend = ({ kinds, differences }: Words): string => {
  const entry = (className: string, text: string) => `<span class="${className}">■</span> ${text}`
  return `<p class="legend">${entry('payment', kinds.payment)}${entry('refund', kinds.refund)}${entry('difference', differences)}</p>`
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
    `<h2>${words.byHour}</h2>${legend(words)}${hourChart(result.hours, words)}`,
    summaryTable(result, words),
    '</body></html>\n',
  ].join('\n')
}
