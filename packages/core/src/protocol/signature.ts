import type { KeyObject } from 'node:crypto'
import { nodeCrypto } from '../built-ins.ts'
import { F2fError } from '../errors.ts'
import { decodeBase64 } from './base64.ts'
import { type Charset, encodeText } from './charset.ts'
import { createCryptoPool } from './crypto-pool.ts'
import { parseKey } from './keys.ts'

/** `RSA2` is RSASSA-PKCS1-v1_5 with SHA-256, `RSA` the same with SHA-1 (protocol §2). */
export type SignType = 'RSA2' | 'RSA'

export interface SignatureOptions {
  /** Default `RSA2`. */
  readonly signType?: SignType | undefined
  /** How a text is turned into the bytes that are signed. Default `utf-8`. */
  readonly charset?: Charset | undefined
}

/** Makes signatures without showing the key: a KMS, an HSM, or {@link keySigner}. */
export interface Signer {
  /** @returns the signature in standard base64, one line */
  sign(text: Uint8Array, signType: SignType): Promise<string>
}

/** A signature of 2048 bits takes some 0.4 ms: with one in hand and three waiting, a thread is busy through a long turn. */
const inSigningPool = createCryptoPool(4)
/** To verify one takes a twentieth of that. */
const inVerifyingPool = createCryptoPool(32)

const digestOf = (signType: SignType): string => {
  if (signType === 'RSA2') return 'sha256'
  if (signType === 'RSA') return 'sha1'
  throw new F2fError('CONFIG_INVALID', 'The sign type is neither RSA2 nor RSA.', { details: { field: 'signType' } })
}

const textBytes = (text: string | Uint8Array, charset: Charset = 'utf-8'): Uint8Array =>
  typeof text === 'string' ? encodeText(text, charset) : text

/**
 * Signs with a private key on node's thread pool.
 *
 * @returns the signature in standard base64, one line
 * @throws F2fError `CONFIG_KEY_INVALID`, `CONFIG_KEY_KIND`, `REQUEST_UNENCODABLE`, `REQUEST_SIGN_FAILED`
 */
export const sign = async (
  text: string | Uint8Array,
  privateKey: KeyObject | string,
  { signType = 'RSA2', charset }: SignatureOptions = {},
): Promise<string> => {
  const digest = digestOf(signType)
  const key = parseKey(privateKey, 'private')
  const bytes = textBytes(text, charset)
  try {
    const signature = await inSigningPool<Buffer>((done) => nodeCrypto().sign(digest, bytes, key, done))
    return signature.toString('base64')
  } catch (cause) {
    throw new F2fError('REQUEST_SIGN_FAILED', 'The private key could not sign.', { cause })
  }
}

const verifyBytes = async (
  digest: string,
  text: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
): Promise<boolean> => {
  try {
    return await inVerifyingPool<boolean>((done) => nodeCrypto().verify(digest, text, key, signature, done))
  } catch {
    return false
  }
}

/**
 * Verifies with a public key on node's thread pool.
 *
 * @returns false also when `signature` is not clean standard base64
 * @throws F2fError `CONFIG_KEY_INVALID`, `CONFIG_KEY_KIND`, `REQUEST_UNENCODABLE`
 */
export const verify = async (
  text: string | Uint8Array,
  signature: string,
  publicKey: KeyObject | string,
  { signType = 'RSA2', charset }: SignatureOptions = {},
): Promise<boolean> => {
  const digest = digestOf(signType)
  const key = parseKey(publicKey, 'public')
  const bytes = textBytes(text, charset)
  const given = decodeBase64(signature)
  return given !== undefined && verifyBytes(digest, bytes, key, given)
}

/** True when any of the keys verifies the signature. */
export const verifyAny = async (
  text: Uint8Array,
  signature: string,
  publicKeys: readonly KeyObject[],
  signType: SignType,
): Promise<boolean> => {
  const digest = digestOf(signType)
  const given = decodeBase64(signature)
  if (given === undefined) return false
  for (const key of publicKeys) {
    if (await verifyBytes(digest, text, parseKey(key, 'public'), given)) return true
  }
  return false
}

/**
 * A {@link Signer} on a key held in this process, parsed once.
 *
 * @throws F2fError `CONFIG_KEY_INVALID`, `CONFIG_KEY_KIND`
 */
export const keySigner = (privateKey: KeyObject | string | Uint8Array): Signer => {
  const key = parseKey(privateKey, 'private')
  return { sign: (text, signType) => sign(text, key, { signType }) }
}
