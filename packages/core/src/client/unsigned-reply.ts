import { F2fError } from '../errors.ts'
import { parseNode, type RawReply } from '../protocol/reply.ts'

const LONGEST_TEXT = 200
const MARKUP = /<[^>]*>?|&#?\w+;|[\p{Cc}\p{Cf}]/gu
/** Payment codes and tokens are long runs of letters and digits; the gateway's sentences have none. */
const LONG_RUN = /\w{16,}/g

/** Text of unproven origin, fit for a log: one line, no markup, no long runs, bounded. */
const harmless = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== ''
    ? value
        .slice(0, LONGEST_TEXT * 4)
        .replace(MARKUP, ' ')
        .replace(LONG_RUN, '…')
        .slice(0, LONGEST_TEXT)
    : undefined

const matching = (value: unknown, pattern: RegExp): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined

/** Words, as all documented ones; an echoed payment code or token has a long run of digits. */
const SUB_CODE = /^(?!.*\d{6})[\w.-]{1,64}$/

const SUCCESS = ['10000', '10003']

/**
 * What a reply without a signature means. A success nobody signed is worth nothing; an error nobody signed (Alipay
 * cannot sign for an application it does not know, protocol §3.5) is shown, marked as unverified, and settles nothing.
 */
export const unsignedFailure = (raw: RawReply): F2fError => {
  const node = raw.encrypted ? {} : parseNode(raw.signedBytes, raw.charset)
  const code = matching(node.code, /^\d{1,6}$/)
  if (code === undefined || SUCCESS.includes(code)) return new F2fError('REPLY_UNSIGNED', 'The reply has no signature.')
  return new F2fError('REPLY_UNSIGNED_PROBLEM', 'The gateway refused the request in a reply without a signature.', {
    details: {
      verified: false,
      code,
      subCode: matching(node.sub_code, SUB_CODE),
      subMsg: harmless(node.sub_msg),
    },
  })
}
