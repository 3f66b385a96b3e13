import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Call } from './call.ts'
import { nodeBodyStream, readNodeBody } from './node-body.ts'
import { withNodeRequest } from './node-request.ts'
import { splitTarget } from './router.ts'

/** Calls `gone` once when the client leaves before its answer is complete. */
export const onClientGone = (res: ServerResponse, gone: () => void): void => {
  if (res.destroyed) gone()
  else res.once('close', () => (res.writableFinished ? undefined : gone()))
}

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i

/**
 * The address as far as it can be told. A Host header that is none is ignored: one with a slash in it would become part
 * of the path.
 */
const addressOf = (req: IncomingMessage): string => {
  const host = String(req.headers.host ?? req.headers[':authority'] ?? '')
  const { path, query } = splitTarget(req.url ?? '/')
  const origin = `${'encrypted' in req.socket ? 'https' : 'http'}://${HOST.test(host) ? host : 'localhost'}`
  return `${origin}${path.startsWith('/') ? '' : '/'}${path}${query === '' ? '' : `?${query}`}`
}

const headersOf = ({ rawHeaders }: IncomingMessage): Headers => {
  const headers = new Headers()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    // HTTP/2 carries method and address in headers of its own.
    if (!name.startsWith(':')) headers.append(name, rawHeaders[index + 1] ?? '')
  }
  return headers
}

/** A Node request as a call. */
export const nodeCall = (req: IncomingMessage, res: ServerResponse): Call => {
  const method = req.method ?? 'GET'
  let controller: AbortController | undefined
  const signal = (): AbortSignal => {
    if (controller === undefined) {
      const made = new AbortController()
      controller = made
      onClientGone(res, () => made.abort())
    }
    return controller.signal
  }
  return {
    method,
    target: req.url ?? '/',
    header(name) {
      const value = req.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    body: (limit) => readNodeBody(req, limit),
    get signal() {
      return signal()
    },
    head: () => withNodeRequest(new Request(addressOf(req), { method, headers: headersOf(req) }), req),
    request() {
      const body = method === 'GET' || method === 'HEAD' ? null : nodeBodyStream(req)
      const init: RequestInit & { duplex: 'half' } = { method, headers: headersOf(req), body, duplex: 'half' }
      return withNodeRequest(new Request(addressOf(req), { ...init, signal: signal() }), req)
    },
  }
}
