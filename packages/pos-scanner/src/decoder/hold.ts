import { type DecoderSettings, type Key, keysSince, textsOf } from './key.ts'
import { isMachineMade } from './tempo.ts'
import { FAST_KEY, LONGEST_PAUSE, PAIR_HOLD } from './timing.ts'

/** Text that ends with a key that presses no button. */
const ANY_START = /\S$/
/** Text that ends like the beginning of a payment code, after an AIM identifier or none. */
const PAYMENT_START = /(?:\]([A-Za-z]\w?)?|(1[0-5]|2[5-9]|30|62)\d*|[1236])$/

/**
 * How long the last key may be kept back while it is open whether a scanner sent it, ms; 0 to let it go at once.
 *
 * @param isText - whether the keys write text, which can be taken back; whatever else they do cannot be
 */
export const holdTime = (keys: readonly Key[], settings: DecoderSettings, isText: boolean): number => {
  const { hold, minLength, prefix } = settings
  const recent = keysSince(keys, hold)
  const begins = textsOf(recent).some((text) =>
    prefix ? text.includes(prefix[0] as string) : (isText ? PAYMENT_START : ANY_START).test(text),
  )
  const fast = keysSince(keys, FAST_KEY).length
  if (!begins && (prefix || fast < 2)) return 0
  // As long as it can take until silence shows that the code is complete.
  if (fast >= minLength || (recent.length >= minLength && isMachineMade(recent, begins, settings))) return LONGEST_PAUSE
  return begins ? hold : PAIR_HOLD
}
