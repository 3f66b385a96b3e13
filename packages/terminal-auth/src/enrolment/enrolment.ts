import { systemClock } from '@f2f/core'
import type { IssuedToken, TerminalIssuer } from '../issuer.ts'
import type { Jwk } from '../keys/jwk.ts'
import { requirePublicKey } from '../keys/public-key.ts'
import { count, duration, seconds } from '../options.ts'
import { memoryReplayGuard } from '../ports/memory-replay-guard.ts'
import type { ReplayGuard } from '../ports/replay-guard.ts'
import { checkGrant, type TerminalGrant } from '../token/grant.ts'
import { notValid } from '../token/verify-jwt.ts'
import { type EnrolmentDesk, type EnrolmentDeskOptions, enrolmentDesk } from './desk.ts'
import { redeemInvitation } from './invitations.ts'
import { claimedTerminal, verifyRefreshProof } from './refresh-proof.ts'
import type { EnrolledTerminal } from './store.ts'

export interface EnrolmentOptions extends EnrolmentDeskOptions {
  readonly issuer: TerminalIssuer
  /** Default: this process's memory, which is enough for one process. */
  readonly replay?: ReplayGuard | undefined
  /** How often a code can be tried, the successful attempt included; default 5. */
  readonly maxAttempts?: number | undefined
  /** How far a till's clock may be off when it refreshes, ms; default 300,000. */
  readonly proofWindow?: number | undefined
}

/** A token for an enrolled till. */
export interface EnrolledToken extends IssuedToken {
  readonly grant: TerminalGrant
}

export interface RefreshOptions {
  /** Who works at the till now, as the back end knows. Default: as in the invitation. */
  readonly operatorId?: string | undefined
}

export interface Enrolment extends EnrolmentDesk {
  /**
   * Turns a code into the till's registered key and its first token. Tokens of the terminal id from before that second end.
   *
   * @param publicKey - the till's own public key, Ed25519 or P-256
   * @throws F2fError `REQUEST_INVALID` for the key, `ENROLMENT_REFUSED` for the code
   */
  enrol(code: string, publicKey: Jwk): Promise<EnrolledToken>
  /**
   * The next token, for a proof signed with the till's key (`signRefreshProof`).
   *
   * @throws F2fError `AUTH_INVALID`; `REQUEST_INVALID` for the operator id
   */
  refresh(proof: string, options?: RefreshOptions): Promise<EnrolledToken>
}

/** Tokens are dated in whole seconds. */
const startOfSecond = (now: number): Date => new Date(seconds(now) * 1_000)

const isSame = (a: EnrolledTerminal, b: EnrolledTerminal | undefined): boolean =>
  a.publicKey.x === b?.publicKey.x && a.enrolledAt.getTime() === b?.enrolledAt.getTime()

/**
 * Turns a one-time code into a till's own key and tokens.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const enrolment = (options: EnrolmentOptions): Enrolment => {
  const { issuer, store, revocation, clock = systemClock } = options
  const replay = options.replay ?? memoryReplayGuard(clock)
  const window = duration('proofWindow', options.proofWindow ?? 300_000, 1_000)
  const rules = { store, maxAttempts: count('maxAttempts', options.maxAttempts ?? 5) }
  const desk = enrolmentDesk(options)

  /** Looks once more afterwards: a till revoked meanwhile gets no token that is younger than its end. */
  const issueFor = async (terminal: EnrolledTerminal, operatorId?: string): Promise<EnrolledToken> => {
    const grant = checkGrant({ ...terminal.grant, operatorId: operatorId ?? terminal.grant.operatorId })
    const issued = await issuer.issue(grant, { publicKey: terminal.publicKey })
    if (!isSame(terminal, await store.find(grant.terminalId))) throw notValid('till')
    return { ...issued, grant }
  }

  return {
    ...desk,

    async enrol(code, publicKey) {
      const key = requirePublicKey(publicKey)
      const terminal = await redeemInvitation(rules, code, key, clock.now())
      // Only now: until the store had taken the new key, the earlier one could still get a token.
      await revocation.revokeTerminal(terminal.grant.terminalId, startOfSecond(clock.now()))
      return issueFor(terminal)
    },

    async refresh(proof, { operatorId } = {}) {
      const terminalId = claimedTerminal(proof)
      const terminal = await store.find(terminalId)
      if (terminal === undefined) throw notValid('refresh proof')
      const now = clock.now()
      const key = requirePublicKey(terminal.publicKey)
      const jti = await verifyRefreshProof(proof, key, { issuer: issuer.issuer, terminalId, now, window })
      const until = new Date(now + 2 * window + 1_000)
      if ((await replay.claim(`refresh:${terminalId}:${jti}`, '', until)) !== 'first') throw notValid('refresh proof')
      return issueFor(terminal, operatorId)
    },
  }
}
