import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import type { AbstractHttpAdapter } from '@nestjs/core'
import { type PlatformRequest, rawRequest } from './native.ts'

/** What tells a body parser that there is a body, and Fastify that one is needed. */
const BODY_HEADERS: ReadonlySet<string> = new Set(['content-length', 'content-type', 'transfer-encoding'])

const hidden = new WeakMap<IncomingMessage, IncomingHttpHeaders>()

const setHeaders = (req: IncomingMessage, value: IncomingHttpHeaders): void => {
  Object.defineProperty(req, 'headers', { value, configurable: true, enumerable: true, writable: true })
}

/**
 * Nest reads every body before any controller is asked, and a signature covers bytes that are gone then. So requests of
 * ours look as if they had no body until the parsers are passed; every parser leaves such requests alone.
 */
const hideBody = (req: IncomingMessage): void => {
  const { headers } = req
  hidden.set(req, headers)
  setHeaders(req, Object.fromEntries(Object.entries(headers).filter(([name]) => !BODY_HEADERS.has(name))))
}

const showBody = (req: IncomingMessage): void => {
  const headers = hidden.get(req)
  if (headers !== undefined) setHeaders(req, headers)
}

type FastifyHook = (request: { readonly raw: IncomingMessage }, reply: unknown, done: () => void) => void

interface FastifyInstance {
  addHook(name: 'onRequest', hook: FastifyHook): unknown
}

/** Keeps the application's body parsers away from the requests that are `ours`. */
export const keepParsersAway = (
  adapter: AbstractHttpAdapter<Server>,
  isOurs: (req: IncomingMessage) => boolean,
): void => {
  const hide = (req: IncomingMessage): void => {
    if (isOurs(req)) hideBody(req)
  }
  if (adapter.getType() === 'fastify') {
    adapter.getInstance<FastifyInstance>().addHook('onRequest', ({ raw }, _reply, done) => {
      hide(raw)
      done()
    })
  } else {
    adapter.getHttpServer().prependListener('request', hide)
  }
}

/** The first guard of the controller: shows what the parsers were not to see. */
export const bodyGuard: CanActivate = {
  canActivate(context: ExecutionContext) {
    showBody(rawRequest(context.switchToHttp().getRequest<PlatformRequest>()))
    return true
  },
}
