import { generateKeyPairSync } from 'node:crypto'

/** A fresh 2048-bit pair: private key as PKCS#8 PEM, public key as SPKI PEM. */
const newKeyPair = (): { readonly privateKey: string; readonly publicKey: string } =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

/** Pretends to be the merchant and Alipay of one bench run. */
export const merchant = newKeyPair()
export const alipayPair = newKeyPair()
export const APP_ID = '2021000000000000'
