import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  createHandler,
  createNotifyHandler,
  type Handler,
  type HandlerOptions,
  type NotifyHandlerOptions,
  toNodeListener,
} from '@f2f/core/http'

/** Middleware as Express 4 and 5 take it. */
export type ExpressMiddleware = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void

const middleware = (handler: Handler): ExpressMiddleware => {
  const listener = toNodeListener(handler)
  return (req, res, next) => {
    listener(req, res, next).catch(next)
  }
}

/**
 * The HTTP API of a cashier:
 *
 * ```ts
 * app.use('/pay', f2f({ cashier, authenticate }))
 * ```
 *
 * Mount it before any body parser, or have the parser keep `req.rawBody`. With `basePath` instead of a mount path, other
 * paths go on to the next middleware. Errors nobody planned for go to `next`; all others are answered as problems.
 *
 * @param options - those of `createHandler`. `authenticate` finds Express's own request with `nodeRequest(request)`
 * @throws F2fError `CONFIG_INVALID`
 */
export const f2f = (options: HandlerOptions): ExpressMiddleware => middleware(createHandler(options))

/**
 * Alipay's notifications, verified, for those who keep their own books:
 *
 * ```ts
 * app.post('/alipay/notify', alipayNotify({ alipay, onNotify }))
 * ```
 *
 * Alipay is told `success` only when `onNotify` has resolved; what it throws goes to `next`, and Alipay sends again.
 *
 * @param options - those of `createNotifyHandler`
 * @throws F2fError `CONFIG_INVALID`
 */
export const alipayNotify = (options: NotifyHandlerOptions): ExpressMiddleware =>
  middleware(createNotifyHandler(options))
