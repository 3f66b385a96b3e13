/**
 * One HTTP request as the routes see it, whatever carries it. Fetch's own classes cost more than everything else we do
 * for a notification, so they are made only for those who ask for them.
 */
export interface Call {
  readonly method: string
  /** Path and query as they were sent, nothing resolved or decoded. */
  readonly target: string
  /** A header by its name in lower case. */
  header(name: string): string | undefined
  /**
   * The body's bytes, read once.
   *
   * @param limit - bytes; a longer body is not read to its end
   * @throws F2fError `HTTP_BODY_TOO_LARGE`, `HTTP_BODY_CONSUMED`, `REQUEST_ABORTED`
   */
  body(limit: number): Promise<Uint8Array>
  /** Calls `gone` when the client has gone, at once if it already has; the returned function ends that. */
  whenGone(gone: () => void): () => void
  /** Method, address and headers as a Fetch request; the body is not in it. */
  head(): Request
  /** The whole as a Fetch request, for handlers that are not ours. */
  request(): Request
}

/** An error nobody planned for, behind a generic answer. */
export interface Unexpected {
  readonly error: unknown
  /** Tells whoever runs this back end, unless a framework does. */
  readonly report: () => void
}

/** A body written bit by bit; `return` ends it early. */
export type BodyStream = AsyncIterableIterator<string | Uint8Array>

/** What to answer. */
export interface Answer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Iterable<readonly [string, string]>
  readonly body?: string | BodyStream | undefined
  readonly unexpected?: Unexpected | undefined
}

/** Answers calls; never rejects. */
export type Respond = (call: Call) => Promise<Answer>

const ALWAYS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

export const answer = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body?: string | BodyStream,
): Answer => ({ status, headers: Object.entries({ ...ALWAYS, ...headers }), body })

export const json = (status: number, value: object, headers: Readonly<Record<string, string>> = {}): Answer =>
  answer(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(value))

/** The same answer without its body, as HEAD wants it. */
export const withoutBody = async ({ body, ...rest }: Answer): Promise<Answer> => {
  if (typeof body === 'object') await body.return?.()
  return rest
}
