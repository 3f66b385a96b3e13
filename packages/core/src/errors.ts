/**
 * What a failure says about the request it belongs to.
 *
 * - `never`: nothing left this process, so no money can have moved.
 * - `unknown`: the request may have reached Alipay; only asking Alipay can tell.
 * - `none`: no request belongs to it (configuration, an incoming notification, our own books).
 */
export type RequestFate = 'never' | 'unknown' | 'none'

interface ErrorCodeEntry {
  /** HTTP status this code becomes when it reaches a caller of the back end. */
  readonly status: number
  /** True when the same call may succeed later without being changed. */
  readonly retryable: boolean
  readonly fate: RequestFate
  /** What the reader should do; appended to the message. */
  readonly advice: string
}

const entry = (status: number, retryable: boolean, fate: RequestFate, advice: string): ErrorCodeEntry => ({
  status,
  retryable,
  fate,
  advice,
})

/** Every code an {@link F2fError} can carry, with its HTTP status, retryability and advice. The set is closed. */
export const ERROR_CODES = {
  CONFIG_INVALID: entry(500, false, 'none', 'Correct the configuration.'),
  CONFIG_KEY_INVALID: entry(500, false, 'none', 'Give a PEM or bare-base64 RSA key (PKCS#1, PKCS#8 or SPKI).'),
  CONFIG_KEY_KIND: entry(500, false, 'none', 'Give the other half of the key pair.'),
  CONFIG_KEY_TOO_SHORT: entry(500, false, 'none', 'RSA2 needs a key of at least 2048 bits; make a new one.'),
  CONFIG_OWN_PUBLIC_KEY: entry(
    500,
    false,
    'none',
    "Copy Alipay's public key (支付宝公钥) from the console, not your application's (应用公钥).",
  ),
  CONFIG_CERTIFICATE_INVALID: entry(500, false, 'none', 'Download the certificates again from the Alipay console.'),
  CONFIG_ENCRYPT_KEY_INVALID: entry(500, false, 'none', 'Give the base64 AES key shown in the Alipay console.'),

  REQUEST_INVALID: entry(400, false, 'never', 'Correct the field and call again.'),
  REQUEST_UNENCODABLE: entry(400, false, 'never', 'Remove the character or use charset utf-8.'),
  REQUEST_ABORTED: entry(499, true, 'never', 'Call again when you want it sent.'),
  REQUEST_SIGN_FAILED: entry(500, true, 'never', 'Check the signer (KMS or HSM) and call again.'),
  NOT_SENT: entry(503, true, 'never', 'Check the network and the gateway address, then call again.'),

  UNKNOWN_TIMEOUT: entry(504, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  UNKNOWN_ABORTED: entry(504, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  UNKNOWN_CONNECTION_LOST: entry(504, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  UNKNOWN_HTTP_STATUS: entry(502, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),

  REPLY_TOO_LARGE: entry(502, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  REPLY_UNREADABLE: entry(502, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  REPLY_DUPLICATE_MEMBER: entry(502, true, 'unknown', 'Somebody may be forging replies: check the network path.'),
  REPLY_UNSIGNED: entry(502, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  REPLY_UNSIGNED_PROBLEM: entry(502, false, 'unknown', 'Check the application id and keys, then ask with a query.'),
  REPLY_BAD_SIGNATURE: entry(
    502,
    true,
    'unknown',
    "Check that the configured Alipay public key is this application's.",
  ),
  REPLY_UNTRUSTED_CERTIFICATE: entry(502, true, 'unknown', 'Download the Alipay certificates again from the console.'),
  REPLY_UNDECRYPTABLE: entry(502, true, 'unknown', 'Check the AES key, then ask Alipay with a query.'),
  REPLY_MISMATCH: entry(502, true, 'unknown', 'Somebody may be replaying replies: check the network path.'),

  NOTIFY_MALFORMED: entry(400, false, 'none', 'Answer fail; Alipay sends genuine notifications again.'),
  NOTIFY_DUPLICATE_KEY: entry(400, false, 'none', 'Answer fail; a genuine notification never repeats a name.'),
  NOTIFY_BAD_SIGNATURE: entry(400, false, 'none', "Answer fail; check that Alipay's public key is the right one."),
  NOTIFY_BODY_PARSED: entry(
    500,
    false,
    'none',
    'Mount the notification handler before any body parser, or pass the raw bytes.',
  ),
  NOTIFY_UNKNOWN_ORDER: entry(404, false, 'none', 'Answer fail; the order number is not in the books.'),
  NOTIFY_AMOUNT_MISMATCH: entry(409, false, 'none', 'Answer fail and look at the order: the amount is not ours.'),
  NOTIFY_SELLER_MISMATCH: entry(409, false, 'none', 'Answer fail: the money went to another seller.'),
  NOTIFY_APP_MISMATCH: entry(409, false, 'none', 'Answer fail: the notification is for another application.'),

  STORE_UNAVAILABLE: entry(503, true, 'none', 'Bring the store back; unfinished payments go on by themselves.'),
  STORE_CONTENDED: entry(503, true, 'none', 'Call again; too many writers changed the same payment at once.'),
  STORE_SCHEMA_OUTDATED: entry(500, false, 'none', "Run the store's migrate() once, for example on deployment."),
  STORE_SCHEMA_NEWER: entry(500, false, 'none', 'Use the version of @f2f/sql that changed the tables, or a later one.'),
  STORE_UNDECRYPTABLE: entry(500, false, 'none', 'Give the encryption key it was written with, beside the new one.'),

  PAYMENT_NOT_FOUND: entry(404, false, 'none', 'Check the order number.'),
  PAYMENT_CONFLICT: entry(409, false, 'never', 'Use a new order number for a new payment.'),
  PAYMENT_NOT_REFUNDABLE: entry(409, false, 'never', 'Only a paid payment can be refunded.'),
  REFUND_TOO_MUCH: entry(409, false, 'never', 'Refund at most what is left of the payment.'),
  REFUND_CONFLICT: entry(409, false, 'never', 'Use a new refund number for a new refund.'),
  REFUND_NOT_FOUND: entry(404, false, 'none', 'Check the refund number.'),
  WAIT_ABORTED: entry(499, true, 'unknown', 'The payment goes on by itself; look at it with find or watch.'),
  WAIT_CASHIER_CLOSED: entry(503, true, 'unknown', 'The payment goes on after a restart; look at it with find.'),
  CASHIER_CLOSED: entry(503, true, 'never', 'Call a cashier that is open.'),

  HTTP_ROUTE_NOT_FOUND: entry(404, false, 'none', 'Check the address; openapi.json lists every route.'),
  HTTP_METHOD_NOT_ALLOWED: entry(405, false, 'none', 'Use a method of the Allow header.'),
  HTTP_BODY_TOO_LARGE: entry(413, false, 'never', 'Send a smaller body.'),
  HTTP_BODY_NOT_JSON: entry(415, false, 'never', 'Send JSON in UTF-8 with content-type application/json.'),
  HTTP_BODY_MALFORMED: entry(400, false, 'never', 'Send one JSON object in UTF-8.'),
  HTTP_BODY_CONSUMED: entry(
    500,
    false,
    'never',
    'Mount the handler before any body parser, or keep the raw bytes in req.rawBody (Nest: rawBody: true).',
  ),

  AUTH_REQUIRED: entry(401, false, 'never', 'Send a valid token.'),
  AUTH_INVALID: entry(401, false, 'never', 'Get a new token or sign a new proof.'),
  AUTH_FORBIDDEN: entry(403, false, 'never', 'Use a token that allows this.'),
  AUTH_REFUND_LIMIT: entry(403, false, 'never', 'Let somebody with a higher limit refund it.'),
  AUTH_UNAVAILABLE: entry(503, true, 'never', 'Bring back the address that publishes the keys.'),
  AUTH_TOO_MANY_ATTEMPTS: entry(429, true, 'none', 'Wait as long as the Retry-After header says, then try again.'),
  ENROLMENT_REFUSED: entry(403, false, 'none', 'Have the back end show a new code.'),

  AUTHORISATION_STATE_INVALID: entry(403, false, 'none', 'Send the merchant to a new start address.'),
  AUTHORISATION_REFUSED: entry(502, false, 'none', 'Have the merchant authorise again.'),
  AUTHORISATION_MISMATCH: entry(
    409,
    false,
    'none',
    'Have the merchant authorise with the Alipay account it had before, or give the other account a merchant id of its own.',
  ),

  BILL_REFUSED: entry(502, false, 'none', 'Check the bill type, the day, and that the application may read bills.'),
  BILL_UNAVAILABLE: entry(503, true, 'none', 'Ask again in a few minutes.'),
  BILL_LINK_REFUSED: entry(502, false, 'none', 'Nothing was fetched: bills come over https from hosts of Alipay only.'),
  BILL_DOWNLOAD_FAILED: entry(502, true, 'none', 'Download again; what is there already is kept.'),
  BILL_TOO_LARGE: entry(413, false, 'none', 'Raise the limit if a bill of yours is really that large.'),
  BILL_ARCHIVE_INVALID: entry(422, false, 'none', 'Download the bill again.'),
  BILL_ARCHIVE_UNSAFE: entry(422, false, 'none', 'Do not open this file: it is not as Alipay makes them.'),
  BILL_ENCODING: entry(422, false, 'none', 'Use the file as Alipay made it, in GBK, not one saved by another program.'),
  BILL_FORMAT: entry(422, false, 'none', 'Use the file as Alipay made it; if it is, this layout is not known yet.'),
  BILL_TRUNCATED: entry(422, false, 'none', 'Download the bill again: its end is missing.'),
  BILL_TOTALS_MISMATCH: entry(422, false, 'none', 'Download the bill again: its rows do not add up to its own totals.'),
  BILL_MISMATCH: entry(409, false, 'none', 'Give the bill of that day, type and account.'),
  RECONCILIATION_NOT_FOUND: entry(404, false, 'none', 'Reconcile the day first.'),

  HEARTBEAT_REFUSED: entry(502, true, 'none', "Check the till's id and that the gateway is the one of heartbeats."),

  INTERNAL_ERROR: entry(500, false, 'unknown', 'Look at the payment before doing anything else.'),
} as const satisfies Record<string, ErrorCodeEntry>

/** Every code an {@link F2fError} can carry. */
export type F2fErrorCode = keyof typeof ERROR_CODES

/** Facts about a failure that are safe to log: ids, field names, rules, codes. Never keys, tokens or payment codes. */
export type F2fErrorDetails = Readonly<Record<string, string | number | boolean | undefined>>

export interface F2fErrorOptions {
  readonly details?: F2fErrorDetails
  readonly cause?: unknown
  /**
   * Whether what failed can have moved money. False for a call that only reads; true for what failed after a call that
   * moves money, whatever its code says. Default: decided by the code.
   */
  readonly movesMoney?: boolean
}

const BRAND = Symbol.for('@f2f/error')

const moneySentence = (fate: RequestFate, mayHaveMoved: boolean): string => {
  if (fate === 'never') return ' Nothing was sent, no money moved.'
  if (fate === 'none' && !mayHaveMoved) return ''
  return mayHaveMoved ? ' Money may have moved.' : ' The call itself moves no money.'
}

/**
 * The one error of this toolkit. A trustworthy answer from Alipay, whatever it says, is a value;
 * this error means there is none, or that the call was refused before anything was sent.
 */
export class F2fError extends Error {
  readonly code: F2fErrorCode
  /** HTTP status this error becomes when it reaches a caller of the back end. Frameworks may write to it. */
  readonly status: number
  /** True when the same call may succeed later without being changed. */
  readonly retryable: boolean
  /** True when the request may have reached Alipay and may have moved money. Ask with a query; never guess. */
  readonly moneyMayHaveMoved: boolean
  readonly details: F2fErrorDetails

  /**
   * @param code - one of {@link ERROR_CODES}
   * @param what - what happened, one sentence, no secrets
   */
  constructor(code: F2fErrorCode, what: string, options: F2fErrorOptions = {}) {
    const { status, fate, retryable, advice } = ERROR_CODES[code]
    const mayHaveMoved = fate !== 'never' && (options.movesMoney ?? fate === 'unknown')
    super(
      `${what}${moneySentence(fate, mayHaveMoved)} ${advice}`,
      options.cause === undefined ? undefined : { cause: options.cause },
    )
    this.name = 'F2fError'
    this.code = code
    this.status = status
    this.retryable = retryable
    this.moneyMayHaveMoved = mayHaveMoved
    this.details = options.details ?? {}
    Object.defineProperty(this, BRAND, { value: true })
  }

  /** The error without its stack and cause: what may be shown to a client or written to a log. */
  toJSON(): Record<string, unknown> {
    const { name, code, message, retryable, moneyMayHaveMoved, details } = this
    return { name, code, message, retryable, moneyMayHaveMoved, details }
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isBranded(value)
  }
}

const isBranded = (value: unknown): boolean => typeof value === 'object' && value !== null && BRAND in value

/** Recognises an {@link F2fError}, also one thrown by another copy of this package. */
export const isF2fError = (value: unknown): value is F2fError => isBranded(value)

/** Another copy of this package may know codes that this one does not. */
const fateOf = (code: string): RequestFate | undefined =>
  (ERROR_CODES as Readonly<Record<string, ErrorCodeEntry>>)[code]?.fate

/** True when the failure proves that its request never left this process. */
export const neverSent = (error: unknown): boolean => isF2fError(error) && fateOf(error.code) === 'never'
