import { type DecoderSettings, gaps, type Key } from './key.ts'
import { FAST_KEY, JITTER, MOST, PROOF_LENGTH, QUICK_RELEASE, SPREAD } from './timing.ts'

/** The middle value: what most are, whatever a few others are. */
export const usual = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

const areRegular = (values: readonly number[], near: number): boolean => {
  const middle = usual(values)
  return values.filter((value) => Math.abs(value - middle) <= near).length >= values.length * MOST
}

/** How long keys were held, ms: all the same for a scanner's quick ones, `Infinity` where it was not seen. */
const holds = (keys: readonly Key[]): readonly number[] =>
  keys.map(({ at, up = Infinity }) => Math.max(QUICK_RELEASE, up - at))

/** Whether a key was let go as late as scanners do not, or not yet. */
export const isHeld = ({ at, up = Infinity }: Key): boolean => up - at > QUICK_RELEASE

/** The keys without those that were held while a scanner's went down. */
export const withoutOverlaps = <P>(keys: readonly Key<P>[]): readonly Key<P>[] =>
  keys.filter(
    (key) =>
      !isHeld(key) || !keys.some((other) => !isHeld(other) && other.at > key.at && other.at < (key.up ?? Infinity)),
  )

/**
 * Whether a machine pressed these keys: faster than anybody types; or slower, but in step.
 *
 * @param likely - whether the text itself speaks for a scan: a payment code, or the configured prefix
 */
export const isMachineMade = (keys: readonly Key[], likely: boolean, { slowestKey }: DecoderSettings): boolean => {
  const between = gaps(keys)
  const middle = usual(between)
  const isFast = middle <= FAST_KEY
  const held = holds(keys)
  const isUnseen = Math.min(...held) === Infinity
  const isQuick = areRegular(held, 0)
  const isInStep = areRegular(between, Math.max(JITTER, middle * SPREAD)) || (isFast && (likely || isUnseen))
  return (
    middle <= slowestKey &&
    (isQuick || (isInStep && (isUnseen || areRegular(held, JITTER)))) &&
    (likely || (isFast && (isQuick || isUnseen)) || keys.length >= PROOF_LENGTH)
  )
}
