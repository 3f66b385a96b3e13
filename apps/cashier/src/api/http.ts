import { Offline, readProblem } from './problem.ts'

/** Gives and renews the token that says which till this is. */
export interface Tokens {
  /** A token that is still valid for a while. */
  current(): Promise<string>
  /** A new one, because the last was refused. */
  renewed(): Promise<string>
}

export interface Call {
  readonly method: 'GET' | 'POST'
  /** Below the page's own address, such as `payments/T1`. */
  readonly path: string
  readonly body?: object
  readonly signal?: AbortSignal | undefined
  /** Headers that depend on the token sent with them. */
  readonly signed?: (token: string) => Promise<Readonly<Record<string, string>>>
  readonly headers?: Readonly<Record<string, string>>
}

export interface HttpOptions {
  readonly fetch: typeof fetch
  /** Where the API is. */
  readonly base: string
  /** Told after each attempt whether the back end was there. */
  readonly onReach?: (reached: boolean) => void
  /** Told the back end's time, ms since 1970, whenever an answer says it. */
  readonly onServerTime?: (at: number) => void
}

export interface Http {
  /** Without a token. Rejects with `ApiProblem` or `Offline`. */
  open(call: Call): Promise<Response>
  /** With the till's token; a refused one is renewed once. Rejects with `ApiProblem` or `Offline`. */
  asTill(tokens: Tokens, call: Call): Promise<Response>
}

export const createHttp = ({ fetch, base, onReach, onServerTime }: HttpOptions): Http => {
  const attempt = async ({ method, path, body, signal }: Call, headers: Readonly<Record<string, string>>) => {
    const init: RequestInit = { method, headers, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' }
    if (signal !== undefined) init.signal = signal
    if (body !== undefined) {
      init.headers = { ...headers, 'content-type': 'application/json' }
      init.body = JSON.stringify(body)
    }
    try {
      const response = await fetch(new URL(path, base), init)
      const at = Date.parse(response.headers.get('date') ?? '')
      if (!Number.isNaN(at)) onServerTime?.(at)
      return response
    } catch (error) {
      if (signal?.aborted === true) throw error
      onReach?.(false)
      // Not kept as a cause: what a browser says of a failed request is no use to a cashier.
      throw new Offline()
    }
  }

  const checked = async (response: Response): Promise<Response> => {
    if (response.ok) {
      onReach?.(true)
      return response
    }
    const problem = await readProblem(response)
    onReach?.(!(problem instanceof Offline))
    throw problem
  }

  const withToken = async (call: Call, token: string): Promise<Response> =>
    attempt(call, { ...call.headers, ...(await call.signed?.(token)), authorization: `Bearer ${token}` })

  return {
    open: async (call) => checked(await attempt(call, call.headers ?? {})),
    async asTill(tokens, call) {
      const first = await withToken(call, await tokens.current())
      // Refused before anything was done, so that it may be sent again.
      return checked(first.status === 401 ? await withToken(call, await tokens.renewed()) : first)
    },
  }
}
