import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import type { AbstractHttpAdapter } from '@nestjs/core'
import { type PlatformRequest, rawRequest } from './native.ts'

/** What tells a body parser that there is a body, and Fastify that one is needed. */
const BODY_HEADERS = ['content-length', 'content-type', 'transfer-encoding']

const HIDDEN = Symbol('f2f.hiddenHeaders')

type Hiding = IncomingMessage & { [HIDDEN]?: IncomingHttpHeaders }

/**
 * Nest reads every body before any controller is asked, and a signature covers bytes that are gone then. So requests of
 * ours look as if they had no body until the parsers are passed; every parser leaves such requests alone.
 */
const hideBody = (req: Hiding): void => {
  const { headers } = req
  const hidden: IncomingHttpHeaders = {}
  for (const name of BODY_HEADERS) {
    if (headers[name] === undefined) continue
    hidden[name] = headers[name]
    delete headers[name]
  }
  req[HIDDEN] = hidden
}

const showBody = (req: Hiding): void => void Object.assign(req.headers, req[HIDDEN])

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
