import { isUtf8 } from 'node:buffer'
import { F2fError } from '../errors.ts'
import { gbkTable, isGb2312 } from './gbk-table.ts'

/** The charsets the gateway speaks (protocol §1.3). */
export type Charset = 'utf-8' | 'gbk' | 'gb2312'

const NAMES: Readonly<Record<string, Charset>> = {
  utf8: 'utf-8',
  gbk: 'gbk',
  gb18030: 'gbk',
  gb2312: 'gb2312',
}

/**
 * The charset a name stands for, whatever its case and punctuation: `UTF-8`, `utf8`, `GBK`, `gb_2312`; `GB18030`
 * counts as `gbk`.
 *
 * @returns undefined for any other name
 */
export const parseCharset = (name: string): Charset | undefined => {
  const key = name.trim().toLowerCase().replace(/[-_]/g, '')
  return Object.hasOwn(NAMES, key) ? NAMES[key] : undefined
}

const LONE_SURROGATE = /\p{Surrogate}/u

/** True when the text has no half of a surrogate pair, which no encoding can carry. */
export const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text)

const unencodable = (codePoint: number, charset: Charset): F2fError => {
  const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
  return new F2fError('REQUEST_UNENCODABLE', `The character ${name} does not exist in ${charset}.`, {
    details: { codePoint: name, charset },
  })
}

/** @throws F2fError `REQUEST_UNENCODABLE`, naming the code point, when the text has half of a surrogate pair */
export const assertWellFormed = (text: string): void => {
  const lone = LONE_SURROGATE.exec(text)
  if (lone !== null) throw unencodable(text.charCodeAt(lone.index), 'utf-8')
}

const encodeUtf8 = (text: string): Uint8Array => {
  assertWellFormed(text)
  return Buffer.from(text, 'utf8')
}

const encodeGbk = (text: string, charset: 'gbk' | 'gb2312'): Uint8Array => {
  const table = gbkTable()
  const bytes = Buffer.allocUnsafe(text.length * 2)
  let length = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) {
      bytes[length++] = unit
      continue
    }
    const code = table[unit] ?? 0
    if (code === 0 || (charset === 'gb2312' && !isGb2312(code))) {
      throw unencodable(text.codePointAt(index) ?? unit, charset)
    }
    bytes[length++] = code >> 8
    bytes[length++] = code & 0xff
  }
  return bytes.subarray(0, length)
}

/**
 * Text as the gateway receives and signs it.
 *
 * `gbk` is GBK proper (no four-byte GB18030 forms, no private characters) and `gb2312` is its GB2312 part, so that
 * whatever is sent can be read by a gateway that takes the declared charset literally.
 *
 * @throws F2fError `REQUEST_UNENCODABLE`, naming the code point, for a character the charset lacks or a lone
 * surrogate; nothing is ever replaced by `?`
 */
export const encodeText = (text: string, charset: Charset): Uint8Array =>
  charset === 'utf-8' ? encodeUtf8(text) : encodeGbk(text, charset)

/** The same memory as a Buffer. */
export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const newGb18030Decoder = () => new TextDecoder('gb18030', { fatal: true, ignoreBOM: true })

let gb18030: ReturnType<typeof newGb18030Decoder> | undefined

const decodeGb18030 = (bytes: Uint8Array, charset: Charset): string => {
  gb18030 ??= newGb18030Decoder()
  try {
    return gb18030.decode(bytes)
  } catch {
    throw new RangeError(`The bytes are not ${charset} text.`)
  }
}

/**
 * Received bytes as text; `gbk` and `gb2312` are read by their superset GB18030. A byte order mark is kept.
 *
 * @throws RangeError when the bytes are not text in that charset; callers turn it into their own code
 */
export const decodeText = (bytes: Uint8Array, charset: Charset): string => {
  if (charset !== 'utf-8') return decodeGb18030(bytes, charset)
  if (!isUtf8(bytes)) throw new RangeError('The bytes are not utf-8 text.')
  return asBuffer(bytes).toString('utf8')
}
