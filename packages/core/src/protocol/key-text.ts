import { F2fError } from '../errors.ts'
import { decodeBase64 } from './base64.ts'
import { asBuffer } from './charset.ts'
import { isDer } from './der.ts'

/** What is wrong with a key; never any of the key itself. */
export const invalidKey = (rule: string): F2fError =>
  new F2fError('CONFIG_KEY_INVALID', `The key cannot be used: ${rule}.`, { details: { rule } })

/** What copying from a page leaves in a text and nobody sees: zero-width blanks, byte order marks. */
const INVISIBLE = /\p{Cf}+/gu

/** Undoes what configuration files and copying do to a key: quotes, literal `\n`, CRLF, blanks, invisible characters. */
const tidy = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .replace(/\\r|\\n|\r/g, '\n')
    .replace(/^[\s'"`]+|[\s'"`,;]+$/g, '')

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g

const base64Body = (text: string): Buffer => {
  const der = decodeBase64(text.replace(/\s+/g, ''))
  if (der === undefined) throw invalidKey('it is neither PEM nor base64')
  return der
}

const isEncrypted = (label: string, body: string): boolean => label.includes('ENCRYPTED') || body.includes('ENCRYPTED')

const pemBlocks = (text: string): Buffer[] => {
  const blocks = [...text.matchAll(PEM_BLOCK)]
  if (blocks.length === 0) throw invalidKey('its BEGIN line has no matching END line')
  return blocks.map(([, label = '', body = '']) => {
    if (isEncrypted(label, body)) throw invalidKey('it is encrypted; decrypt it first')
    return base64Body(body)
  })
}

/**
 * The DER structures inside a key as text or bytes: one for bare base64 or DER, one per block for PEM.
 *
 * @throws F2fError `CONFIG_KEY_INVALID`
 */
export const keyDers = (input: string | Uint8Array): readonly Buffer[] => {
  if (typeof input !== 'string' && !ArrayBuffer.isView(input)) throw invalidKey('it is neither text nor bytes')
  if (typeof input !== 'string' && isDer(input)) return [asBuffer(input)]
  const text = tidy(typeof input === 'string' ? input : asBuffer(input).toString('utf8'))
  if (text === '') throw invalidKey('it is empty')
  return text.includes('-----BEGIN') ? pemBlocks(text) : [base64Body(text)]
}
