import { ERROR_CODES, F2fError, type F2fErrorCode, type F2fErrorDetails, isF2fError } from '../errors.ts'

/** What an error must say about the call it ends. */
export interface CallFacts {
  /** Alipay's name of the API. */
  readonly method: string
  readonly movesMoney: boolean
  /** The order it is about, when it names one. */
  readonly outTradeNo: string | undefined
}

const WHAT: Partial<Record<F2fErrorCode, string>> = {
  NOT_SENT: 'could not be sent: there was no connection to the gateway',
  UNKNOWN_TIMEOUT: 'got no complete reply in time',
  UNKNOWN_ABORTED: 'was given up after it may have left',
  UNKNOWN_CONNECTION_LOST: 'got no complete reply: the connection broke',
  UNKNOWN_HTTP_STATUS: 'was answered with an HTTP status other than 200',
  REPLY_TOO_LARGE: 'was answered with more than a reply can hold',
  REPLY_UNREADABLE: 'was answered with something that is no reply',
  REPLY_DUPLICATE_MEMBER: 'was answered with two members of one name',
  REPLY_UNSIGNED: 'was answered without a signature',
  REPLY_UNSIGNED_PROBLEM: 'was refused in a reply without a signature',
  REPLY_BAD_SIGNATURE: 'was answered with a signature that does not hold',
  REPLY_UNTRUSTED_CERTIFICATE: 'was answered with a signature by a certificate that is not trusted',
  REPLY_UNDECRYPTABLE: 'was answered with content that cannot be decrypted',
  REPLY_MISMATCH: 'was answered with the genuine reply to another request',
}

/** What the other side said, as far as it may be shown: an HTTP status, or the codes of a reply that nobody signed. */
const saying = ({ status, code, subCode }: F2fErrorDetails): string => {
  const said = [status, code, subCode].filter((part) => part !== undefined)
  return said.length === 0 ? '' : ` (${said.join(' ')})`
}

/** Only an error that proves that the request never left may say so; whatever else went wrong is unknown. */
const classify = (error: unknown): F2fError =>
  isF2fError(error) && ERROR_CODES[error.code].fate !== 'none'
    ? error
    : new F2fError('UNKNOWN_CONNECTION_LOST', 'The transport failed.', { cause: error })

/** The same failure, saying which call it ended and whether money may have moved. The first error is its cause. */
export const failureOf = (error: unknown, { method, movesMoney, outTradeNo }: CallFacts): F2fError => {
  const failure = classify(error)
  const what = WHAT[failure.code]
  if (what === undefined) return failure
  const details: F2fErrorDetails = { ...failure.details, method, ...(outTradeNo === undefined ? {} : { outTradeNo }) }
  return new F2fError(failure.code, `${method} ${what}${saying(failure.details)}.`, {
    details,
    movesMoney,
    cause: failure,
  })
}
