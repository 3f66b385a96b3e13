import { decodeJwt } from 'jose'
import { pinnedKey } from '../keys/pinned-key.ts'
import type { PublicKey } from '../keys/public-key.ts'
import { REFRESH_PROOF_TYPE } from '../till/proof-format.ts'
import { isId } from '../token/grant.ts'
import { checkCompact, notValid, readJti, verifyJwt } from '../token/verify-jwt.ts'

const WHAT = 'refresh proof'

/** What a till's refresh proof is held against. Times in ms. */
export interface RefreshProofRules {
  /** `iss` of the token issuer, which the proof must be made for. */
  readonly issuer: string
  readonly terminalId: string
  readonly now: number
  /** How far the till's clock may be off, either way. */
  readonly window: number
}

const issuerOf = (proof: string): unknown => {
  try {
    return decodeJwt(proof).iss
  } catch (cause) {
    throw notValid(WHAT, cause)
  }
}

/**
 * Which till says it has signed the proof; nothing of it is verified.
 *
 * @throws F2fError `AUTH_INVALID`
 */
export const claimedTerminal = (proof: string): string => {
  checkCompact(WHAT, proof)
  const issuer = issuerOf(proof)
  if (!isId('terminalId', issuer)) throw notValid(WHAT)
  return issuer
}

/**
 * Verifies that the holder of the till's key asks for a token, now.
 *
 * @returns the proof's `jti`, which must not have been used before
 * @throws F2fError `AUTH_INVALID`
 */
export const verifyRefreshProof = async (proof: string, key: PublicKey, rules: RefreshProofRules): Promise<string> => {
  const { issuer, terminalId, now, window } = rules
  const { jti } = await verifyJwt(proof, pinnedKey(key), {
    what: WHAT,
    typ: REFRESH_PROOF_TYPE,
    issuer: terminalId,
    subject: terminalId,
    audience: issuer,
    maxTokenAge: 0,
    now,
    clockTolerance: window,
  })
  return readJti(WHAT, jti)
}
