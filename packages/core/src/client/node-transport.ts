import type { ClientRequest, IncomingMessage } from 'node:http'
import type { SecureContextOptions } from 'node:tls'
import { F2fError } from '../errors.ts'
import { asBuffer } from '../protocol/charset.ts'
import type { Transport, TransportRequest, TransportResponse } from '../transport.ts'
import { interruption } from './interruption.ts'
import { createAgents } from './keep-alive-agents.ts'
import { readBody } from './read-body.ts'
import { createTargetReader } from './request-target.ts'

/** {@link Transport} on `node:http` and `node:https`. */
export interface NodeTransport extends Transport {
  /** Closes the idle connections. Calls under way go on; later calls open new connections. */
  close(): void
}

export interface NodeTransportOptions {
  /** Certificate authorities to trust instead of Node's own, for example those of a company's proxy. */
  readonly ca?: SecureContextOptions['ca']
}

const notSent = (cause: unknown): F2fError =>
  new F2fError('NOT_SENT', 'The connection to the gateway could not be opened.', { cause })

const lost = (cause: unknown): F2fError =>
  new F2fError('UNKNOWN_CONNECTION_LOST', 'The connection broke after the request may have left.', { cause })

/** A request that cannot even be opened, because its address is none or its headers hold a line end, never leaves. */
const tryOpen = (open: () => ClientRequest): ClientRequest => {
  try {
    return open()
  } catch (cause) {
    throw notSent(cause)
  }
}

const flatten = (headers: IncomingMessage['headers']): Record<string, string> => {
  const flat: Record<string, string> = {}
  for (const name of Object.keys(headers)) {
    const value = headers[name]
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}

/** Calls `write` as soon as bytes can reach the other side: the socket is connected and, with TLS, its peer is proven. */
const onceConnected = (request: ClientRequest, write: () => void): void => {
  request.once('socket', (socket) => {
    if (request.reusedSocket || !socket.connecting) write()
    else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', write)
  })
}

/**
 * The default transport: one connection pool of its own, no retry, no redirect, no compression asked for, bounded
 * replies. It writes nothing before the connection stands, so an earlier failure is `NOT_SENT` for certain; every
 * later one is `UNKNOWN_CONNECTION_LOST`.
 *
 * A kept connection can be closed by the other side in the very moment it is used again. Whether the request still
 * arrived cannot be known, so this too is unknown and never sent again. `createAgents` keeps the moment short.
 */
export const createNodeTransport = (options: NodeTransportOptions = {}): NodeTransport => {
  const agents = createAgents(options)
  const readTarget = createTargetReader()

  const open = ({ url, method, headers, body }: TransportRequest): ClientRequest => {
    const { options: target, host } = readTarget(url)
    // Headers as a list are written as they are; as an object, node:http keeps books about every one.
    const lines = ['Host', host, 'Content-Length', String(body.length), ...Object.entries(headers).flat()]
    return agents.request({ ...target, method, headers: lines })
  }

  const exchange = (request: TransportRequest): Promise<TransportResponse> =>
    new Promise((resolve, reject) => {
      const { signal, body, maxReplyBytes } = request
      if (signal.aborted) {
        reject(interruption(signal, false))
        return
      }
      let written = false
      const outgoing = tryOpen(() => open(request))
      const giveUp = (): void => {
        reject(interruption(signal, written))
        outgoing.destroy()
      }
      outgoing.on('error', (cause) => reject(written ? lost(cause) : notSent(cause)))
      outgoing.once('close', () => signal.removeEventListener('abort', giveUp))
      signal.addEventListener('abort', giveUp)
      onceConnected(outgoing, () => {
        written = true
        // The same bytes as a text of one byte each: node:http sends a text in one piece with the headers.
        outgoing.end(asBuffer(body).toString('latin1'), 'latin1')
      })
      outgoing.once('response', (reply) => {
        agents.heed(reply)
        readBody(reply, maxReplyBytes).then((bytes) => {
          resolve({ status: reply.statusCode ?? 0, headers: flatten(reply.headers), body: bytes })
        }, reject)
      })
    })

  return Object.assign(exchange, { close: () => agents.close() })
}
