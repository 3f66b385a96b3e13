import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  createHandler,
  createNotifyHandler,
  type Handler,
  type HandlerOptions,
  type NotifyHandlerOptions,
  nodeRequest,
  toNodeListener,
} from '@f2f/core/http'

/** What is used of a Koa context, 2 or 3. */
export interface KoaContext {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  /** Koa's body parsers keep `rawBody` here. */
  readonly request: object
  readonly state: object
  respond?: boolean
}

/** Middleware as Koa 2 and 3 take it. */
export type KoaMiddleware = (ctx: KoaContext, next: () => Promise<unknown>) => Promise<void>

/** Kept on Node's request itself: entries of a WeakMap outlive their requests until the whole heap is collected. */
const CONTEXT = Symbol('f2f.koaContext')

type WithContext = IncomingMessage & { [CONTEXT]?: KoaContext }

/** The context behind a request that `authenticate` is given: for one that goes by `ctx.state`. */
export const koaContext = (request: Request): KoaContext | undefined =>
  (nodeRequest(request) as WithContext | undefined)?.[CONTEXT]

/** Puts what Koa's body parsers have kept where those of other frameworks put it. */
const keepRawBody = ({ req, request }: KoaContext): void => {
  if ('rawBody' in request) Object.assign(req, { rawBody: request.rawBody })
}

const middleware = (handler: Handler): KoaMiddleware => {
  const listener = toNodeListener(handler)
  return async (ctx, next) => {
    const handedOn: { readonly error: unknown }[] = []
    keepRawBody(ctx)
    ;(ctx.req as WithContext)[CONTEXT] = ctx
    await listener(ctx.req, ctx.res, (error) => handedOn.push({ error }))
    const [handed] = handedOn
    if (handed === undefined) ctx.respond = false
    else if (handed.error === undefined) await next()
    else throw handed.error
  }
}

/**
 * The HTTP API of a cashier:
 *
 * ```ts
 * app.use(f2f({ cashier, authenticate, basePath: '/pay' }))
 * ```
 *
 * Mount it before any body parser, or after one that keeps `ctx.request.rawBody`. Paths outside `basePath` go on to the
 * next middleware. Errors nobody planned for are thrown; all others are answered as problems.
 *
 * @param options - those of `createHandler`. `authenticate` finds the context with `koaContext(request)`
 * @throws F2fError `CONFIG_INVALID`
 */
export const f2f = (options: HandlerOptions): KoaMiddleware => middleware(createHandler(options))

/**
 * Alipay's notifications, verified, for those who keep their own books:
 *
 * ```ts
 * router.post('/alipay/notify', alipayNotify({ alipay, onNotify }))
 * ```
 *
 * Alipay is told `success` only when `onNotify` has resolved; what it throws is thrown on, and Alipay sends again.
 *
 * @param options - those of `createNotifyHandler`
 * @throws F2fError `CONFIG_INVALID`
 */
export const alipayNotify = (options: NotifyHandlerOptions): KoaMiddleware => middleware(createNotifyHandler(options))
