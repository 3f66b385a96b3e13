import { assertWellFormed, type Charset, encodeText } from './charset.ts'

const HEX = Buffer.from('0123456789ABCDEF')
const PERCENT = 0x25
const PLUS = 0x2b
const SPACE = 0x20

/** Bytes that stand for themselves in application/x-www-form-urlencoded. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => (/[\w*.-]/.test(String.fromCharCode(byte)) ? 1 : 0))

const encodeComponent = (text: string, charset: Charset): string => {
  const bytes = encodeText(text, charset)
  const out = Buffer.allocUnsafe(bytes.length * 3)
  let length = 0
  for (const byte of bytes) {
    if (PLAIN[byte] === 1) out[length++] = byte
    else if (byte === SPACE) out[length++] = PLUS
    else {
      out[length++] = PERCENT
      out[length++] = HEX[byte >> 4] as number
      out[length++] = HEX[byte & 15] as number
    }
  }
  return out.toString('latin1', 0, length)
}

type Pair = readonly [name: string, value: string]

/** In utf-8 the platform encodes exactly so, and faster. */
const encodeUtf8Form = (params: Iterable<Pair>): string => {
  const form = new URLSearchParams()
  for (const [name, value] of params) {
    assertWellFormed(name)
    assertWellFormed(value)
    form.append(name, value)
  }
  return form.toString()
}

/**
 * `application/x-www-form-urlencoded` text in `charset`, a space as `+` (protocol §1.2), in the order given.
 *
 * @throws F2fError `REQUEST_UNENCODABLE` for a character the charset lacks
 */
export const encodeForm = (params: Iterable<Pair>, charset: Charset): string =>
  charset === 'utf-8'
    ? encodeUtf8Form(params)
    : Array.from(params, (pair) => pair.map((text) => encodeComponent(text, charset)).join('=')).join('&')
