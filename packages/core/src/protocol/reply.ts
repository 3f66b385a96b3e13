import { isUtf8 } from 'node:buffer'
import type { KeyObject } from 'node:crypto'
import { F2fError } from '../errors.ts'
import { type Charset, decodeText, encodeText } from './charset.ts'
import { type JsonMember, scanObject } from './json-scan.ts'
import { type SignType, verifyAny } from './signature.ts'
import { unescapeSlashes } from './slashes.ts'

/** A gateway reply taken apart, nothing verified yet. */
export interface RawReply {
  /** Name of the node's member, such as `alipay_trade_pay_response`. */
  readonly name: string
  readonly kind: 'response' | 'error'
  /** The node is a string: base64 of AES, quotes included in {@link signedBytes}. */
  readonly encrypted: boolean
  /** The node exactly as sent: what the signature covers (protocol §3.2). */
  readonly signedBytes: Uint8Array
  readonly sign: string | undefined
  /** Serial of the Alipay certificate the signature was made with, as claimed. */
  readonly certSn: string | undefined
  /** The charset the node is in. */
  readonly charset: Charset
}

export interface ReplyOptions {
  /** The request's charset. Default `utf-8`. */
  readonly charset?: Charset | undefined
}

const unreadable = (what: string): F2fError => new F2fError('REPLY_UNREADABLE', what)

/** The gateway's own errors can be GBK although utf-8 was asked for; such bytes are not valid utf-8. */
const actualCharset = (bytes: Uint8Array, asked: Charset): Charset =>
  asked === 'utf-8' && !isUtf8(bytes) ? 'gbk' : asked

const replyBytes = (raw: Uint8Array | string, charset: Charset): Uint8Array => {
  if (typeof raw !== 'string') return raw
  try {
    return encodeText(raw, charset)
  } catch (cause) {
    throw new F2fError('REPLY_UNREADABLE', `The reply is not ${charset} text.`, { cause })
  }
}

const readJson = (bytes: Uint8Array, charset: Charset): unknown => {
  try {
    return JSON.parse(decodeText(bytes, charset))
  } catch {
    throw unreadable(`The reply is not JSON in ${charset}.`)
  }
}

/** Name of a method's node: `alipay.trade.pay` answers in `alipay_trade_pay_response` (protocol §3.1). */
export const nodeNameOf = (method: string): string => `${method.replaceAll('.', '_')}_response`

const ERROR_NODE = 'error_response'

const findNode = (members: readonly JsonMember[], method: string): JsonMember => {
  const expected = nodeNameOf(method)
  const nodes = members.filter(({ name }) => name === expected || name === ERROR_NODE)
  const [node] = nodes
  if (node === undefined || nodes.length > 1) {
    throw unreadable(`The reply has ${nodes.length} nodes named ${expected} or ${ERROR_NODE}, not one.`)
  }
  return node
}

/**
 * Takes a gateway reply apart by a scan of its own, so that what is verified is what is read afterwards: the signature
 * covers {@link RawReply.signedBytes}, and only they are parsed, by {@link parseNode}, once {@link verifyReply} holds.
 *
 * @param method - the API that was called, such as `alipay.trade.pay`
 * @throws F2fError `REPLY_DUPLICATE_MEMBER`; `REPLY_UNREADABLE` when it is not one JSON object with exactly one of the
 * method's node and `error_response`, each an object or a string
 */
export const readReply = (rawBytes: Uint8Array | string, method: string, options: ReplyOptions = {}): RawReply => {
  const asked = options.charset ?? 'utf-8'
  const bytes = replyBytes(rawBytes, asked)
  const charset = actualCharset(bytes, asked)
  const members = scanObject(bytes, charset)
  const sliceOf = ({ valueStart, valueEnd }: JsonMember): Uint8Array => bytes.subarray(valueStart, valueEnd)
  const textOf = (name: string): string | undefined => {
    const member = members.find((candidate) => candidate.name === name)
    const value = member && readJson(sliceOf(member), charset)
    return typeof value === 'string' && value !== '' ? value : undefined
  }

  const node = findNode(members, method)
  const signedBytes = sliceOf(node)
  const first = String.fromCharCode(signedBytes[0] ?? 0)
  if (first !== '{' && first !== '"') throw unreadable('The node of the reply is neither an object nor a string.')
  return {
    name: node.name,
    kind: node.name === ERROR_NODE ? 'error' : 'response',
    encrypted: first === '"',
    signedBytes,
    sign: textOf('sign'),
    certSn: textOf('alipay_cert_sn'),
    charset,
  }
}

/**
 * Verifies a reply over the bytes as sent and, should that fail, over the same with `\/` written as `/`, as the official
 * SDKs do (protocol §3.4).
 *
 * @param publicKeys - keys trusted at this moment; any of them will do
 * @param signType - from the configuration, never from the message
 * @returns false also when there is no signature
 */
export const verifyReply = async (
  reply: RawReply,
  publicKeys: readonly KeyObject[],
  signType: SignType,
): Promise<boolean> => {
  const { sign, signedBytes, charset } = reply
  if (sign === undefined) return false
  if (await verifyAny(signedBytes, sign, publicKeys, signType)) return true
  const unescaped = unescapeSlashes(signedBytes, charset)
  return unescaped !== undefined && verifyAny(unescaped, sign, publicKeys, signType)
}

const asObject = (value: unknown): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unreadable('The node of the reply is not an object.')
  }
  return value as Record<string, unknown>
}

/**
 * Parses the node, and nothing but the node. Text that is not valid utf-8 is read as GB18030.
 *
 * @param node - the verified bytes, or the decrypted text of an encrypted node
 * @throws F2fError `REPLY_UNREADABLE`; `REPLY_DUPLICATE_MEMBER` when two of its own members have one name
 */
export const parseNode = (node: Uint8Array | string, charset: Charset = 'utf-8'): Record<string, unknown> => {
  const bytes = replyBytes(node, charset)
  const actual = actualCharset(bytes, charset)
  scanObject(bytes, actual)
  return asObject(readJson(bytes, actual))
}

/**
 * The ciphertext inside an encrypted node, to be decrypted once the reply is verified.
 *
 * @throws F2fError `REPLY_UNREADABLE` when the node is not a string
 */
export const nodeCiphertext = (reply: RawReply): string => {
  const value = readJson(reply.signedBytes, reply.charset)
  if (typeof value !== 'string') throw unreadable('The node of the reply is not encrypted.')
  return value
}
