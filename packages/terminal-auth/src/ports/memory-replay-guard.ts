import { type Clock, systemClock } from '@f2f/core'
import { ForgetfulMap } from './forgetful-map.ts'
import type { ReplayGuard } from './replay-guard.ts'

/** A replay guard in this process's memory: other processes do not see it, a restart forgets it. */
export const memoryReplayGuard = (clock: Clock = systemClock): ReplayGuard => {
  const claims = new ForgetfulMap<string>(clock)
  return {
    async claim(key, value, until) {
      const claimed = claims.get(key)
      if (claimed !== undefined) return claimed === value ? 'same' : 'other'
      claims.set(key, value, until)
      return 'first'
    },
  }
}
