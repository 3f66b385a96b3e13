import type { Reconciliation } from '../compare/reconciliation.ts'
import { remarks, type SummaryLine, summaryLines } from './summary.ts'
import { type ReportLocale, WORDS } from './words.ts'

const WIDE = /[\p{Script=Han}（）。，]/gu

/** Places a text takes on a terminal: Chinese characters take two. */
const widthOf = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0)

const padded = (text: string, width: number, right: boolean): string => {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)))
  return right ? blanks + text : text + blanks
}

const FIELDS: readonly (keyof SummaryLine)[] = ['label', 'count', 'alipay', 'ours']

/** The day in a few lines of plain text, for a terminal or a chat. */
export const reportTable = (result: Reconciliation, locale: ReportLocale = 'en'): string => {
  const words = WORDS[locale]
  const head: SummaryLine = { label: '', count: words.count, alipay: words.alipay, ours: words.ours }
  const lines = [head, ...summaryLines(result, words)]
  const widths = FIELDS.map((field) => Math.max(...lines.map((line) => widthOf(line[field]))))
  const table = lines.map((line) =>
    FIELDS.map((field, index) => padded(line[field], widths[index] ?? 0, index > 0)).join('  '),
  )
  const account = result.account === undefined ? '' : `  ${words.account} ${result.account}`
  return [`${words.title} ${result.day}${account}`, '', ...table, '', ...remarks(result, words), ''].join('\n')
}
