import type { IncomingMessage, ServerResponse } from 'node:http'
import { nodeRequest } from '@f2f/core/http'

/** A Fastify request, as far as it is needed. */
interface FastifyRequestLike {
  readonly raw: IncomingMessage
  /** The body's bytes, when the application was made with `rawBody: true` and Fastify has parsed the body. */
  readonly rawBody?: unknown
}

/** A Fastify reply, as far as it is needed. */
interface FastifyReplyLike {
  readonly raw: ServerResponse
  getHeaders(): Readonly<Record<string, string | number | readonly string[] | undefined>>
  hijack(): unknown
}

/** What Nest hands to `@Req()`: Express gives Node's own request. */
export type PlatformRequest = IncomingMessage | FastifyRequestLike
/** What Nest hands to `@Res()`. */
export type PlatformResponse = ServerResponse | FastifyReplyLike

/** Kept on Node's request itself: entries of a WeakMap outlive their requests until the whole heap is collected. */
const PLATFORM = Symbol('f2f.platformRequest')

type WithPlatform = IncomingMessage & { [PLATFORM]?: PlatformRequest }

/** Node's request, with what Fastify has kept of its body. */
export const rawRequest = (request: PlatformRequest): IncomingMessage => {
  if (!('raw' in request)) return request
  const { rawBody } = request
  const raw: WithPlatform = request.raw
  raw[PLATFORM] = request
  return rawBody === undefined ? raw : Object.assign(raw, { rawBody })
}

/** Node's response, taken out of Fastify's hands with the headers (of CORS, for one) that it holds. */
export const rawResponse = (response: PlatformResponse): ServerResponse => {
  if (!('raw' in response)) return response
  const { raw } = response
  for (const [name, value] of Object.entries(response.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value)
  }
  response.hijack()
  return raw
}

/**
 * The request as Nest's guards have seen it, so that `authenticate` can use what they have put on it:
 *
 * ```ts
 * const authenticate: Authenticate = (request) => nestRequest<{ user?: Principal }>(request)?.user
 * ```
 *
 * @typeParam T - what is expected to be on it
 * @param request - what `authenticate` was given
 * @returns Express's request or Fastify's
 */
export const nestRequest = <T>(request: Request): T | undefined => {
  const raw: WithPlatform | undefined = nodeRequest(request)
  return raw && ((raw[PLATFORM] ?? raw) as T)
}
