import { exportJWK, generateKeyPair } from 'jose'
import type { Algorithm, Jwk } from '../keys/jwk.ts'

/** A private key of WebCrypto. */
type PrivateKey = Extract<Awaited<ReturnType<typeof crypto.subtle.generateKey>>, { type: string }>

/** A till's own key. A browser can keep it in IndexedDB as it is. */
export interface TillKey {
  readonly algorithm: Algorithm
  /** Cannot be exported, so that not even the till's own page can give it away. */
  readonly privateKey: PrivateKey
  /** For `enrol`. */
  readonly publicKey: Jwk
}

/**
 * Makes a till's key, in Node.js or a browser (in a secure context).
 *
 * @param algorithm - default `EdDSA`; `ES256` for browsers without Ed25519
 */
export const generateTillKey = async (algorithm: Algorithm = 'EdDSA'): Promise<TillKey> => {
  const { privateKey, publicKey } = await generateKeyPair(algorithm)
  return { algorithm, privateKey, publicKey: await exportJWK(publicKey) }
}
