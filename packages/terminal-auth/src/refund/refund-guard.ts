import { F2fError } from '@f2f/core'
import type { Principal, RouteInfo } from '@f2f/core/http'
import type { PublicKey } from '../keys/public-key.ts'
import { oneOf } from '../options.ts'
import type { ReplayGuard } from '../ports/replay-guard.ts'
import { REFUND_PROOF_HEADER } from '../till/proof-format.ts'
import type { VerifiedToken } from '../token/claims.ts'
import { notValid } from '../token/verify-jwt.ts'
import { verifyRefundProof } from './refund-proof.ts'

/**
 * Refunds by tokens that are not bound to a till's own key.
 *
 * - `one-payment`: the first refund binds the token to its payment; for another one a new token is needed.
 * - `refused`: only enrolled tills refund.
 * - `allowed`: whoever has the token can refund whatever it allows until it ends.
 */
export type KeylessRefunds = (typeof KEYLESS_REFUNDS)[number]

const KEYLESS_REFUNDS = ['one-payment', 'refused', 'allowed'] as const

export interface RefundGuardOptions {
  readonly replay: ReplayGuard
  readonly keylessRefunds: KeylessRefunds
  /** ms */
  readonly clockTolerance: number
}

/** One request of a token that has been verified. */
export interface TokenRequest {
  readonly request: Request
  readonly route: RouteInfo
  readonly token: string
  readonly verified: VerifiedToken
}

/** Goes by what the route may do, so that a renamed route is still guarded. Without the scope the handler refuses. */
const ordersRefund = ({ request, route, verified }: TokenRequest): boolean =>
  !['GET', 'HEAD'].includes(request.method) &&
  route.scopes.includes('refund') &&
  verified.grant.scopes.includes('refund')

/**
 * Keeps a captured refund request from being used again for another refund, and what the till has signed from being
 * changed on the way: gives what the principal must still check when the body is read.
 *
 * @throws F2fError `CONFIG_INVALID` at once; `AUTH_INVALID`, `AUTH_FORBIDDEN`, or what the replay guard throws later
 */
export const refundGuard = ({ replay, keylessRefunds, clockTolerance }: RefundGuardOptions) => {
  oneOf('keylessRefunds', keylessRefunds, KEYLESS_REFUNDS)
  const claim = ({ tokenId, expiresAt }: VerifiedToken, once: string, outTradeNo: string) =>
    replay.claim(`refund:${tokenId}:${once}`, outTradeNo, new Date(expiresAt.getTime() + clockTolerance + 1_000))

  const checkProof = async ({ request, token, verified }: TokenRequest, key: PublicKey, outTradeNo: string) => {
    const proof = request.headers.get(REFUND_PROOF_HEADER)
    if (proof === null)
      throw new F2fError('AUTH_INVALID', "A refund by this token needs a proof signed with the till's key.")
    const { jti, checkRefund } = await verifyRefundProof(proof, key, { token, outTradeNo })
    if ((await claim(verified, jti, outTradeNo)) !== 'first') throw notValid('refund proof')
    return { checkRefund }
  }

  const checkKeyless = async ({ verified }: TokenRequest, outTradeNo: string) => {
    if (keylessRefunds === 'allowed') return {}
    if (keylessRefunds === 'refused') throw new F2fError('AUTH_FORBIDDEN', 'Only an enrolled till may refund.')
    if ((await claim(verified, '', outTradeNo)) === 'other')
      throw new F2fError('AUTH_INVALID', 'The token has been used to refund another payment.')
    return {}
  }

  return async (asked: TokenRequest): Promise<Pick<Principal, 'checkRefund'>> => {
    if (!ordersRefund(asked)) return {}
    const { key } = asked.verified
    const outTradeNo = asked.route.params.outTradeNo ?? ''
    return key === undefined ? checkKeyless(asked, outTradeNo) : checkProof(asked, key, outTradeNo)
  }
}
