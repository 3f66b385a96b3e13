import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { F2fError } from '@f2f/core'
import type { Algorithm, Jwk } from './jwk.ts'

/** A public key with the one algorithm it may be used for. */
export interface PublicKey {
  readonly algorithm: Algorithm
  readonly key: KeyObject
  /** `kty`, `crv`, `x`, `y` and nothing else. */
  readonly jwk: Jwk
}

/** The algorithm a key is made for; a key is never used for another. */
export const algorithmOf = (key: KeyObject): Algorithm | undefined => {
  if (key.asymmetricKeyType === 'ed25519') return 'EdDSA'
  return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ES256' : undefined
}

/** Reads a public key; undefined for a private key, another kind of key, a point off its curve or a wrong `alg`. */
export const readPublicKey = (input: Jwk): PublicKey | undefined => {
  try {
    const { kty, crv, x, y, d, alg } = input
    const key = createPublicKey({ key: { kty, crv, x, y } as JsonWebKey, format: 'jwk' })
    const algorithm = algorithmOf(key)
    if (d !== undefined || algorithm === undefined || (alg ?? algorithm) !== algorithm) return undefined
    return { algorithm, key, jwk: key.export({ format: 'jwk' }) }
  } catch {
    return undefined
  }
}

/**
 * A till's public key.
 *
 * @throws F2fError `REQUEST_INVALID`
 */
export const requirePublicKey = (jwk: Jwk): PublicKey => {
  const key = readPublicKey(jwk)
  if (key !== undefined) return key
  const rule = 'must be a public JWK, Ed25519 or P-256'
  throw new F2fError('REQUEST_INVALID', `publicKey ${rule}.`, { details: { field: 'publicKey', rule } })
}
