import { createHash } from 'node:crypto'
import { fen } from '@f2f/core'
import type { RefundAsked } from '@f2f/core/http'
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

/** A proof that holds. */
export interface RefundProof {
  /** Must not have been used before. */
  readonly jti: string
  /** Refuses a refund that the till has not signed, as far as the proof says which. */
  readonly checkRefund: (refund: RefundAsked) => void
}

const amountOf = (claimed: unknown): number | undefined => {
  try {
    return fen(String(claimed))
  } catch {
    return undefined
  }
}

const checkAgainst =
  (outRequestNo: unknown, refundAmount: unknown) =>
  (asked: RefundAsked): void => {
    if (outRequestNo !== undefined && outRequestNo !== asked.outRequestNo) throw notValid(WHAT)
    if (refundAmount !== undefined && amountOf(refundAmount) !== fen(asked.refundAmount)) throw notValid(WHAT)
  }

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

/**
 * Verifies that the holder of the till's key orders one refund of that payment, by that token. The proof needs no time
 * of its own: it ends with the token.
 *
 * @throws F2fError `AUTH_INVALID`
 */
export const verifyRefundProof = async (
  proof: string,
  key: PublicKey,
  ordered: RefundOrdered,
): Promise<RefundProof> => {
  const { jti, ath, outTradeNo, outRequestNo, refundAmount } = await verifyJwt(proof, pinnedKey(key), {
    what: WHAT,
    typ: REFUND_PROOF_TYPE,
    now: 0,
    clockTolerance: 0,
  })
  if (ath !== sha256(ordered.token) || outTradeNo !== ordered.outTradeNo) throw notValid(WHAT)
  return { jti: readJti(WHAT, jti), checkRefund: checkAgainst(outRequestNo, refundAmount) }
}
