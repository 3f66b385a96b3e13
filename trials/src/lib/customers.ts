/** What customers' payment codes do, by their last two digits, and how common that is. See the simulator's README. */
export const CUSTOMERS = [
  ['00', 50],
  ['03', 15],
  ['09', 6],
  ['04', 5],
  ['05', 4],
  ['20', 4],
  ['21', 4],
  ['30', 4],
  ['31', 4],
  ['32', 2],
  ['33', 2],
] as const satisfies readonly (readonly [string, number])[]
