import type { KeyObject } from 'node:crypto'
import { nodeCrypto } from '../built-ins.ts'
import { F2fError } from '../errors.ts'
import { invalidKey, keyDers } from './key-text.ts'
import type { SignType } from './signature.ts'

export type KeyKind = 'private' | 'public'

const READERS: readonly ((der: Buffer) => KeyObject)[] = [
  (key) => nodeCrypto().createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
  (key) => nodeCrypto().createPrivateKey({ key, format: 'der', type: 'pkcs1' }),
  (key) => nodeCrypto().createPublicKey({ key, format: 'der', type: 'spki' }),
  (key) => nodeCrypto().createPublicKey({ key, format: 'der', type: 'pkcs1' }),
  (key) => new (nodeCrypto().X509Certificate)(key).publicKey,
]

const isMissingPassphrase = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MISSING_PASSPHRASE'

const readDer = (der: Buffer): KeyObject => {
  for (const read of READERS) {
    try {
      return read(der)
    } catch (error) {
      if (isMissingPassphrase(error)) throw invalidKey('it is encrypted; decrypt it first')
    }
  }
  throw invalidKey('its content is neither PKCS#1, PKCS#8, SPKI nor a certificate')
}

const assertRsa = (key: KeyObject): void => {
  if (key.asymmetricKeyType !== 'rsa') throw invalidKey('it is not an RSA key')
}

const pickKind = (keys: readonly KeyObject[], kind: KeyKind | undefined): KeyObject => {
  const key = keys.find(({ type }) => kind === undefined || type === kind)
  if (key !== undefined) return key
  const [wanted, given] = kind === 'private' ? ['private', 'public'] : ['public', 'private']
  throw new F2fError('CONFIG_KEY_KIND', `A ${wanted} key is wanted here, but this is a ${given} key.`, {
    details: { wanted: kind },
  })
}

/**
 * An RSA key from whatever form it was handed over in: PEM (also in one line with literal `\n`, quoted, with CRLF,
 * stray blanks or a byte order mark), bare base64 as the Alipay console shows it, DER bytes, or a KeyObject.
 * PKCS#1 and PKCS#8 private keys; SPKI, PKCS#1 and X.509 certificates for public keys. The content decides, not the
 * PEM label.
 *
 * @param kind - what is wanted; without it, either will do
 * @throws F2fError `CONFIG_KEY_INVALID` when it is no key, no RSA key or encrypted; `CONFIG_KEY_KIND` when it is the
 * other half. The message never holds any of the key.
 */
export const parseKey = (input: string | Uint8Array | KeyObject, kind?: KeyKind): KeyObject => {
  const keys = input instanceof nodeCrypto().KeyObject ? [input] : keyDers(input).map(readDer)
  for (const key of keys) assertRsa(key)
  return pickKind(keys, kind)
}

/** The public half of a private key. */
export const publicKeyOf = (privateKey: KeyObject): KeyObject => nodeCrypto().createPublicKey(privateKey)

/**
 * True when `publicKey` belongs to `privateKey`: the merchant's own public key was given where Alipay's is wanted.
 */
export const isOwnPublicKey = (privateKey: KeyObject, publicKey: KeyObject): boolean =>
  publicKeyOf(privateKey).equals(publicKey)

/** Fewest bits of a key that signs or verifies (protocol §2). */
const FEWEST_BITS: Readonly<Record<SignType, number>> = { RSA2: 2048, RSA: 1024 }

/**
 * @param role - name of the option the key came from, for the message
 * @throws F2fError `CONFIG_KEY_TOO_SHORT` when the key has fewer than 2048 bits, or 1024 with the sign type RSA
 */
export const assertKeyFits = (key: KeyObject, signType: SignType, role: string): void => {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  const minimum = FEWEST_BITS[signType]
  if (bits >= minimum) return
  throw new F2fError('CONFIG_KEY_TOO_SHORT', `${role} has ${bits} bits.`, { details: { role, bits, minimum } })
}
