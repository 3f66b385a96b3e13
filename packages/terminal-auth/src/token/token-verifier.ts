import { type Clock, systemClock } from '@f2f/core'
import type { JWTPayload, JWTVerifyGetKey } from 'jose'
import { duration, LONGEST_TOLERANCE, name } from '../options.ts'
import type { Revocation } from '../ports/revocation.ts'
import { REQUIRED_CLAIMS, readClaims, TOKEN_TYPE, type VerifiedToken } from './claims.ts'
import { notValid, verifyJwt } from './verify-jwt.ts'

export interface TokenVerifierOptions {
  readonly keys: JWTVerifyGetKey
  readonly issuer: string
  readonly audience: string
  readonly clockTolerance?: number | undefined
  readonly maxAge?: number | undefined
  readonly revocation?: Revocation | undefined
  readonly clock?: Clock | undefined
}

const DAY = 86_400_000

const claimsOf = (payload: JWTPayload): VerifiedToken => {
  try {
    return readClaims(payload)
  } catch (error) {
    throw notValid('token', error)
  }
}

/**
 * Verifies tokens: signature, type, issuer, audience, times, claims, and that nobody has revoked them.
 *
 * @throws F2fError `CONFIG_INVALID` at once; `AUTH_INVALID`, `AUTH_UNAVAILABLE` for a token
 */
export const tokenVerifier = (options: TokenVerifierOptions): ((token: string) => Promise<VerifiedToken>) => {
  const { keys, revocation, clock = systemClock } = options
  const rules = {
    what: 'token',
    typ: TOKEN_TYPE,
    requiredClaims: REQUIRED_CLAIMS,
    issuer: name('issuer', options.issuer),
    audience: name('audience', options.audience),
    clockTolerance: duration('clockTolerance', options.clockTolerance ?? 0, 0, LONGEST_TOLERANCE),
    maxTokenAge: duration('maxAge', options.maxAge ?? DAY, 1_000) / 1_000,
  }
  return async (token) => {
    const verified = claimsOf(await verifyJwt(token, keys, { ...rules, now: clock.now() }))
    const { tokenId, issuedAt, grant } = verified
    if (await revocation?.isRevoked({ tokenId, terminalId: grant.terminalId, issuedAt })) throw notValid('token')
    return verified
  }
}
