export interface Spread {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

const ascending = (values: readonly number[]): readonly number[] => [...values].sort((left, right) => left - right)

/** Median with the extremes; one outlier moves the extremes, not the median. */
export const spread = (samples: readonly number[]): Spread => {
  const sorted = ascending(samples)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? Number.NaN
  const low = sorted.length % 2 === 1 ? high : (sorted[middle - 1] ?? high)
  return { median: (low + high) / 2, lowest: sorted[0] ?? Number.NaN, highest: sorted.at(-1) ?? Number.NaN }
}

/** The smallest value that at least `share` (0 to 1) of the values do not exceed. */
export const quantile = (values: readonly number[], share: number): number =>
  ascending(values)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN

/** Three significant digits, thousands grouped. */
export const figure = (value: number): string =>
  value.toLocaleString('en-US', value >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 })

/** `median (lowest–highest)`, or the one figure there is. */
export const spreadText = ({ median, lowest, highest }: Spread): string =>
  lowest === highest ? figure(median) : `${figure(median)} (${figure(lowest)}–${figure(highest)})`
