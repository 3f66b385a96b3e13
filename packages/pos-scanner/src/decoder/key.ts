import type { CodeSettings } from '../scan.ts'

/**
 * The character of a key by the system's keyboard layout, missing where an input method hides it; and the character
 * at its place on a US keyboard, which is what most scanners are set to.
 */
export type Readings = readonly [layout: string | undefined, place: string | undefined]

/** One key press that can be part of a code. `P` is whatever its source wants back with it. */
export interface Key<P = unknown> {
  readonly press: P
  /** Which key it was, whatever it means; two presses of one key have the same name. */
  readonly name: string
  /** What it may mean. */
  readonly readings: Readings
  /** When it went down, ms. */
  readonly at: number
  /** When it went up again, ms; missing while that was not seen. */
  readonly up?: number
}

/** What ends a code: Enter, Tab, either of them or silence, or only silence. */
export type Suffix = 'any' | 'Enter' | 'Tab' | 'none'

/** What the decoder takes for granted. Times in ms. */
export interface DecoderSettings extends CodeSettings {
  readonly suffix: Suffix
  /** The slowest scanner counted on, ms from one key to the next, on average. */
  readonly slowestKey: number
  /** How long a key that can begin a payment code is kept back at most, ms. */
  readonly hold: number
  /** Whether a payment code typed by hand and confirmed with Enter is a scan. */
  readonly confirmTyped?: boolean
}

/** Times between neighbouring keys, ms. */
export const gaps = (keys: readonly Key[]): number[] =>
  keys.slice(1).map(({ at }, index) => at - (keys[index]?.at ?? at))

/** The keys after the last pause longer than `pause`. */
export const keysSince = <P>(keys: readonly Key<P>[], pause: number): readonly Key<P>[] => {
  const pauses = gaps(keys).map((gap) => gap > pause)
  return keys.slice(pauses.lastIndexOf(true) + 1)
}

/** The keys in the parts that pauses longer than `pause` make of them, the last part first. */
export const parts = <P>(keys: readonly Key<P>[], pause: number): readonly (readonly Key<P>[])[] => {
  const last = keysSince(keys, pause)
  return [last, ...(last.length < keys.length ? parts(keys.slice(0, -last.length), pause) : [])]
}

/** What the keys say by the system's layout, and by their places; a key without such a reading is `\0`. */
export const textsOf = (keys: readonly Key[]): string[] =>
  ([0, 1] as const).map((which) => keys.map(({ readings }) => readings[which] ?? '\0').join(''))
