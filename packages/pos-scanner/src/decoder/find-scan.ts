import { isWallet, readCode } from '../read-code.ts'
import type { CodeRead } from '../scan.ts'
import { type DecoderSettings, type Key, keysSince, parts, textsOf } from './key.ts'
import { isHeld, isMachineMade, withoutOverlaps } from './tempo.ts'
import { FEW_LETTERS, LONGEST_PAUSE } from './timing.ts'

/** A code among the keys, and which of them it is made of. */
export interface Found<P = unknown> {
  readonly read: CodeRead
  readonly keys: readonly Key<P>[]
}

/** What the keys can mean: by the system's layout, and by their places. */
export const readKeys = <P>(keys: readonly Key<P>[], settings: DecoderSettings): readonly Found<P>[] =>
  textsOf(keys).flatMap((text) => {
    const read = text.includes('\0') ? undefined : readCode(text, settings)
    return read ? [{ read, keys }] : []
  })

export const isPayment = ({ read }: Found): boolean => isWallet(read)

/** Pauses that can part a code from what was typed before and after it, the likeliest to be inside a code last, ms. */
const PAUSES = [LONGEST_PAUSE, 150, 75, 40]

/** A scan of digits without the letters typed meanwhile: those a hand held, and a few more. */
const digitsOnly = <P>(keys: readonly Key<P>[]): readonly Key<P>[] => {
  const isDigit = ({ readings }: Key): boolean => /\d/.test(readings.join(''))
  const letters = keys.filter((key) => !isDigit(key) && !isHeld(key))
  return letters.length > FEW_LETTERS || letters[0] === keys[0] ? keys : keys.filter(isDigit)
}

/**
 * The code at the end of the keys, if a scanner sent one. A payment code is looked for first, with and without what a
 * person may have typed meanwhile; then any code that a machine must have sent.
 *
 * @param complete - whether the end is certain: by its suffix, or by a pause too long for any scanner
 */
export const findScan = <P>(
  keys: readonly Key<P>[],
  settings: DecoderSettings,
  complete: boolean,
): Found<P> | undefined => {
  const { prefix } = settings
  const recent = keysSince(keys, LONGEST_PAUSE)
  const tail = recent.slice(Math.max(0, ...textsOf(recent).map((text) => text.indexOf(prefix))))
  const found = PAUSES.flatMap((pause) => parts(withoutOverlaps(tail), pause))
    .flatMap((part) => [part, digitsOnly(part)])
    .flatMap((part) => readKeys(part, settings))
  const payment = found.find(isPayment)
  const isLikely = payment !== undefined || prefix !== ''
  return found.find((one) => (payment ? one === payment : complete) && isMachineMade(one.keys, isLikely, settings))
}
