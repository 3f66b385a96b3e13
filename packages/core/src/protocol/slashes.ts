import type { Charset } from './charset.ts'
import { isWidePair } from './wide.ts'

const BACKSLASH = 0x5c
const SLASH = 0x2f

/**
 * JSON bytes with every escape `\/` written as `/`, which means the same; undefined when there is none. A backslash
 * that is itself escaped, or is the second byte of a GBK character, is left alone.
 */
export const unescapeSlashes = (bytes: Uint8Array, charset: Charset): Uint8Array | undefined => {
  const wide = charset !== 'utf-8'
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    const next = bytes[at + 1]
    if (byte === BACKSLASH && next === SLASH) continue
    out[length++] = byte
    if (next !== undefined && (byte === BACKSLASH || (wide && isWidePair(byte, next)))) {
      out[length++] = next
      at += 1
    }
  }
  return length === bytes.length ? undefined : out.subarray(0, length)
}
