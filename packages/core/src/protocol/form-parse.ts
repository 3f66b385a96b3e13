import { F2fError } from '../errors.ts'
import { type Charset, decodeText, isWellFormed, parseCharset } from './charset.ts'

/** One member of a form, decoded once. */
export interface FormMember {
  readonly name: string
  readonly value: string
  /** `name=value` is `bytes[start]` up to, not including, `bytes[end]` of its {@link ParsedForm}. */
  readonly start: number
  readonly end: number
}

export interface ParsedForm {
  /** The charset the members were read in. */
  readonly charset: Charset
  /** In the order they were sent. */
  readonly members: readonly FormMember[]
  /** The form after percent-decoding: the bytes the sender had in mind. */
  readonly bytes: Uint8Array
}

export interface FormOptions {
  /** Read in this charset, whatever the form says of itself. */
  readonly charset?: Charset | undefined
  /** Says what a form without a `charset` member is read in. Default `utf-8`. */
  readonly fallback?: (() => Charset | undefined) | undefined
  /** Longest form taken, in bytes (characters, if it is given as text). Default 262,144. */
  readonly maxBytes?: number | undefined
  /** Most members taken. Default 256. */
  readonly maxMembers?: number | undefined
}

const AMPERSAND = 0x26
const EQUALS = 0x3d
const PERCENT = 0x25
const PLUS = 0x2b
const SPACE = 0x20

/** The value of each hexadecimal digit by its character code, -1 for every other byte. */
const HEX = Int8Array.from({ length: 256 }, (_, code) =>
  '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase()),
)

const malformed = (rule: string): F2fError =>
  new F2fError('NOTIFY_MALFORMED', `The form is malformed: ${rule}.`, { details: { rule } })

/** Where one member lies in the decoded bytes. */
interface Span {
  readonly start: number
  readonly equals: number
  readonly end: number
  /** All its bytes are below 0x80. */
  readonly ascii: boolean
}

interface DecodedForm {
  readonly bytes: Buffer
  /** The same, one character per byte: cutting a string is cheaper than reading bytes. */
  readonly latin1: string
  readonly spans: readonly Span[]
}

const escapedByte = (raw: Uint8Array, at: number): number => {
  const byte = ((HEX[raw[at + 1] ?? 0] as number) << 4) | (HEX[raw[at + 2] ?? 0] as number)
  if (byte < 0) throw malformed('a % is not followed by two hexadecimal digits')
  return byte
}

/** How far the form has been read, and how much of the decoded bytes is written. */
interface Cursor {
  at: number
  length: number
}

const decodeMember = (raw: Uint8Array, bytes: Buffer, cursor: Cursor): Span => {
  const start = cursor.length
  let { at, length } = cursor
  let equals = -1
  let bits = 0
  for (; at < raw.length; at += 1) {
    let byte = raw[at] as number
    if (byte === AMPERSAND) break
    if (byte === PERCENT) {
      byte = escapedByte(raw, at)
      if (equals < 0 && (byte === EQUALS || byte === AMPERSAND)) throw malformed('a name holds = or &')
      at += 2
    } else if (byte === PLUS) byte = SPACE
    else if (byte === EQUALS && equals < 0) equals = length
    bits |= byte
    bytes[length++] = byte
  }
  if (equals <= start) throw malformed('a member has no name or no =')
  cursor.at = at + 1
  cursor.length = length
  return { start, equals, end: length, ascii: bits < 0x80 }
}

const decodeForm = (raw: Uint8Array, maxMembers: number): DecodedForm => {
  const spans: Span[] = []
  if (raw.length === 0) return { bytes: Buffer.alloc(0), latin1: '', spans }
  const buffer = Buffer.allocUnsafe(raw.length)
  const cursor: Cursor = { at: 0, length: 0 }
  while (cursor.at <= raw.length) {
    if (spans.length === maxMembers) throw malformed('too many members')
    spans.push(decodeMember(raw, buffer, cursor))
  }
  const bytes = buffer.subarray(0, cursor.length)
  return { bytes, latin1: bytes.toString('latin1'), spans }
}

const readMembers = ({ bytes, latin1, spans }: DecodedForm, charset: Charset): readonly FormMember[] =>
  spans.map(({ start, equals, end, ascii }) => ({
    name: ascii ? latin1.slice(start, equals) : decodeText(bytes.subarray(start, equals), charset),
    value: ascii ? latin1.slice(equals + 1, end) : decodeText(bytes.subarray(equals + 1, end), charset),
    start,
    end,
  }))

const statedCharset = ({ latin1, spans }: DecodedForm): Charset | undefined => {
  const stated = spans.find(({ start, equals }) => latin1.slice(start, equals) === 'charset')
  if (stated === undefined) return undefined
  const charset = parseCharset(latin1.slice(stated.equals + 1, stated.end))
  if (charset === undefined) throw malformed('its charset is not utf-8, gbk or gb2312')
  return charset
}

/** What two members of one name are refused with. */
export const duplicateName = (): F2fError =>
  new F2fError('NOTIFY_DUPLICATE_KEY', 'The form has two members of one name.')

/**
 * Reads `application/x-www-form-urlencoded` strictly, straight from its bytes: decoded once, by `options.charset`, or
 * else by the `charset` member of the form itself, or else by `options.fallback`. Two members may have one name;
 * {@link parseForm} refuses that.
 *
 * @throws F2fError `NOTIFY_MALFORMED` for a bad `%` escape, a member without name or `=`, a name with an escaped `=` or
 * `&` (in a signed text it could pose as another), bytes that are not text in the charset, an unknown charset, or a
 * form beyond the bounds
 */
export const readForm = (raw: Uint8Array | string, options: FormOptions = {}): ParsedForm => {
  const { maxBytes = 262_144, maxMembers = 256, fallback } = options
  if (raw.length > maxBytes) throw malformed('it is too long')
  if (typeof raw === 'string' && !isWellFormed(raw)) throw malformed('it has half a surrogate pair')
  const rawBytes = typeof raw === 'string' ? Buffer.from(raw, 'utf8') : raw
  const decoded = decodeForm(rawBytes, maxMembers)
  const charset = options.charset ?? statedCharset(decoded) ?? fallback?.() ?? 'utf-8'
  try {
    return { charset, members: readMembers(decoded, charset), bytes: decoded.bytes }
  } catch (error) {
    if (error instanceof RangeError) throw malformed(`it is not ${charset} text`)
    throw error
  }
}

/**
 * `readForm` as a map of names to values.
 *
 * @param charset - without it, the form's own `charset` member decides, and without that, utf-8
 * @throws F2fError `NOTIFY_MALFORMED` as `readForm` does; `NOTIFY_DUPLICATE_KEY` when two names are equal after
 * decoding
 */
export const parseForm = (
  raw: Uint8Array | string,
  charset?: Charset,
  bounds: Pick<FormOptions, 'maxBytes' | 'maxMembers'> = {},
): ReadonlyMap<string, string> => {
  const { members } = readForm(raw, { ...bounds, charset })
  const values = new Map(members.map(({ name, value }) => [name, value]))
  if (values.size !== members.length) throw duplicateName()
  return values
}
