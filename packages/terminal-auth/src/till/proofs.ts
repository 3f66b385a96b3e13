import { base64url, SignJWT } from 'jose'
import { REFRESH_PROOF_TYPE, REFUND_PROOF_TYPE } from './proof-format.ts'
import type { TillKey } from './till-key.ts'

/** Which refund a till orders, and by which token. */
export interface RefundProofInput {
  readonly token: string
  readonly outTradeNo: string
  /** As in the request. With it the proof is good for no other refund of the payment; give it, and the amount. */
  readonly outRequestNo?: string | undefined
  /** As in the request: yuan, such as `'8.88'`. With it the proof is good for no other amount. */
  readonly refundAmount?: string | undefined
}

/** Which till asks for its next token, and from whom. */
export interface RefreshProofInput {
  readonly terminalId: string
  /** The `issuer` of the token issuer. */
  readonly issuer: string
  /** What time it is, ms since 1970: within the window of the back end, five minutes by default. */
  readonly now: number
}

const sign = ({ algorithm, privateKey }: TillKey, typ: string, claims: Readonly<Record<string, unknown>>) =>
  new SignJWT({ ...claims, jti: crypto.randomUUID() }).setProtectedHeader({ alg: algorithm, typ }).sign(privateKey)

const sha256 = async (text: string): Promise<string> =>
  base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))

/**
 * Signs one refund request; send it in the header {@link REFUND_PROOF_HEADER}. It is good for one request: sign anew
 * to send the same refund again.
 */
export const signRefundProof = async (key: TillKey, { token, ...refund }: RefundProofInput): Promise<string> => {
  const { outTradeNo, outRequestNo, refundAmount } = refund
  return sign(key, REFUND_PROOF_TYPE, { ath: await sha256(token), outTradeNo, outRequestNo, refundAmount })
}

/** Signs the request for the till's next token. It is good for one request. */
export const signRefreshProof = (key: TillKey, { terminalId, issuer, now }: RefreshProofInput): Promise<string> =>
  sign(key, REFRESH_PROOF_TYPE, { iss: terminalId, sub: terminalId, aud: issuer, iat: Math.floor(now / 1_000) })
