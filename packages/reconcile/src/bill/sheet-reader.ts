import { isF2fError } from '@f2f/core'
import { trimmed, withoutEmptyEnd } from './cell.ts'
import { findColumns } from './columns.ts'
import { rejoinCells } from './comma.ts'
import { badBill } from './failure.ts'
import { RecordReader } from './record.ts'
import type { SheetKind } from './sheet-kind.ts'

const END_MARKER = /^#\s*-+.*结束-*$/

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => trimmed(cell) === '')

/** Takes the records of one sheet in order: lines of the head, the columns, rows, the end marker, totals. */
export class SheetReader<Field extends string, Row> {
  /** Lines before the columns, the title first. */
  readonly head: string[] = []
  /** Lines after the end marker. */
  readonly foot: string[] = []
  readonly #kind: SheetKind<Field, Row>
  #record: RecordReader<Field> | undefined
  #freePlaces: readonly number[] = []
  #ended = false
  #line = 0

  constructor(kind: SheetKind<Field, Row>) {
    this.#kind = kind
  }

  /** @throws F2fError `BILL_FORMAT` */
  take(cells: readonly string[]): Row | undefined {
    this.#line++
    const first = cells[0] ?? ''
    if (first.startsWith('#') && this.#takeComment(cells)) return undefined
    if (first.length < 2 && isBlank(cells)) return undefined
    if (this.#ended) throw this.#refuse('stands after the end of the list')
    if (this.#record === undefined) {
      this.#takeColumns(cells)
      return undefined
    }
    return this.#row(this.#record, cells)
  }

  /**
   * Takes a last line that has no end of its own: when it cannot be read, the text broke off within it.
   *
   * @throws F2fError `BILL_TRUNCATED`
   */
  takeUnfinished(cells: readonly string[]): Row | undefined {
    try {
      return this.take(cells)
    } catch (error) {
      if (this.#ended) throw error
      throw this.#brokenOff()
    }
  }

  /** @throws F2fError `BILL_TRUNCATED` when the sheet broke off */
  end(): void {
    if (!this.#ended) throw this.#brokenOff()
  }

  #brokenOff() {
    return badBill('BILL_TRUNCATED', `The bill breaks off after line ${this.#line}.`, { line: this.#line })
  }

  /** A `#` line, unless it is a row whose first cell happens to begin so. */
  #takeComment(cells: readonly string[]): boolean {
    const text = trimmed(withoutEmptyEnd(cells).join(','))
    if (this.#ended) this.foot.push(text)
    else if (END_MARKER.test(text)) this.#ended = true
    else if (this.#record === undefined) this.head.push(text)
    else return false
    return true
  }

  #takeColumns(cells: readonly string[]): void {
    const { columns, required, freeText } = this.#kind
    const found = findColumns(cells, columns, required)
    this.#record = new RecordReader(found)
    this.#freePlaces = freeText.map((field) => found.at[field]).filter((place) => place >= 0)
  }

  #row(record: RecordReader<Field>, cells: readonly string[]): Row {
    record.use(cells.length > record.columns.width ? this.#fitted(record, cells) : cells, this.#line)
    return this.#kind.read(record, this.#line)
  }

  /** A line with more cells than columns: empty ones at its end, or texts that were split at a comma. */
  #fitted(record: RecordReader<Field>, cells: readonly string[]): readonly string[] {
    const { width } = record.columns
    const isSound = (candidate: readonly string[]): boolean => {
      record.use(candidate, this.#line)
      try {
        return this.#kind.isLikely(this.#kind.read(record, this.#line))
      } catch (error) {
        if (isF2fError(error)) return false
        throw error
      }
    }
    const short = withoutEmptyEnd(cells)
    if (short.length <= width && isSound(short)) return short
    const whole =
      rejoinCells(cells, width, this.#freePlaces, isSound) ?? rejoinCells(short, width, this.#freePlaces, isSound)
    if (whole === undefined) throw this.#refuse('has more cells than columns')
    return whole
  }

  #refuse(problem: string) {
    return badBill('BILL_FORMAT', `Line ${this.#line} of the bill ${problem}.`, { line: this.#line })
  }
}
