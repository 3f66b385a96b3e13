import { errors, type JWTVerifyGetKey } from 'jose'
import type { PublicKey } from './public-key.ts'

/** Exactly one key, for exactly its own algorithm. */
export const pinnedKey =
  ({ algorithm, key }: PublicKey): JWTVerifyGetKey =>
  ({ alg }) => {
    if (alg !== algorithm) throw new errors.JWKSNoMatchingKey()
    return key
  }
