export interface Spread {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

/** Median with the extremes; one outlier moves the extremes, not the median. */
export const spread = (samples: readonly number[]): Spread => {
  const sorted = [...samples].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? Number.NaN
  const low = sorted.length % 2 === 1 ? high : (sorted[middle - 1] ?? high)
  return { median: (low + high) / 2, lowest: sorted[0] ?? Number.NaN, highest: sorted.at(-1) ?? Number.NaN }
}

/** Three significant digits, thousands grouped. */
const figure = (value: number): string =>
  value.toLocaleString('en-US', value >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 })

/** `median (lowest–highest)`. */
export const spreadText = ({ median, lowest, highest }: Spread): string =>
  `${figure(median)} (${figure(lowest)}–${figure(highest)})`
