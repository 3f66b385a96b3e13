import { F2fError, type Transport, type TransportRequest, type TransportResponse } from '@f2f/core'
import { ConnectionLost } from './gateway/connection-lost.ts'

/** Core's transport straight into a handler, without sockets. A simulated break is `UNKNOWN_CONNECTION_LOST`. */
export const inProcessTransport =
  (handle: (request: Request) => Promise<Response>): Transport =>
  async (request) => {
    if (request.signal.aborted) throw new F2fError('REQUEST_ABORTED', 'The caller gave up before the request left.')
    return Promise.race([exchange(handle, request), aborted(request.signal)])
  }

const exchange = async (
  handle: (request: Request) => Promise<Response>,
  { method, url, headers, body, maxReplyBytes }: TransportRequest,
): Promise<TransportResponse> => {
  const response = await answered(handle, new Request(url, { method, headers: { ...headers }, body }))
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (bytes.length > maxReplyBytes) throw new F2fError('REPLY_TOO_LARGE', 'The reply is longer than allowed.')
  return { status: response.status, headers: Object.fromEntries(response.headers), body: bytes }
}

const answered = async (handle: (request: Request) => Promise<Response>, request: Request): Promise<Response> => {
  try {
    return await handle(request)
  } catch (cause) {
    if (!(cause instanceof ConnectionLost)) throw cause
    throw new F2fError('UNKNOWN_CONNECTION_LOST', 'The simulated connection was lost.', { cause })
  }
}

/** Rejects once the caller gives up: the request has arrived, so what it did is unknown. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(interrupted(signal)), { once: true })
  })

const interrupted = ({ reason }: AbortSignal): F2fError =>
  reason instanceof Error && reason.name === 'TimeoutError'
    ? new F2fError('UNKNOWN_TIMEOUT', 'No reply came in time.')
    : new F2fError('UNKNOWN_ABORTED', 'The caller gave up after the request had left.')
