import { billTime, type Period } from './period.ts'

/** One CSV member of a bill archive, line by line (protocol §9). */
export interface Sheet {
  /** As in the first line and the member's name: `业务明细`. */
  readonly title: string
  readonly account: string
  readonly period: Period
  readonly columns: string
  readonly rows: readonly string[]
  /** Totals, after the end marker. */
  readonly footers: readonly string[]
  /** When the file was made, ms since 1970. */
  readonly exportedAt: number
}

/** The text of a sheet: CRLF after every line. */
export const renderSheet = (sheet: Sheet): string =>
  [
    `#支付宝${sheet.title}查询`,
    `#账号：[${accountNumber(sheet.account)}]`,
    `#起始日期：[${billTime(sheet.period.from)}]   终止日期：[${billTime(sheet.period.to)}]`,
    `#${'-'.repeat(41)}${sheet.title}列表${'-'.repeat(40)}`,
    sheet.columns,
    ...sheet.rows,
    endMarker(sheet.title),
    ...sheet.footers,
    `#导出时间：[${billTime(sheet.exportedAt)}]`,
    '',
  ].join('\r\n')

/** Real files have one dash less in front in all sheets but this one. */
const endMarker = (title: string): string => {
  const [before, after] = title === '业务明细' ? [41, 36] : [40, 37]
  return `#${'-'.repeat(before)}${title}列表结束${'-'.repeat(after)}`
}

/** The number in `#账号` and in file names: the PID, then 0156. */
export const accountNumber = (pid: string): string => `${pid}0156`

/** Commas and line ends would break the columns: no quoting has been seen in real bills. */
export const cell = (text: string | undefined): string => (text ?? '').replaceAll(',', '，').replace(/[\r\n\t]+/g, ' ')

/** A cell that is followed by a tab, as texts and numbers are in real bills. */
export const tabbed = (text: string | undefined): string => `${cell(text)}\t`

/** Fen as yuan with two decimals; unlike `yuan` of core also for negative amounts and sums without bound. */
export const signedYuan = (amount: number): string => {
  const fen = Math.abs(amount)
  return `${amount < 0 ? '-' : ''}${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
