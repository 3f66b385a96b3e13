import type { CodeRead } from '../scan.ts'
import { findScan, isPayment, readKeys } from './find-scan.ts'
import { type DecoderSettings, gaps, type Key } from './key.ts'
import { usual } from './tempo.ts'
import { IDLE_GAPS, LATEST_KEY, LONGEST_PAUSE, TYPING_PAUSE } from './timing.ts'

/**
 * What happened at the keyboard: a key that writes went down, a key went up, a key that writes nothing went down
 * (`Enter`, `Tab`, `Backspace` or another name), or with an empty name that nothing did.
 */
export type Stroke<P = unknown> =
  | Pick<Key<P>, 'press' | 'name' | 'readings'>
  | { readonly name: string; readonly isUp?: boolean; readonly readings?: undefined }

export interface DecoderState<P = unknown> {
  /** Keys that can still turn out to be a scan. */
  readonly keys: readonly Key<P>[]
  /** When the last scan ended, ms. */
  readonly endedAt: number
}

/** What a stroke decided: a scan, or with no `read` the late suffix of one. */
export interface Outcome<P = unknown> {
  readonly read?: CodeRead
  readonly typed?: boolean
  /** The keys it is made of. */
  readonly keys: readonly Key<P>[]
}

/** The silence after which a payment code is complete without a suffix, ms. */
export const idleTime = (keys: readonly Key[]): number =>
  Math.min(LONGEST_PAUSE, LATEST_KEY + usual(gaps(keys)) * IDLE_GAPS)

/** The whole typed text, blanks left out as the wallets print them in groups. */
const confirmed = <P>(keys: readonly Key<P>[], settings: DecoderSettings): Outcome<P> | undefined => {
  const written = keys.filter(({ readings }) => readings[1] !== ' ')
  const found = readKeys(written, { ...settings, prefix: '' }).find(isPayment)
  return found && { read: found.read, keys, typed: true }
}

/**
 * Tells scans from typing: takes one stroke and the time it happened, returns the next state and what it decided.
 * Pure: no clock, no page.
 *
 * @param at - ms; only differences count
 */
export const decode = <P>(
  { keys, endedAt }: DecoderState<P>,
  stroke: Stroke<P>,
  at: number,
  settings: DecoderSettings,
): [DecoderState<P>, Outcome<P>?] => {
  const { suffix, confirmTyped } = settings
  const { name } = stroke
  const silence = at - (keys.at(-1)?.at ?? at)
  const ends = suffix === 'any' || suffix === (name || 'none')
  const kept = (rest: readonly Key<P>[]): [DecoderState<P>] => [{ keys: rest, endedAt }]
  const ended = (outcome: Outcome<P>): [DecoderState<P>, Outcome<P>] => [{ keys: [], endedAt: at }, outcome]

  if (stroke.readings) {
    const recent = silence > (confirmTyped ? TYPING_PAUSE : LONGEST_PAUSE) ? [] : keys
    return kept([...recent, { ...stroke, at }].slice(-2 * settings.maxLength))
  }
  if (stroke.isUp) return kept(keys.map((key) => (key.name === name ? { up: at, ...key } : key)))
  if (!name) {
    const scan = ends && silence >= idleTime(keys) && findScan(keys, settings, silence >= LONGEST_PAUSE)
    return scan ? ended(scan) : kept(keys)
  }
  if (name === 'Enter' || name === 'Tab') {
    if (!keys.length && at - endedAt < LONGEST_PAUSE) return ended({ keys })
    const scan =
      (ends && findScan(keys, settings, true)) || (confirmTyped && name === 'Enter' && confirmed(keys, settings))
    return scan ? ended(scan) : kept([])
  }
  if (!confirmTyped) return kept(keys)
  return kept(name === 'Backspace' ? keys.slice(0, -1) : [])
}
