import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Call } from './call.ts'
import { nodeBodyStream, readNodeBody } from './node-body.ts'
import { withNodeRequest } from './node-request.ts'
import { splitTarget } from './router.ts'

/** Calls `gone` once when the client leaves before its answer is complete; the returned function ends that. */
export const onClientGone = (res: ServerResponse, gone: () => void): (() => void) => {
  const closed = (): void => (res.writableFinished ? undefined : gone())
  if (res.destroyed) gone()
  else res.on('close', closed)
  return () => void res.off('close', closed)
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

class NodeCall implements Call {
  readonly #req: IncomingMessage
  readonly #res: ServerResponse

  constructor(req: IncomingMessage, res: ServerResponse) {
    this.#req = req
    this.#res = res
  }

  get method(): string {
    return this.#req.method ?? 'GET'
  }

  get target(): string {
    return this.#req.url ?? '/'
  }

  header(name: string): string | undefined {
    const value = this.#req.headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }

  body(limit: number): Promise<Uint8Array> {
    return readNodeBody(this.#req, limit)
  }

  whenGone(gone: () => void): () => void {
    return onClientGone(this.#res, gone)
  }

  head(): Request {
    return this.#asRequest({})
  }

  request(): Request {
    const body = this.method === 'GET' || this.method === 'HEAD' ? null : nodeBodyStream(this.#req)
    const controller = new AbortController()
    onClientGone(this.#res, () => controller.abort())
    const init: RequestInit & { duplex: 'half' } = { body, duplex: 'half', signal: controller.signal }
    return this.#asRequest(init)
  }

  #asRequest(init: RequestInit): Request {
    const { method } = this
    return withNodeRequest(
      new Request(addressOf(this.#req), { ...init, method, headers: headersOf(this.#req) }),
      this.#req,
    )
  }
}

/** A Node request as a call. */
export const nodeCall = (req: IncomingMessage, res: ServerResponse): Call => new NodeCall(req, res)
