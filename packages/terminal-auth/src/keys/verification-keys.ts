import { F2fError } from '@f2f/core'
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWK, type JWTVerifyGetKey } from 'jose'
import { boundedFetch, type FetchKeys } from './bounded-fetch.ts'
import type { Jwk, JwkSet } from './jwk.ts'
import { readPublicKey } from './public-key.ts'

/** How a key set behind a URL is fetched. All times in ms. */
export interface RemoteKeysOptions {
  /** For one fetch; default 5,000. */
  readonly timeout?: number | undefined
  /** After a fetch, how long an unknown `kid` does not cause another; default 30,000. */
  readonly cooldown?: number | undefined
  /** How long a fetched set is used; default 600,000. A key taken out of the set is trusted at most that long. */
  readonly cacheFor?: number | undefined
  /** Default the global `fetch`. */
  readonly fetch?: FetchKeys | undefined
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

const misconfigured = (what: string): F2fError => new F2fError('CONFIG_INVALID', what, { details: { field: 'jwks' } })

const pinned = (jwk: Jwk): JWK & { readonly kid: string } => {
  const { kid } = jwk
  const key = readPublicKey(jwk)
  if (typeof kid !== 'string' || kid === '') throw misconfigured('A key of the set has no kid.')
  if (key === undefined) throw misconfigured('A key of the set is no public Ed25519 (EdDSA) or P-256 (ES256) key.')
  return { ...(key.jwk as JWK), kid, alg: key.algorithm, use: 'sig' }
}

const localKeys = ({ keys }: JwkSet): JWTVerifyGetKey => {
  if (!Array.isArray(keys) || keys.length === 0) throw misconfigured('The key set is empty.')
  const known = keys.map(pinned)
  if (new Set(known.map(({ kid }) => kid)).size < known.length) throw misconfigured('Two keys have the same kid.')
  return createLocalJWKSet({ keys: known })
}

const globalFetch: FetchKeys = (url, init) => fetch(url, init)

const remoteKeys = (url: URL, options: RemoteKeysOptions): JWTVerifyGetKey => {
  const { timeout, cooldown, cacheFor, fetch = globalFetch } = options
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname)))
    throw misconfigured('The address of the key set is not https.')
  return createRemoteJWKSet(url, {
    timeoutDuration: timeout ?? 5_000,
    cooldownDuration: cooldown ?? 30_000,
    cacheMaxAge: cacheFor ?? 600_000,
    [customFetch]: boundedFetch(fetch),
  })
}

/**
 * The keys that tokens are verified with. A token must name its key: without a `kid` none fits.
 *
 * @throws F2fError `CONFIG_INVALID` at once; `AUTH_UNAVAILABLE` later, when the set cannot be fetched
 */
export const verificationKeys = (jwks: JwkSet | URL, remote: RemoteKeysOptions = {}): JWTVerifyGetKey => {
  const find = jwks instanceof URL ? remoteKeys(jwks, remote) : localKeys(jwks)
  return async (header, token) => {
    if (typeof header.kid !== 'string' || header.kid === '') throw new errors.JWKSNoMatchingKey()
    try {
      return await find(header, token)
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) throw error
      throw new F2fError('AUTH_UNAVAILABLE', 'The keys of the token issuer cannot be read.', { cause: error })
    }
  }
}
