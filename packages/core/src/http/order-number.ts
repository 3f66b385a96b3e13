import { nodeCrypto } from '../built-ins.ts'
import type { Clock } from '../clock.ts'
import { beijingTimestamp } from '../protocol/time.ts'

/**
 * Order numbers for tills that bring none: the Beijing time to the second, then 80 random bits; 34 characters.
 *
 * @param random - so many random bytes
 */
export const orderNumbers =
  (clock: Clock, random: (size: number) => Uint8Array = nodeCrypto().randomBytes): (() => string) =>
  () =>
    beijingTimestamp(clock.now()).replaceAll(/\D/g, '') + Buffer.from(random(10)).toString('hex').toUpperCase()
