import { type DecoderSettings, type Key, keysSince, textsOf } from './key.ts'
import { FAST_KEY, LONGEST_PAUSE, PAIR_HOLD } from './timing.ts'

/** Text that ends like the beginning of a payment code, after an AIM identifier or none. */
const PAYMENT_START = /(?:\]([A-Za-z]\w?)?|(1[0-5]|2[5-9]|30|62)\d*|[1236])$/

/** How long the last key may be kept back while it is open whether a scanner sent it, ms; 0 to let it go at once. */
export const holdTime = (keys: readonly Key[], { hold, minLength, prefix }: DecoderSettings): number => {
  const begins = textsOf(keysSince(keys, hold)).some((text) =>
    prefix ? text.includes(prefix.charAt(0)) : PAYMENT_START.test(text),
  )
  const fast = keysSince(keys, FAST_KEY).length
  if (!begins && (prefix || fast < 2)) return 0
  if (fast >= minLength) return LONGEST_PAUSE
  return begins ? hold : PAIR_HOLD
}
