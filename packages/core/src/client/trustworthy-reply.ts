import { holdingClock } from '../clock.ts'
import { F2fError } from '../errors.ts'
import { decryptBizContent } from '../protocol/aes.ts'
import { nodeCiphertext, parseNode, type RawReply, verifyReply } from '../protocol/reply.ts'
import type { Deadline } from './deadline.ts'
import { interruption } from './interruption.ts'
import type { WireSettings } from './settings.ts'
import type { TrustedKeys } from './trusted-keys.ts'
import { unsignedFailure } from './unsigned-reply.ts'

/** The content of a reply: wire names and values. */
export type ReplyNode = Readonly<Record<string, unknown>>

const openNode = (raw: RawReply, { encryptKey }: WireSettings): ReplyNode => {
  if (!raw.encrypted) return parseNode(raw.signedBytes, raw.charset)
  if (encryptKey === undefined)
    throw new F2fError('REPLY_UNDECRYPTABLE', 'The reply is encrypted, but there is no key.')
  return parseNode(decryptBizContent(nodeCiphertext(raw), encryptKey, raw.charset), raw.charset)
}

const inTime = async <T>(work: Promise<T>, { race, signal }: Deadline): Promise<T> => {
  try {
    return await race(work)
  } catch (error) {
    throw signal.aborted ? interruption(signal, true) : error
  }
}

/**
 * The content of a reply, once its signature holds: verified first, then decrypted, and nothing but the verified bytes
 * is parsed.
 *
 * @throws F2fError `REPLY_*`, `UNKNOWN_TIMEOUT`, `UNKNOWN_ABORTED`
 */
export const openReply = async (
  raw: RawReply,
  wire: WireSettings,
  keys: TrustedKeys,
  deadline: Deadline,
): Promise<ReplyNode> => {
  if (raw.sign === undefined) throw unsignedFailure(raw)
  const { clock, signType } = wire
  const known = keys.forReply(raw.certSn)
  const trusted = known instanceof Promise ? await inTime(known, deadline) : known
  if (!(await holdingClock(clock, () => verifyReply(raw, trusted, signType)))) {
    throw new F2fError('REPLY_BAD_SIGNATURE', 'The signature of the reply does not hold.')
  }
  return openNode(raw, wire)
}

/** Numbers that Alipay repeats in its replies when it knows them. */
const ECHOED = ['out_trade_no', 'trade_no', 'out_request_no'] as const

/**
 * A genuine reply can be played again by somebody on the way, so it must be about what was asked.
 *
 * @throws F2fError `REPLY_MISMATCH`
 */
export const assertAnswers = (content: ReplyNode, reply: ReplyNode): void => {
  for (const field of ECHOED) {
    const [asked, answered] = [content[field], reply[field]]
    if (typeof asked === 'string' && answered !== undefined && String(answered) !== asked) {
      throw new F2fError('REPLY_MISMATCH', `The reply names another ${field}.`, { details: { field } })
    }
  }
}
