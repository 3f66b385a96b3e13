import { F2fError } from '../errors.ts'

/** One DER value: its tag, its whole encoding, and what the encoding holds. */
export interface DerValue {
  readonly tag: number
  readonly encoding: Uint8Array
  readonly content: Uint8Array
}

/** The tags that certificates use. */
export const DER = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  OCTET_STRING: 0x04,
  OID: 0x06,
  SEQUENCE: 0x30,
  SET: 0x31,
  VERSION: 0xa0,
  EXTENSIONS: 0xa3,
} as const

/** The coded error for a certificate that cannot be read. */
export const badCertificate = (what: string, cause?: unknown): F2fError =>
  new F2fError('CONFIG_CERTIFICATE_INVALID', what, { cause })

const broken = (rule: string): F2fError => badCertificate(`The certificate is not valid DER: ${rule}.`)

const MULTI_BYTE_TAG = 0x1f
const LONG_LENGTH = 0x80

/** True for the bytes of a key or certificate in DER: a sequence of more than 127 bytes. No text begins so. */
export const isDer = (bytes: Uint8Array): boolean => bytes[0] === DER.SEQUENCE && (bytes[1] ?? 0) > LONG_LENGTH

const LONGEST_LENGTH_BYTES = 4

interface Length {
  readonly value: number
  /** Where the content starts. */
  readonly end: number
}

const readLength = (bytes: Uint8Array, at: number): Length => {
  const first = bytes[at]
  if (first === undefined) throw broken('it ends too early')
  if (first < LONG_LENGTH) return { value: first, end: at + 1 }
  const count = first - LONG_LENGTH
  const end = at + 1 + count
  if (count === 0 || count > LONGEST_LENGTH_BYTES || end > bytes.length) throw broken('a length is not definite')
  const value = bytes.subarray(at + 1, end).reduce((sum, byte) => sum * 256 + byte, 0)
  if (bytes[at + 1] === 0 || value < LONG_LENGTH) throw broken('a length is longer than needed')
  return { value, end }
}

const readAt = (bytes: Uint8Array, at: number): DerValue => {
  const tag = bytes[at]
  if (tag === undefined) throw broken('it ends too early')
  if ((tag & MULTI_BYTE_TAG) === MULTI_BYTE_TAG) throw broken('a tag is longer than one byte')
  const length = readLength(bytes, at + 1)
  const end = length.end + length.value
  if (end > bytes.length) throw broken('a value runs past the end')
  return { tag, encoding: bytes.subarray(at, end), content: bytes.subarray(length.end, end) }
}

const readAll = (bytes: Uint8Array): DerValue[] => {
  const values: DerValue[] = []
  for (let at = 0; at < bytes.length; ) {
    const value = readAt(bytes, at)
    values.push(value)
    at += value.encoding.length
  }
  return values
}

/**
 * Reads bytes that are exactly one DER value: definite and shortest lengths, nothing after the end.
 *
 * @throws F2fError `CONFIG_CERTIFICATE_INVALID`
 */
export const readDer = (bytes: Uint8Array): DerValue => {
  const value = readAt(bytes, 0)
  if (value.encoding.length !== bytes.length) throw broken('bytes follow its end')
  return value
}

/** The values inside a SEQUENCE, SET or tagged value. */
export const derChildren = (value: DerValue | undefined, tag: number): readonly DerValue[] =>
  readAll(derContent(value, tag))

/** The content of a value that must have this tag. */
export const derContent = (value: DerValue | undefined, tag: number): Uint8Array => {
  if (value?.tag !== tag) throw broken('a value is missing or of another type')
  return value.content
}

/** An INTEGER read as an unsigned number, as X.509 serial numbers are meant. */
export const derUnsigned = (value: DerValue | undefined): bigint => {
  const content = derContent(value, DER.INTEGER)
  if (content.length === 0) throw broken('a number is empty')
  return BigInt(`0x${Buffer.from(content).toString('hex')}`)
}

/** An OBJECT IDENTIFIER in dotted form. */
export const derOid = (value: DerValue | undefined): string => {
  const arcs: bigint[] = []
  let arc = 0n
  const content = derContent(value, DER.OID)
  for (const byte of content) {
    arc = arc * 128n + BigInt(byte & 0x7f)
    if (byte >= 0x80) continue
    arcs.push(arc)
    arc = 0n
  }
  const [first, ...rest] = arcs
  if (first === undefined || (content.at(-1) ?? 0) >= 0x80) throw broken('an object identifier is cut off')
  const root = first < 80n ? first / 40n : 2n
  return [root, first - root * 40n, ...rest].join('.')
}
