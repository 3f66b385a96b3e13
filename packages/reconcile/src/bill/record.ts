import { parseBeijing } from '@f2f/core'
import { readFen } from '../amount.ts'
import { trimmed } from './cell.ts'
import type { Columns } from './columns.ts'
import { badBill } from './failure.ts'
import type { UnknownColumns } from './types.ts'

const NONE: UnknownColumns = Object.freeze({})
const OTHER_TIME = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2}) (\d{1,2}):(\d{2})(?::(\d{2}))?$/

/** `2019/9/16 9:05`, as re-saved files have it, in the form Alipay writes. */
const asAlipayWrites = (text: string): string => {
  const [, year, month = '', day = '', hour = '', minute, second = '00'] = OTHER_TIME.exec(text) ?? []
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${hour.padStart(2, '0')}:${minute}:${second}`
}

const MS_OF_DAY = /^ (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/

/** Reads times; nearly all of one file lie on one or two days, whose midnights are remembered. */
const createTimeReader = (): ((text: string) => number | undefined) => {
  const midnights = new Map<string, number>()
  const midnightOf = (day: string): number | undefined => {
    const known = midnights.get(day)
    if (known !== undefined) return known
    const found = parseBeijing(`${day} 00:00:00`)?.getTime()
    if (found !== undefined && midnights.size < 1_000) midnights.set(day, found)
    return found
  }
  return (text) => {
    const rest = text.slice(10)
    if (!MS_OF_DAY.test(rest)) return parseBeijing(asAlipayWrites(text))?.getTime()
    const midnight = midnightOf(text.slice(0, 10))
    if (midnight === undefined) return undefined
    const seconds = Number(rest.slice(1, 3)) * 3_600 + Number(rest.slice(4, 6)) * 60 + Number(rest.slice(7, 9))
    return midnight + seconds * 1_000
  }
}

/** A number that a spreadsheet has rounded, such as `2.01909E+27`. */
const ROUNDED = /^\d(?:\.\d+)?E\+\d+$/i

/** One record of a sheet, its cells read as what they should be. */
export class RecordReader<Field extends string> {
  readonly columns: Columns<Field>
  readonly #readTime = createTimeReader()
  #cells: readonly string[] = []
  #line = 0

  constructor(columns: Columns<Field>) {
    this.columns = columns
  }

  use(cells: readonly string[], line: number): void {
    this.#cells = cells
    this.#line = line
  }

  text(field: Field): string {
    const place = this.columns.at[field]
    return place < 0 ? '' : trimmed(this.#cells[place])
  }

  /** @throws F2fError `BILL_FORMAT` when a spreadsheet has destroyed it */
  number(field: Field): string {
    const text = this.text(field)
    if (text.includes('+') && ROUNDED.test(text)) {
      throw this.#refuse(field, 'has been rounded by a spreadsheet')
    }
    return text
  }

  /** Fen; 0 when the cell is empty or there is no such column. */
  amount(field: Field): number {
    const text = this.text(field)
    return text === '' ? 0 : this.#known(field, readFen(text), 'is no amount')
  }

  /** Fen; undefined when the cell is empty or there is no such column. */
  optionalAmount(field: Field): number | undefined {
    return this.text(field) === '' ? undefined : this.amount(field)
  }

  /** Fen; the cell may not be empty. */
  requiredAmount(field: Field): number {
    return this.#known(field, readFen(this.text(field)), 'is no amount')
  }

  count(field: Field): number {
    const text = this.text(field)
    return this.#known(field, /^\d{1,15}$/.test(text) ? Number(text) : undefined, 'is no number')
  }

  time(field: Field): Date {
    return new Date(this.#known(field, this.#readTime(this.text(field)), 'is no time'))
  }

  optionalTime(field: Field): Date | undefined {
    return this.text(field) === '' ? undefined : this.time(field)
  }

  extra(): UnknownColumns {
    const { unknown } = this.columns
    if (unknown.length === 0) return NONE
    return Object.fromEntries(unknown.map(([name, place]) => [name, trimmed(this.#cells[place])]))
  }

  #known<T>(field: Field, value: T | undefined, problem: string): T {
    if (value === undefined) throw this.#refuse(field, problem)
    return value
  }

  #refuse(field: Field, problem: string) {
    const details = { line: this.#line, column: field }
    return badBill('BILL_FORMAT', `Line ${this.#line} of the bill: ${field} ${problem}.`, details)
  }
}
