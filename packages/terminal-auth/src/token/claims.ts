import type { Scope } from '@f2f/core/http'
import type { JWTPayload } from 'jose'
import type { Jwk } from '../keys/jwk.ts'
import { type PublicKey, readPublicKey } from '../keys/public-key.ts'
import { checkGrant, SCOPES, type TerminalGrant } from './grant.ts'

/** `typ` of a token's header (RFC 9068), so that no other JWT of the same keys passes for one. */
export const TOKEN_TYPE = 'at+jwt'

/** What must be in every token. */
export const REQUIRED_CLAIMS = ['sub', 'jti', 'iat', 'nbf', 'exp', 'auth_time', 'storeId', 'scope']

/** What a valid token says. */
export interface VerifiedToken {
  /** `jti` */
  readonly tokenId: string
  readonly grant: TerminalGrant
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** `auth_time`: when the first token of this row of refreshed tokens was issued. */
  readonly sessionStartedAt: Date
  /** `cnf` (RFC 7800): the till's own key, which must sign a proof for every refund. */
  readonly key: PublicKey | undefined
}

/** Claims of ours beside the registered ones. */
export const grantClaims = (grant: TerminalGrant, publicKey: Jwk | undefined): JWTPayload => {
  const { terminalId, storeId, operatorId, merchantId, scopes, refundLimit } = grant
  const cnf = publicKey === undefined ? undefined : { jwk: publicKey }
  return { sub: terminalId, storeId, operatorId, merchantId, scope: scopes.join(' '), refundLimit, cnf }
}

const isScope = (name: string): name is Scope => (SCOPES as readonly string[]).includes(name)

const text = (claim: unknown): string => {
  if (typeof claim !== 'string') throw new TypeError('a claim is not a string')
  return claim
}

const date = (claim: unknown): Date => {
  if (typeof claim !== 'number' || !Number.isSafeInteger(claim)) throw new TypeError('a claim is not whole seconds')
  return new Date(claim * 1_000)
}

const optional = <T>(claim: unknown, read: (claim: unknown) => T): T | undefined =>
  claim === undefined ? undefined : read(claim)

const confirmation = (claim: unknown): PublicKey => {
  const { jwk } = claim as { jwk: Jwk }
  const key = readPublicKey(jwk)
  if (key === undefined) throw new TypeError('cnf holds no usable key')
  return key
}

/**
 * Reads the claims of a token whose signature has been verified. Scopes of a later version are passed over.
 *
 * @throws Error of any kind when something is missing or of another type
 */
export const readClaims = (payload: JWTPayload): VerifiedToken => ({
  tokenId: text(payload.jti),
  grant: checkGrant({
    terminalId: text(payload.sub),
    storeId: text(payload.storeId),
    operatorId: optional(payload.operatorId, text),
    merchantId: optional(payload.merchantId, text),
    scopes: text(payload.scope).split(' ').filter(isScope),
    refundLimit: optional(payload.refundLimit, text),
  }),
  issuedAt: date(payload.iat),
  expiresAt: date(payload.exp),
  sessionStartedAt: date(payload.auth_time),
  key: optional(payload.cnf, confirmation),
})
