import type { KeyObject } from 'node:crypto'
import { nodeCrypto } from '../built-ins.ts'
import { F2fError } from '../errors.ts'
import { decodeBase64 } from './base64.ts'
import { type Charset, decodeText, encodeText } from './charset.ts'

const ZERO_IV = Buffer.alloc(16)
const KEY_BYTES: readonly number[] = [16, 24, 32]

/**
 * The AES key of the Alipay console (接口内容加密), held so that it cannot be printed.
 *
 * @param encryptKey - base64 of 16 bytes; 24 and 32 bytes are taken too, undocumented but working (protocol §5)
 * @throws F2fError `CONFIG_ENCRYPT_KEY_INVALID`
 */
export const parseEncryptKey = (encryptKey: string): KeyObject => {
  const bytes = typeof encryptKey === 'string' ? decodeBase64(encryptKey.trim()) : undefined
  if (bytes === undefined || !KEY_BYTES.includes(bytes.length)) {
    throw new F2fError('CONFIG_ENCRYPT_KEY_INVALID', 'The AES key is not base64 of 16, 24 or 32 bytes.')
  }
  return nodeCrypto().createSecretKey(bytes)
}

const keyOf = (encryptKey: string | KeyObject): KeyObject =>
  typeof encryptKey === 'object' && encryptKey !== null ? encryptKey : parseEncryptKey(encryptKey)

const algorithmOf = (key: KeyObject): string => `aes-${(key.symmetricKeySize ?? 0) * 8}-cbc`

/**
 * `biz_content` encrypted as the gateway wants it: AES-CBC with a zero IV and PKCS#7 padding (protocol §5).
 *
 * @param encryptKey - base64, or the result of `parseEncryptKey`
 * @returns base64
 * @throws F2fError `CONFIG_ENCRYPT_KEY_INVALID`, `REQUEST_UNENCODABLE`
 */
export const encryptBizContent = (
  plaintext: string,
  encryptKey: string | KeyObject,
  charset: Charset = 'utf-8',
): string => {
  const key = keyOf(encryptKey)
  const cipher = nodeCrypto().createCipheriv(algorithmOf(key), key, ZERO_IV)
  return Buffer.concat([cipher.update(encodeText(plaintext, charset)), cipher.final()]).toString('base64')
}

const decrypt = (ciphertext: string, key: KeyObject): Buffer => {
  const bytes = decodeBase64(ciphertext)
  if (bytes === undefined) throw new RangeError('The ciphertext is not base64.')
  const decipher = nodeCrypto().createDecipheriv(algorithmOf(key), key, ZERO_IV)
  return Buffer.concat([decipher.update(bytes), decipher.final()])
}

/**
 * Decrypts what {@link encryptBizContent} or the gateway encrypted. CBC proves nothing about who wrote it: verify the
 * signature first.
 *
 * @param ciphertext - base64
 * @throws F2fError `CONFIG_ENCRYPT_KEY_INVALID`; `REPLY_UNDECRYPTABLE` when it is not base64, not made with this key,
 * cut short, or not text in `charset`
 */
export const decryptBizContent = (
  ciphertext: string,
  encryptKey: string | KeyObject,
  charset: Charset = 'utf-8',
): string => {
  const key = keyOf(encryptKey)
  try {
    return decodeText(decrypt(ciphertext, key), charset)
  } catch (cause) {
    throw new F2fError('REPLY_UNDECRYPTABLE', 'The encrypted content cannot be decrypted.', { cause })
  }
}
