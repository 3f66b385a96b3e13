import type { AuditLine } from '@f2f/simulator'
import type { Print } from './narrator.ts'
import type { Words } from './words.ts'

/** How wide a terminal shows a text: a Chinese character takes two columns. */
const width = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u1100-\uffdc]/.test(char) && !/[–’]/.test(char) ? 2 : 1), 0)

const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)))

/** Prints the two books; returns whether they are equal. */
export const printBooks = (lines: readonly AuditLine[], print: Print, words: Words): boolean => {
  const rows = [
    [...words.columns],
    ...lines.map(({ outTradeNo, ours, alipay, paysArrived, differences }) => [
      outTradeNo,
      ours.status ?? '–',
      ours.paid,
      ours.refunded,
      alipay.status ?? '–',
      alipay.paid,
      alipay.refunded,
      String(paysArrived),
      differences.length === 0 ? '✓' : '✗',
    ]),
  ]
  const widths = words.columns.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))))
  print(`\n${words.books}`)
  for (const row of rows) print(`  ${row.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  ')}`)
  const equal = lines.every(({ differences }) => differences.length === 0)
  print(`\n${equal ? words.equal(lines.length) : words.differ}`)
  return equal
}
