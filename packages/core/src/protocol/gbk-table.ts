/** GBK code of every BMP character, by its UTF-16 code unit; 0 where GBK has none. */
export type GbkTable = Uint16Array

const FIRST_LEAD = 0x81
const LAST_LEAD = 0xfe

const TRAILS = Uint8Array.from({ length: 0xff - 0x40 }, (_, index) => 0x40 + index).filter((trail) => trail !== 0x7f)

/** Positions that only GB18030 fills; a GBK reader sees nothing there, or a private character. */
const isGb18030Only = (code: number): boolean =>
  (code >= 0xfe50 && code <= 0xfea0) ||
  (code >= 0xa6d9 && code <= 0xa6df) ||
  (code >= 0xa989 && code <= 0xa995) ||
  [0xa6ec, 0xa6ed, 0xa6f3, 0xa8bc, 0xa8bf].includes(code)

const isPrivateUse = (unit: number): boolean => unit >= 0xe000 && unit < 0xf900

const addRow = (table: GbkTable, decode: (bytes: Uint8Array) => string, lead: number): void => {
  const row = new Uint8Array(TRAILS.length * 2)
  TRAILS.forEach((trail, index) => {
    row.set([lead, trail], index * 2)
  })
  const text = decode(row)
  TRAILS.forEach((trail, index) => {
    const code = (lead << 8) | trail
    const unit = text.charCodeAt(index)
    if (table[unit] === 0 && !isPrivateUse(unit) && !isGb18030Only(code)) table[unit] = code
  })
}

const buildTable = (): GbkTable => {
  const table = new Uint16Array(0x10000)
  const decoder = new TextDecoder('gb18030', { fatal: true })
  for (let lead = FIRST_LEAD; lead <= LAST_LEAD; lead += 1) addRow(table, (row) => decoder.decode(row), lead)
  return table
}

let built: GbkTable | undefined

/** The encoder table, built from the platform's own GB18030 decoder on first use (about a millisecond). */
export const gbkTable = (): GbkTable => {
  built ??= buildTable()
  return built
}

/** Assigned cells of the GB2312 rows that are not full, as [lead, first trail, last trail]. */
const PARTIAL_ROWS: readonly (readonly [number, number, number])[] = [
  [0xa2, 0xb1, 0xe2],
  [0xa2, 0xe5, 0xee],
  [0xa2, 0xf1, 0xfc],
  [0xa4, 0xa1, 0xf3],
  [0xa5, 0xa1, 0xf6],
  [0xa6, 0xa1, 0xb8],
  [0xa6, 0xc1, 0xd8],
  [0xa7, 0xa1, 0xc1],
  [0xa7, 0xd1, 0xf1],
  [0xa8, 0xa1, 0xba],
  [0xa8, 0xc5, 0xe9],
  [0xa9, 0xa4, 0xef],
  [0xd7, 0xa1, 0xf9],
]

const isFullRow = (lead: number): boolean =>
  lead === 0xa1 || lead === 0xa3 || (lead >= 0xb0 && lead <= 0xf7 && lead !== 0xd7)

/** True when a GBK code is one of the 7445 that GB2312 has too. */
export const isGb2312 = (code: number): boolean => {
  const lead = code >> 8
  const trail = code & 0xff
  if (isFullRow(lead)) return trail >= 0xa1 && trail <= 0xfe
  return PARTIAL_ROWS.some(([row, first, last]) => row === lead && trail >= first && trail <= last)
}
