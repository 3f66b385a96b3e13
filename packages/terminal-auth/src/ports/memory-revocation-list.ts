import { type Clock, systemClock } from '@f2f/core'
import { LONGEST_TOLERANCE } from '../options.ts'
import { ForgetfulMap } from './forgetful-map.ts'
import type { RevocationList } from './revocation.ts'

/** A revocation list in this process's memory: other processes do not see it, a restart forgets it. */
export const memoryRevocationList = (clock: Clock = systemClock): RevocationList => {
  const tokens = new ForgetfulMap<true>(clock)
  const terminals = new Map<string, number>()
  return {
    isRevoked: ({ tokenId, terminalId, issuedAt }) =>
      tokens.get(tokenId) === true || issuedAt.getTime() < (terminals.get(terminalId) ?? 0),

    async revokeToken(tokenId, expiresAt) {
      tokens.set(tokenId, true, new Date(expiresAt.getTime() + LONGEST_TOLERANCE))
    },

    async revokeTerminal(terminalId, issuedBefore) {
      terminals.set(terminalId, Math.max(terminals.get(terminalId) ?? 0, issuedBefore.getTime()))
    },
  }
}
