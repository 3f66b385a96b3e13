/** One HTTP exchange as the client wants it. */
export interface TransportRequest {
  readonly method: 'POST'
  /** Full address, public parameters in the query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The body's exact bytes. */
  readonly body: Uint8Array
  /** Aborted when the call's total deadline passes or the caller gives up. */
  readonly signal: AbortSignal
  /** A longer reply must be refused with `REPLY_TOO_LARGE`. Bytes. */
  readonly maxReplyBytes: number
}

/** The HTTP answer, whatever its status. */
export interface TransportResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * Carries one request to the gateway, once: no retry, no redirect.
 *
 * Throws `F2fError` `NOT_SENT` when the connection never opened (nothing can have been done), and anything else,
 * for example `UNKNOWN_CONNECTION_LOST`, when the request may have arrived. An error that is not an `F2fError`
 * counts as unknown.
 */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>
