import { trimmed, withoutEmptyEnd } from './cell.ts'
import { badBill } from './failure.ts'

/** Field → the names its column has had, without blanks and in half-width brackets. */
export type ColumnNames<Field extends string> = Readonly<Record<Field, readonly string[]>>

/** Where each field stands in the records of one sheet. */
export interface Columns<Field extends string> {
  /** Place of the field's column; -1 when the sheet has none. */
  readonly at: Readonly<Record<Field, number>>
  /** Columns nobody asked for: name and place. */
  readonly unknown: readonly (readonly [string, number])[]
  readonly width: number
}

const HALF_WIDTH: Readonly<Record<string, string>> = { '（': '(', '）': ')', '＋': '+', '－': '-', '／': '/' }

const normalized = (name: string): string =>
  name.replace(/[（）＋－／]/g, (wide) => HALF_WIDTH[wide] ?? wide).replace(/[\s"]+/g, '')

/**
 * Finds the columns by their names, in any order.
 *
 * @throws F2fError `BILL_FORMAT` when a required column is missing, or one stands there twice
 */
export const findColumns = <Field extends string>(
  header: readonly string[],
  names: ColumnNames<Field>,
  required: readonly Field[],
): Columns<Field> => {
  const titles = withoutEmptyEnd(header).map(trimmed)
  const places = new Map<string, number>()
  for (const [index, title] of titles.entries()) {
    const name = normalized(title)
    if (places.has(name)) throw badBill('BILL_FORMAT', `The bill has the column ${title} twice.`, { column: title })
    places.set(name, index)
  }
  const fields = Object.keys(names) as Field[]
  const entries = fields.map((field) => {
    const name = names[field].find((candidate) => places.has(candidate))
    return [field, name === undefined ? -1 : (places.get(name) ?? -1)] as const
  })
  const at = Object.fromEntries(entries) as Record<Field, number>
  const missing = required.find((field) => at[field] < 0)
  if (missing !== undefined) {
    const column = names[missing][0] ?? missing
    throw badBill('BILL_FORMAT', `The bill has no column ${column}.`, { column })
  }
  const known = new Set<number>(Object.values(at))
  const unknown = titles.flatMap((title, index) => (known.has(index) || title === '' ? [] : [[title, index] as const]))
  return { at, unknown, width: titles.length }
}
