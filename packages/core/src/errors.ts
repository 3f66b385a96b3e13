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

/**
 * Every code an {@link F2fError} can carry, with its HTTP status, retryability and advice. The set is closed. What an
 * entry's comment says, when the code is given, is what the documentation says.
 */
export const ERROR_CODES = {
  /** An option is missing, contradicts another, or cannot be used. */
  CONFIG_INVALID: entry(500, false, 'none', 'Correct the configuration.'),
  /** What should be a key cannot be read as one. */
  CONFIG_KEY_INVALID: entry(500, false, 'none', 'Give a PEM or bare-base64 RSA key (PKCS#1, PKCS#8 or SPKI).'),
  /** A public key stands where the private one belongs, or the other way round. */
  CONFIG_KEY_KIND: entry(500, false, 'none', 'Give the other half of the key pair.'),
  /** The key has fewer bits than its sign type demands. */
  CONFIG_KEY_TOO_SHORT: entry(
    500,
    false,
    'none',
    'RSA2 needs a key of at least 2048 bits, RSA one of 1024; make a new one.',
  ),
  /** The public key given as Alipay's is the application's own. */
  CONFIG_OWN_PUBLIC_KEY: entry(
    500,
    false,
    'none',
    "Copy Alipay's public key (支付宝公钥) from the console, not your application's (应用公钥).",
  ),
  /** A certificate cannot be read, or the root file has none that is signed with RSA. */
  CONFIG_CERTIFICATE_INVALID: entry(500, false, 'none', 'Download the certificates again from the Alipay console.'),
  /** The key of content encryption is no base64 AES key. */
  CONFIG_ENCRYPT_KEY_INVALID: entry(500, false, 'none', 'Give the base64 AES key shown in the Alipay console.'),

  /** A field of the call breaks a rule; `details.field` names it. */
  REQUEST_INVALID: entry(400, false, 'never', 'Correct the field and call again.'),
  /** A character does not exist in the configured charset. */
  REQUEST_UNENCODABLE: entry(400, false, 'never', 'Remove the character or use charset utf-8.'),
  /** The caller's signal was aborted before anything was sent. */
  REQUEST_ABORTED: entry(499, true, 'never', 'Call again when you want it sent.'),
  /** The signer, such as a KMS, gave no signature. */
  REQUEST_SIGN_FAILED: entry(500, true, 'never', 'Check the signer (KMS or HSM) and call again.'),
  /** The connection to the gateway was never opened. */
  NOT_SENT: entry(503, true, 'never', 'Check the network and the gateway address, then call again.'),

  /** No complete reply within the time allowed. */
  UNKNOWN_TIMEOUT: entry(504, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  /** The caller's signal was aborted while the reply was awaited. */
  UNKNOWN_ABORTED: entry(504, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  /** The connection broke after the request may have left. */
  UNKNOWN_CONNECTION_LOST: entry(504, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  /** The gateway, or something before it, answered with an HTTP status that is no reply. */
  UNKNOWN_HTTP_STATUS: entry(502, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),

  /** The reply is larger than any reply is. */
  REPLY_TOO_LARGE: entry(502, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  /** The reply is no JSON of the expected shape. */
  REPLY_UNREADABLE: entry(502, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  /** The reply has the same member twice. */
  REPLY_DUPLICATE_MEMBER: entry(502, true, 'unknown', 'Somebody may be forging replies: check the network path.'),
  /** The reply says success but carries no signature. */
  REPLY_UNSIGNED: entry(502, true, 'unknown', 'Ask Alipay with a query before doing anything else.'),
  /** An unsigned error, such as for an unknown application; `details` has its sub-code. */
  REPLY_UNSIGNED_PROBLEM: entry(502, false, 'unknown', 'Check the application id and keys, then ask with a query.'),
  /** The reply's signature does not fit Alipay's public key. */
  REPLY_BAD_SIGNATURE: entry(
    502,
    true,
    'unknown',
    "Check that the configured Alipay public key is this application's.",
  ),
  /** The reply is signed with a certificate that does not lead to the configured root. */
  REPLY_UNTRUSTED_CERTIFICATE: entry(502, true, 'unknown', 'Download the Alipay certificates again from the console.'),
  /** The reply's content cannot be decrypted. */
  REPLY_UNDECRYPTABLE: entry(502, true, 'unknown', 'Check the AES key, then ask Alipay with a query.'),
  /** A genuine reply, but to another order than the one asked about. */
  REPLY_MISMATCH: entry(502, true, 'unknown', 'Somebody may be replaying replies: check the network path.'),

  /** A notification is not the form Alipay sends. */
  NOTIFY_MALFORMED: entry(400, false, 'none', 'Answer fail; Alipay sends genuine notifications again.'),
  /** A notification has the same name twice. */
  NOTIFY_DUPLICATE_KEY: entry(400, false, 'none', 'Answer fail; a genuine notification never repeats a name.'),
  /** A notification's signature does not fit Alipay's public key. */
  NOTIFY_BAD_SIGNATURE: entry(400, false, 'none', "Answer fail; check that Alipay's public key is the right one."),
  /** A body parser came first, so the bytes that were signed are gone. */
  NOTIFY_BODY_PARSED: entry(
    500,
    false,
    'none',
    'Mount the notification handler before any body parser, or pass the raw bytes.',
  ),
  /** A genuine notification of an order that is not in the books. */
  NOTIFY_UNKNOWN_ORDER: entry(404, false, 'none', 'Answer fail; the order number is not in the books.'),
  /** A genuine notification with another amount than the order's. */
  NOTIFY_AMOUNT_MISMATCH: entry(409, false, 'none', 'Answer fail and look at the order: the amount is not ours.'),
  /** A genuine notification that names another seller. */
  NOTIFY_SELLER_MISMATCH: entry(409, false, 'none', 'Answer fail: the money went to another seller.'),
  /** A genuine notification for another application. */
  NOTIFY_APP_MISMATCH: entry(409, false, 'none', 'Answer fail: the notification is for another application.'),

  /** The database cannot be reached, or its disk is full; a write may have been done all the same. */
  STORE_UNAVAILABLE: entry(503, true, 'none', 'Bring the store back; unfinished payments go on by themselves.'),
  /** Too many writers changed the same payment at the same time. */
  STORE_CONTENDED: entry(503, true, 'none', 'Call again; too many writers changed the same payment at once.'),
  /** The tables are missing or older than this version needs. */
  STORE_SCHEMA_OUTDATED: entry(500, false, 'none', "Run the store's migrate() once, for example on deployment."),
  /** A newer version has changed the tables. */
  STORE_SCHEMA_NEWER: entry(500, false, 'none', 'Use the version of @f2f/sql that changed the tables, or a later one.'),
  /** A merchant's tokens were written with another key, or changed. */
  STORE_UNDECRYPTABLE: entry(500, false, 'none', 'Give the encryption key it was written with, beside the new one.'),

  /** There is no payment under this order number. */
  PAYMENT_NOT_FOUND: entry(404, false, 'none', 'Check the order number.'),
  /** The order number was used before, for something else. */
  PAYMENT_CONFLICT: entry(409, false, 'never', 'Use a new order number for a new payment.'),
  /** A refund of a payment that is not paid. */
  PAYMENT_NOT_REFUNDABLE: entry(409, false, 'never', 'Only a paid payment can be refunded.'),
  /** All refunds together would exceed what was paid. */
  REFUND_TOO_MUCH: entry(409, false, 'never', 'Refund at most what is left of the payment.'),
  /** The refund number was used before, with another amount. */
  REFUND_CONFLICT: entry(409, false, 'never', 'Use a new refund number for a new refund.'),
  /** There is no refund under this number. */
  REFUND_NOT_FOUND: entry(404, false, 'none', 'Check the refund number.'),
  /** The caller stopped waiting for the payment. */
  WAIT_ABORTED: entry(499, true, 'unknown', 'The payment goes on by itself; look at it with find or watch.'),
  /** The cashier was closed while the payment was waited for. */
  WAIT_CASHIER_CLOSED: entry(503, true, 'unknown', 'The payment goes on after a restart; look at it with find.'),
  /** A call to a cashier that has been closed. */
  CASHIER_CLOSED: entry(503, true, 'never', 'Call a cashier that is open.'),

  /** No route has this address. */
  HTTP_ROUTE_NOT_FOUND: entry(404, false, 'none', 'Check the address; openapi.json lists every route.'),
  /** The route exists, but not with this method. */
  HTTP_METHOD_NOT_ALLOWED: entry(405, false, 'none', 'Use a method of the Allow header.'),
  /** The body is longer than `maxBodyBytes`. */
  HTTP_BODY_TOO_LARGE: entry(413, false, 'never', 'Send a smaller body.'),
  /** The body is not declared as JSON in UTF-8. */
  HTTP_BODY_NOT_JSON: entry(415, false, 'never', 'Send JSON in UTF-8 with content-type application/json.'),
  /** The body is not one JSON object. */
  HTTP_BODY_MALFORMED: entry(400, false, 'never', 'Send one JSON object in UTF-8.'),
  /** Something read the body before the handler did. */
  HTTP_BODY_CONSUMED: entry(
    500,
    false,
    'never',
    'Mount the handler before any body parser, or keep the raw bytes in req.rawBody (Nest: rawBody: true).',
  ),

  /** No token was sent. */
  AUTH_REQUIRED: entry(401, false, 'never', 'Send a valid token.'),
  /** The token or proof is forged, changed, expired or revoked; the answer never says which. */
  AUTH_INVALID: entry(401, false, 'never', 'Get a new token or sign a new proof.'),
  /** The token does not allow this. */
  AUTH_FORBIDDEN: entry(403, false, 'never', 'Use a token that allows this.'),
  /** The refund exceeds the till's limit. */
  AUTH_REFUND_LIMIT: entry(403, false, 'never', 'Let somebody with a higher limit refund it.'),
  /** The keys that tokens are checked with cannot be fetched. */
  AUTH_UNAVAILABLE: entry(503, true, 'never', 'Bring back the address that publishes the keys.'),
  /** Too many wrong codes or proofs. */
  AUTH_TOO_MANY_ATTEMPTS: entry(429, true, 'none', 'Wait as long as the Retry-After header says, then try again.'),
  /** The one-time code of a till is wrong, used or expired. */
  ENROLMENT_REFUSED: entry(403, false, 'none', 'Have the back end show a new code.'),

  /** A merchant came back from Alipay with an address that was not given out, or not in time. */
  AUTHORISATION_STATE_INVALID: entry(403, false, 'none', 'Send the merchant to a new start address.'),
  /** Alipay does not take the code or the refresh token. */
  AUTHORISATION_REFUSED: entry(502, false, 'none', 'Have the merchant authorise again.'),
  /** The merchant authorised with another Alipay account than before. */
  AUTHORISATION_MISMATCH: entry(
    409,
    false,
    'none',
    'Have the merchant authorise with the Alipay account it had before, or give the other account a merchant id of its own.',
  ),

  /** Alipay will not give this bill. */
  BILL_REFUSED: entry(502, false, 'none', 'Check the bill type, the day, and that the application may read bills.'),
  /** The bill is not ready yet. */
  BILL_UNAVAILABLE: entry(503, true, 'none', 'Ask again in a few minutes.'),
  /** The link to the bill leads to a host that is not Alipay's, or is not https. */
  BILL_LINK_REFUSED: entry(502, false, 'none', 'Nothing was fetched: bills come over https from hosts of Alipay only.'),
  /** The download broke, again and again. */
  BILL_DOWNLOAD_FAILED: entry(502, true, 'none', 'Download again; what is there already is kept.'),
  /** The bill exceeds the limit, packed or unpacked. */
  BILL_TOO_LARGE: entry(413, false, 'none', 'Raise the limit if a bill of yours is really that large.'),
  /** The file is no zip archive, or a damaged one. */
  BILL_ARCHIVE_INVALID: entry(422, false, 'none', 'Download the bill again.'),
  /** The archive has paths or sizes that no bill has. */
  BILL_ARCHIVE_UNSAFE: entry(422, false, 'none', 'Do not open this file: it is not as Alipay makes them.'),
  /** The text is not in GBK. */
  BILL_ENCODING: entry(422, false, 'none', 'Use the file as Alipay made it, in GBK, not one saved by another program.'),
  /** The columns are not those of a bill. */
  BILL_FORMAT: entry(422, false, 'none', 'Use the file as Alipay made it; if it is, this layout is not known yet.'),
  /** The end of the bill is missing. */
  BILL_TRUNCATED: entry(422, false, 'none', 'Download the bill again: its end is missing.'),
  /** The rows do not add up to the totals at the bill's end. */
  BILL_TOTALS_MISMATCH: entry(422, false, 'none', 'Download the bill again: its rows do not add up to its own totals.'),
  /** It is the bill of another day, type or account. */
  BILL_MISMATCH: entry(409, false, 'none', 'Give the bill of that day, type and account.'),
  /** The day has not been reconciled yet. */
  RECONCILIATION_NOT_FOUND: entry(404, false, 'none', 'Reconcile the day first.'),

  /** Alipay refused a heartbeat. */
  HEARTBEAT_REFUSED: entry(502, true, 'none', "Check the till's id and that the gateway is the one of heartbeats."),

  /** Something nobody planned for; the cause is in the log, not in the answer. */
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
