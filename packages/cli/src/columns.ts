const WIDE = /[\p{Script=Han}（）：，。、]/gu
const widthOf = (line: string): number => line.length + (line.match(WIDE)?.length ?? 0)

/** Two columns, as a terminal shows them: a Chinese character takes two places. */
export const columns = (rows: readonly (readonly [string, string])[]): readonly string[] => {
  const width = Math.max(...rows.map(([left]) => widthOf(left)))
  return rows.map(([left, right]) => `  ${left}${' '.repeat(width - widthOf(left))}  ${right}`)
}
