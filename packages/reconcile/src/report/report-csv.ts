import type { Reconciliation } from '../compare/reconciliation.ts'
import { COLUMNS, lineOf } from './lines.ts'
import { type ReportLocale, WORDS } from './words.ts'

/** Excel takes a file without it for the system's code page. */
const BYTE_ORDER_MARK = '\uFEFF'

const AMOUNT = /^-?\d+\.\d\d$/
/** A spreadsheet would run it; some take the wide signs, too, and pass over a line end or tab before them. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/
/** A spreadsheet would round it; a tab keeps it a text, as in Alipay's own files. */
const LONG_NUMBER = /^\d{12,}$/

const cell = (text: string): string => {
  const tabbed = LONG_NUMBER.test(text) ? `${text}\t` : text
  const safe = FORMULA.test(tabbed) && !AMOUNT.test(tabbed) ? `'${tabbed}` : tabbed
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The differences as CSV in UTF-8 that Excel opens as it is. */
export const reportCsv = (result: Reconciliation, locale: ReportLocale = 'en'): string => {
  const words = WORDS[locale]
  const head = COLUMNS.map((column) => cell(words.columns[column])).join(',')
  const lines = result.differences.map((difference) => {
    const line = lineOf(difference, words)
    return COLUMNS.map((column) => cell(line[column])).join(',')
  })
  return BYTE_ORDER_MARK + [head, ...lines, ''].join('\r\n')
}
