import { F2fError } from '../errors.ts'
import { asBuffer, type Charset, decodeText } from './charset.ts'
import { isWidePair } from './wide.ts'

/** One member of the scanned object. Its value is `bytes[valueStart]` up to, not including, `bytes[valueEnd]`. */
export interface JsonMember {
  /** Unescaped. */
  readonly name: string
  readonly valueStart: number
  readonly valueEnd: number
}

/** Deepest nesting taken. Real replies have about five levels. */
const MAX_DEPTH = 64

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const LETTER_U = 0x75
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

const malformed = (): F2fError => new F2fError('REPLY_UNREADABLE', 'The reply is not a JSON object.')

interface Source {
  readonly bytes: Buffer
  /** The same, one character per byte: cutting a string is cheaper than reading bytes. */
  readonly latin1: string
  /** Characters of two bytes: after a lead byte comes a trail byte, which may look like `\` or `{`. */
  readonly wide: boolean
}

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

const skipBlanks = ({ bytes }: Source, at: number): number => {
  let next = at
  while (isBlank(bytes[next])) next += 1
  return next
}

const expectByte = ({ bytes }: Source, at: number, byte: number): number => {
  if (bytes[at] !== byte) throw malformed()
  return at + 1
}

const ESCAPES = /^\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})$/

const endOfEscape = ({ bytes, latin1 }: Source, at: number): number => {
  const end = at + (bytes[at + 1] === LETTER_U ? 6 : 2)
  if (!ESCAPES.test(latin1.slice(at, end))) throw malformed()
  return end
}

const endOfString = (source: Source, at: number): number => {
  const { bytes, wide } = source
  let next = expectByte(source, at, QUOTE)
  while (next < bytes.length) {
    const byte = bytes[next] as number
    if (byte === QUOTE) return next + 1
    if (byte < 0x20) throw malformed()
    if (byte === BACKSLASH) next = endOfEscape(source, next)
    else next += wide && isWidePair(byte, bytes[next + 1]) ? 2 : 1
  }
  throw malformed()
}

const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/

const isScalarByte = (byte: number | undefined): boolean =>
  byte !== undefined && byte > 0x20 && byte !== COMMA && byte !== CLOSE_BRACKET && byte !== CLOSE_BRACE

const endOfScalar = ({ bytes, latin1 }: Source, at: number): number => {
  let end = at
  while (isScalarByte(bytes[end])) end += 1
  if (!SCALAR.test(latin1.slice(at, end))) throw malformed()
  return end
}

/** Walks `item, item, … close` from behind the opening bracket; `endOfItem` starts and ends without blanks. */
const endOfItems = (source: Source, at: number, close: number, endOfItem: (at: number) => number): number => {
  let next = skipBlanks(source, at)
  if (source.bytes[next] === close) return next + 1
  for (;;) {
    next = skipBlanks(source, endOfItem(next))
    if (source.bytes[next] === close) return next + 1
    next = skipBlanks(source, expectByte(source, next, COMMA))
  }
}

type OnMember = (nameStart: number, nameEnd: number, valueStart: number, valueEnd: number) => void

const endOfObject = (source: Source, at: number, depth: number, onMember?: OnMember): number =>
  endOfItems(source, expectByte(source, at, OPEN_BRACE), CLOSE_BRACE, (nameStart) => {
    const nameEnd = endOfString(source, nameStart)
    const colon = skipBlanks(source, nameEnd)
    const valueStart = skipBlanks(source, expectByte(source, colon, COLON))
    const valueEnd = endOfValue(source, valueStart, depth)
    onMember?.(nameStart, nameEnd, valueStart, valueEnd)
    return valueEnd
  })

const endOfValue = (source: Source, at: number, depth: number): number => {
  const byte = source.bytes[at]
  if (byte === QUOTE) return endOfString(source, at)
  if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET) return endOfScalar(source, at)
  if (depth === MAX_DEPTH) throw malformed()
  if (byte === OPEN_BRACE) return endOfObject(source, at, depth + 1)
  return endOfItems(source, at + 1, CLOSE_BRACKET, (item) => endOfValue(source, item, depth + 1))
}

/** A name that means what it says, whatever the charset; nearly every one does. */
const PLAIN_NAME = /^[\w.-]*$/

const readName = ({ bytes, latin1 }: Source, start: number, end: number, charset: Charset): string => {
  const name = latin1.slice(start + 1, end - 1)
  if (PLAIN_NAME.test(name)) return name
  try {
    return JSON.parse(decodeText(bytes.subarray(start, end), charset))
  } catch {
    throw malformed()
  }
}

/**
 * The members of the JSON object that `text` is, found without decoding the values, so that each can be verified
 * over the exact bytes that were sent. Linear in the length of the text.
 *
 * @throws F2fError `REPLY_DUPLICATE_MEMBER` when two names are equal after unescaping; `REPLY_UNREADABLE` when the
 * text is not one JSON object, or is nested deeper than 64 levels
 */
export const scanObject = (text: Uint8Array, charset: Charset): readonly JsonMember[] => {
  const bytes = asBuffer(text)
  const source: Source = { bytes, latin1: bytes.toString('latin1'), wide: charset !== 'utf-8' }
  const members = new Map<string, JsonMember>()
  const end = endOfObject(source, skipBlanks(source, 0), 1, (nameStart, nameEnd, valueStart, valueEnd) => {
    const name = readName(source, nameStart, nameEnd, charset)
    if (members.has(name)) {
      throw new F2fError('REPLY_DUPLICATE_MEMBER', 'The reply has two members of one name.')
    }
    members.set(name, { name, valueStart, valueEnd })
  })
  if (skipBlanks(source, end) !== text.length) throw malformed()
  return [...members.values()]
}
