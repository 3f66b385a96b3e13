/** More commas than this in one line, and it is no line of a bill. */
const MOST = 12

/** Every way to hand `count` surplus cells to the free-text columns, those named first getting them first. */
function* distributions(count: number, columns: number): Generator<readonly number[]> {
  if (columns === 0) {
    if (count === 0) yield []
    return
  }
  for (let first = count; first >= 0; first--) {
    for (const rest of distributions(count - first, columns - 1)) yield [first, ...rest]
  }
}

const unquoted = (text: string): string => {
  const inner = /^\s*"(.*)"\s*$/s.exec(text)?.[1]
  return inner === undefined ? text : inner.replaceAll('""', '"')
}

const joined = (cells: readonly string[], extraAt: ReadonlyMap<number, number>): readonly string[] => {
  const whole: string[] = []
  for (let from = 0; from < cells.length; ) {
    const to = from + 1 + (extraAt.get(whole.length) ?? 0)
    const text = cells.slice(from, to).join(',')
    whole.push(to === from + 1 ? text : unquoted(text))
    from = to
  }
  return whole
}

const agreeOutside = (free: ReadonlySet<number>, one: readonly string[], other: readonly string[]): boolean =>
  one.every((cell, place) => free.has(place) || cell === other[place])

/**
 * Puts a line back together that has more cells than columns. Alipay's bills quote nothing (protocol §9.1), so a comma
 * in a text splits its cell. Only a way in which every other cell is sound is taken, and only when all such ways agree
 * on everything but the texts.
 *
 * @param freePlaces - columns that may hold commas, the likeliest first
 * @param isSound - whether a record's cells are what their columns want
 * @returns undefined when there is no such way, or more than one
 */
export const rejoinCells = (
  cells: readonly string[],
  width: number,
  freePlaces: readonly number[],
  isSound: (cells: readonly string[]) => boolean,
): readonly string[] | undefined => {
  const surplus = cells.length - width
  if (surplus > MOST) return undefined
  const free = new Set(freePlaces)
  let found: readonly string[] | undefined
  for (const counts of distributions(surplus, freePlaces.length)) {
    const candidate = joined(cells, new Map(freePlaces.map((place, index) => [place, counts[index] ?? 0])))
    if (!isSound(candidate)) continue
    if (found !== undefined && !agreeOutside(free, found, candidate)) return undefined
    found ??= candidate
  }
  return found
}
