import { randomBytes } from 'node:crypto'
import { type Clock, F2fError, systemClock } from '@f2f/core'
import { SignJWT } from 'jose'
import type { Jwk, JwkSet } from './keys/jwk.ts'
import { requirePublicKey } from './keys/public-key.ts'
import { loadSigningKeys, type SigningKey } from './keys/signing-key.ts'
import { verificationKeys } from './keys/verification-keys.ts'
import { duration, name, seconds } from './options.ts'
import type { Revocation } from './ports/revocation.ts'
import { grantClaims, TOKEN_TYPE } from './token/claims.ts'
import { checkGrant, type TerminalGrant } from './token/grant.ts'
import { tokenVerifier } from './token/token-verifier.ts'
import { notValid } from './token/verify-jwt.ts'

export interface TerminalIssuerOptions {
  /**
   * Private keys, Ed25519 or P-256, each with its `kid`. The first signs; all are in the set. To rotate: add the new
   * one at the end, wait until every verifier has the set, move it to the front, and take the old one out when its
   * last token has ended.
   */
  readonly keys: readonly SigningKey[]
  /** `iss` of every token, such as `https://pay.example.com`. */
  readonly issuer: string
  /** `aud` of every token: the back end that takes them. */
  readonly audience: string
  /** How long a token is valid, ms; default 600,000. */
  readonly ttl?: number | undefined
  /** How long {@link TerminalIssuer.refresh} can go on from the first token, ms; default 12 hours. */
  readonly sessionTtl?: number | undefined
  /** Asked before a token is refreshed. Give the one that `terminalAuth` has. */
  readonly revocation?: Revocation | undefined
  readonly clock?: Clock | undefined
  /** Random bytes; default those of `node:crypto`. */
  readonly random?: ((size: number) => Uint8Array) | undefined
}

/** A token and what is known of it without reading it. */
export interface IssuedToken {
  /** The signed JWT. Whoever has it is the till until it ends: never log it. */
  readonly token: string
  /** `jti`, for the revocation list. */
  readonly tokenId: string
  readonly expiresAt: Date
}

export interface IssueOptions {
  /** The till's own public key: refunds by the token then need a proof signed with it. */
  readonly publicKey?: Jwk | undefined
}

export interface TerminalIssuer {
  /** `iss` of every token. */
  readonly issuer: string
  /**
   * Signs a token.
   *
   * @throws F2fError `REQUEST_INVALID`, naming the field
   */
  issue(grant: TerminalGrant, options?: IssueOptions): Promise<IssuedToken>
  /**
   * A new token for one that is still valid, with the same grant. For tokens without a till's own key, and only where
   * the caller is known otherwise: whoever holds such a token could keep it alive with this. Enrolled tills use
   * `enrolment.refresh`.
   *
   * @throws F2fError `AUTH_INVALID` (also when the session is over), `AUTH_FORBIDDEN` for a token with a till's key
   */
  refresh(token: string): Promise<IssuedToken>
  /** The public keys, to be served as JSON or given to `terminalAuth`. */
  jwks(): JwkSet
}

/**
 * Issues short-lived tokens that say which till is calling and what it may do.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const terminalIssuer = (options: TerminalIssuerOptions): TerminalIssuer => {
  const { revocation, clock = systemClock, random = randomBytes } = options
  const keys = loadSigningKeys(options.keys)
  const [{ kid, algorithm, privateKey }] = keys
  const issuer = name('issuer', options.issuer)
  const audience = name('audience', options.audience)
  const ttl = duration('ttl', options.ttl ?? 600_000, 1_000)
  const sessionTtl = duration('sessionTtl', options.sessionTtl ?? 43_200_000, 0)
  const jwks = { keys: keys.map(({ publicJwk }) => publicJwk) }
  const verify = tokenVerifier({ keys: verificationKeys(jwks), issuer, audience, revocation, clock })

  const sign = async (grant: TerminalGrant, publicKey: Jwk | undefined, startedAt: number): Promise<IssuedToken> => {
    const now = clock.now()
    const tokenId = Buffer.from(random(16)).toString('base64url')
    const exp = seconds(now + ttl)
    const token = await new SignJWT({ ...grantClaims(checkGrant(grant), publicKey), auth_time: seconds(startedAt) })
      .setProtectedHeader({ typ: TOKEN_TYPE, alg: algorithm, kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(seconds(now))
      .setNotBefore(seconds(now))
      .setExpirationTime(exp)
      .setJti(tokenId)
      .sign(privateKey)
    return { token, tokenId, expiresAt: new Date(exp * 1_000) }
  }

  return {
    issuer,
    jwks: () => structuredClone(jwks),
    async issue(grant, { publicKey } = {}) {
      const key = publicKey === undefined ? undefined : requirePublicKey(publicKey)
      return sign(grant, key?.jwk, clock.now())
    },
    async refresh(token) {
      const { grant, key, sessionStartedAt } = await verify(token)
      if (key !== undefined) throw new F2fError('AUTH_FORBIDDEN', "A token with a till's key needs its proof.")
      if (clock.now() >= sessionStartedAt.getTime() + sessionTtl) throw notValid('token')
      return sign(grant, undefined, sessionStartedAt.getTime())
    },
  }
}
