import type { KeyObject } from 'node:crypto'
import { F2fError } from '../errors.ts'
import { isBlank } from './canonical.ts'
import { type Charset, parseCharset } from './charset.ts'
import { duplicateName, type FormMember, readForm } from './form-parse.ts'
import { type SignType, verifyAny } from './signature.ts'

/** A notification taken apart, nothing verified yet. */
export interface ParsedNotify {
  /** Wire names and values, decoded once; without `sign`, `sign_type`, `alipay_cert_sn` and blank values. */
  readonly params: Readonly<Record<string, string>>
  readonly sign: string
  /** What the message says of its signature. Never selects the algorithm: the signature does not cover it. */
  readonly claimedSignType: string | undefined
  /** Serial of the Alipay certificate the signature was made with, as claimed. */
  readonly certSn: string | undefined
  readonly charset: Charset
  /** What the signed text is made of: every member, by name. */
  readonly members: readonly FormMember[]
  /** The body after percent-decoding, in which the members lie. */
  readonly bytes: Uint8Array
}

export interface NotifyOptions {
  /** The HTTP header. Its charset counts only when the body has no `charset` member. */
  readonly contentType?: string | undefined
}

const malformed = (rule: string): F2fError =>
  new F2fError('NOTIFY_MALFORMED', `The notification is malformed: ${rule}.`, { details: { rule } })

/** Test runners hand over bytes of another realm, which are no instance of ours. */
const isBytes = (body: unknown): boolean =>
  body instanceof Uint8Array || Object.prototype.toString.call(body) === '[object Uint8Array]'

const assertRaw = (body: unknown): void => {
  if (typeof body === 'string' || isBytes(body)) return
  throw new F2fError(
    'NOTIFY_BODY_PARSED',
    'The notification is not raw bytes: a body parser has read it, and a parsed body cannot be verified. ' +
      'Express: mount the handler before express.urlencoded(), or use express.raw({ type: () => true }). ' +
      'Koa: mount it before the body parser. Nest: create the application with { rawBody: true } and pass ' +
      'request.rawBody. Fastify: add a content type parser with { parseAs: "buffer" }.',
  )
}

const CONTENT_TYPE_CHARSET = /;\s*charset\s*=\s*"?([\w.:-]+)"?/i

const headerCharset = (contentType: string | undefined): Charset | undefined => {
  const name = contentType === undefined ? undefined : CONTENT_TYPE_CHARSET.exec(contentType)?.[1]
  return name === undefined ? undefined : parseCharset(name)
}

/** Members in byte order of their names, as they are signed. Sorting compares neighbours, so it meets every duplicate. */
const sortMembers = (members: readonly FormMember[]): readonly FormMember[] =>
  members.toSorted((left, right) => {
    if (left.name === right.name) throw duplicateName()
    return left.name < right.name ? -1 : 1
  })

/**
 * Takes a notification apart (protocol §8): its bytes decoded once, by its own `charset` member, or else the
 * `Content-Type`'s, or else utf-8. Any content type is read, none is required.
 *
 * @param rawBody - the body exactly as received
 * @throws F2fError `NOTIFY_BODY_PARSED` when it is neither bytes nor text; `NOTIFY_DUPLICATE_KEY`;
 * `NOTIFY_MALFORMED`, also when it has no `sign`
 */
export const parseNotify = (rawBody: Uint8Array | string, options: NotifyOptions = {}): ParsedNotify => {
  assertRaw(rawBody)
  const { charset, members, bytes } = readForm(rawBody, { fallback: () => headerCharset(options.contentType) })
  const sorted = sortMembers(members)
  const params: Record<string, string> = {}
  let sign: string | undefined
  let claimedSignType: string | undefined
  let certSn: string | undefined
  for (const { name, value } of sorted) {
    if (name === 'sign') sign = value
    else if (name === 'sign_type') claimedSignType = value
    else if (name === 'alipay_cert_sn') certSn = value
    else if (!isBlank(value)) params[name] = value
  }
  if (!sign) throw malformed('it has no sign')
  return { params, sign, claimedSignType, certSn, charset, members: sorted, bytes }
}

/** Which members a signer left out of the text, besides `sign`. */
interface LeftOut {
  readonly signType: boolean
  readonly blank: boolean
  readonly certSn: boolean
}

/** Each way of signing that makes a difference for this notification, the documented one first. */
function* waysOfSigning({ members, certSn, claimedSignType }: ParsedNotify): Generator<LeftOut> {
  for (const leaveCertSn of certSn === undefined ? [false] : [false, true]) {
    for (const blank of [false, true]) {
      if (blank && !members.some(({ value }) => isBlank(value))) continue
      yield { signType: true, blank, certSn: leaveCertSn }
      if (claimedSignType !== undefined) yield { signType: false, blank, certSn: leaveCertSn }
    }
  }
}

const isSigned = ({ name, value }: FormMember, left: LeftOut): boolean => {
  if (name === 'sign') return false
  if (name === 'sign_type') return !left.signType
  if (name === 'alipay_cert_sn') return !left.certSn
  return !(left.blank && isBlank(value))
}

const AMPERSAND = 0x26

/** The signed text, byte for byte as it was sent. */
const signedText = ({ bytes, members }: ParsedNotify, left: LeftOut): Uint8Array => {
  const text = Buffer.allocUnsafe(bytes.length + members.length)
  let length = 0
  for (const member of members) {
    if (!isSigned(member, left)) continue
    if (length > 0) text[length++] = AMPERSAND
    for (let at = member.start; at < member.end; at += 1) text[length++] = bytes[at] as number
  }
  return text.subarray(0, length)
}

/**
 * Verifies a notification over its own bytes (protocol §8.4): without `sign` and `sign_type`, then with `sign_type`,
 * which some kinds of message sign; blank values kept, then dropped; `alipay_cert_sn` kept, then dropped.
 *
 * @param publicKeys - keys trusted at this moment; any of them will do
 * @param signType - from the configuration, never from the message
 */
export const verifyNotifySignature = async (
  notify: ParsedNotify,
  publicKeys: readonly KeyObject[],
  signType: SignType,
): Promise<boolean> => {
  for (const left of waysOfSigning(notify)) {
    if (await verifyAny(signedText(notify, left), notify.sign, publicKeys, signType)) return true
  }
  return false
}
