/** A cell without the tabs and blanks around it. */
export const trimmed = (cell: string | undefined): string => {
  const text = (cell ?? '').trim()
  return text.includes('\t') ? text.replaceAll('\t', ' ') : text
}

/** A record without the empty cells at its end, which re-saved files have everywhere. */
export const withoutEmptyEnd = (cells: readonly string[]): readonly string[] => {
  let length = cells.length
  while (length > 0 && trimmed(cells[length - 1]) === '') length--
  return length === cells.length ? cells : cells.slice(0, length)
}
