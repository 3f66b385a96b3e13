import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { F2fError } from '@f2f/core'

const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** What is in front of what was written with a key, and without. */
const SEALED = 'gcm:'
const OPEN = 'raw:'

/** 32 bytes, as they are or in base64. */
export type EncryptionKey = string | Uint8Array

/** Makes text unreadable in the database, and notices when it was changed or put elsewhere. */
export interface Seal {
  /** @param place - what the text belongs to; it can only be opened there */
  close(text: string, place: string): string
  /** @throws F2fError `STORE_UNDECRYPTABLE` */
  open(stored: string, place: string): string
}

const undecryptable = (cause?: unknown): F2fError =>
  new F2fError('STORE_UNDECRYPTABLE', "A merchant's tokens in the database cannot be read with the given keys.", {
    cause,
  })

const readKey = (given: EncryptionKey): KeyObject => {
  const key = typeof given === 'string' && /^[A-Za-z\d+/]{43}=$/.test(given) ? Buffer.from(given, 'base64') : given
  if (key instanceof Uint8Array && key.byteLength === 32) return createSecretKey(key)
  const rule = 'must be 32 bytes, or 32 bytes in base64'
  throw new F2fError('CONFIG_INVALID', `encryptionKey ${rule}.`, { details: { field: 'encryptionKey', rule } })
}

const encrypt = (key: KeyObject, text: string, place: string): string => {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(place))
  const sealed = [cipher.update(text, 'utf8'), cipher.final()]
  return SEALED + Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64url')
}

const decrypt = (key: KeyObject, stored: Buffer, place: string): string => {
  const iv = stored.subarray(0, IV_BYTES)
  const tag = stored.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(place)).setAuthTag(tag)
  return decipher.update(stored.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
}

const plain: Seal = {
  close: (text) => OPEN + text,
  open(stored) {
    if (!stored.startsWith(OPEN)) throw undecryptable()
    return stored.slice(OPEN.length)
  },
}

/**
 * A seal with AES-256-GCM. The first key closes, each of them opens; without keys text is stored as it is. With keys
 * nothing is taken that was stored without: whoever can write to the database must not put a token there.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const sealWith = (given: readonly EncryptionKey[]): Seal => {
  const keys = given.map(readKey)
  const [first] = keys
  if (first === undefined) return plain
  return {
    close: (text, place) => encrypt(first, text, place),
    open(stored, place) {
      if (!stored.startsWith(SEALED)) throw undecryptable()
      const bytes = Buffer.from(stored.slice(SEALED.length), 'base64url')
      let cause: unknown
      for (const key of keys) {
        try {
          return decrypt(key, bytes, place)
        } catch (error) {
          cause = error
        }
      }
      throw undecryptable(cause)
    },
  }
}
