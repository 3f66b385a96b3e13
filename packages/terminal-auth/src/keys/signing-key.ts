import { createPrivateKey, createPublicKey, type JsonWebKey, KeyObject } from 'node:crypto'
import { F2fError } from '@f2f/core'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { Algorithm, Jwk } from './jwk.ts'
import { algorithmOf } from './public-key.ts'

/** A private key: as a JWK with its `kid`, or as a KeyObject or PKCS#8 PEM beside its `kid`. */
export type SigningKey = Jwk | { readonly kid: string; readonly privateKey: KeyObject | string }

/** A signing key that has been read: the private part lives in a KeyObject only. */
export interface LoadedKey {
  readonly kid: string
  readonly algorithm: Algorithm
  readonly privateKey: KeyObject
  readonly publicJwk: Jwk
}

const unusable = (what: string): F2fError => new F2fError('CONFIG_INVALID', what, { details: { field: 'keys' } })

const readPrivateKey = (input: SigningKey): KeyObject => {
  if (!('privateKey' in input)) return createPrivateKey({ key: input as JsonWebKey, format: 'jwk' })
  return input.privateKey instanceof KeyObject ? input.privateKey : createPrivateKey(input.privateKey)
}

/** OpenSSL's complaint is left out: it may quote what it could not read. */
const tryPrivateKey = (input: SigningKey): KeyObject => {
  try {
    return readPrivateKey(input)
  } catch {
    throw unusable('A signing key is no private JWK, KeyObject or PKCS#8 PEM.')
  }
}

const load = (input: SigningKey): LoadedKey => {
  const { kid } = input
  if (typeof kid !== 'string' || kid === '') throw unusable('A signing key has no kid.')
  const privateKey = tryPrivateKey(input)
  const algorithm = privateKey.type === 'private' ? algorithmOf(privateKey) : undefined
  const claimed = 'alg' in input ? input.alg : undefined
  if (algorithm === undefined || (claimed ?? algorithm) !== algorithm)
    throw unusable('A signing key is neither Ed25519 (EdDSA) nor P-256 (ES256).')
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' })
  return { kid, algorithm, privateKey, publicJwk: { ...jwk, kid, alg: algorithm, use: 'sig' } }
}

/**
 * Reads the issuer's keys; the first one signs, all are published.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const loadSigningKeys = (inputs: readonly SigningKey[]): readonly [LoadedKey, ...LoadedKey[]] => {
  const [first, ...rest] = inputs.map(load)
  if (first === undefined) throw unusable('An issuer needs at least one signing key.')
  if (new Set(inputs.map(({ kid }) => kid)).size < inputs.length) throw unusable('Two signing keys have the same kid.')
  return [first, ...rest]
}

/**
 * Makes a new private signing key, to be kept as a secret. Its `kid` is its thumbprint (RFC 7638).
 *
 * @param algorithm - default `EdDSA`
 */
export const generateSigningKey = async (algorithm: Algorithm = 'EdDSA'): Promise<Jwk> => {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const jwk = await exportJWK(privateKey)
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: algorithm, use: 'sig' }
}
