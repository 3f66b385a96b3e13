import { createHash } from 'node:crypto'
import { pinnedKey } from '../keys/pinned-key.ts'
import type { PublicKey } from '../keys/public-key.ts'
import { REFUND_PROOF_TYPE } from '../till/proof-format.ts'
import { notValid, readJti, verifyJwt } from '../token/verify-jwt.ts'

const WHAT = 'refund proof'

/** What a proof must have been signed for. */
export interface RefundOrdered {
  readonly token: string
  readonly outTradeNo: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

/**
 * Verifies that the holder of the till's key orders one refund of that payment, by that token. The proof needs no time
 * of its own: it ends with the token.
 *
 * @returns the proof's `jti`, which must not have been used before
 * @throws F2fError `AUTH_INVALID`
 */
export const verifyRefundProof = async (proof: string, key: PublicKey, ordered: RefundOrdered): Promise<string> => {
  const { jti, ath, outTradeNo } = await verifyJwt(proof, pinnedKey(key), {
    what: WHAT,
    typ: REFUND_PROOF_TYPE,
    now: 0,
    clockTolerance: 0,
  })
  if (ath !== sha256(ordered.token) || outTradeNo !== ordered.outTradeNo) throw notValid(WHAT)
  return readJti(WHAT, jti)
}
