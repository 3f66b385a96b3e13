import { generateKeyPairSync, type KeyObject } from 'node:crypto'

/** An RSA key pair as PEM text: PKCS#1 private, SPKI public. */
export interface PemPair {
  readonly privateKey: string
  readonly publicKey: string
}

const MODULUS_BITS = 2048

/** A new 2048-bit RSA key pair. */
export const generatePair = (): PemPair => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: MODULUS_BITS })
  return { privateKey: privatePem(privateKey), publicKey: publicPem(publicKey) }
}

/** A private key as PKCS#1 PEM, the form the official SDK takes without further settings. */
export const privatePem = (key: KeyObject): string => String(key.export({ type: 'pkcs1', format: 'pem' }))

/** A public key as SPKI PEM. */
export const publicPem = (key: KeyObject): string => String(key.export({ type: 'spki', format: 'pem' }))
