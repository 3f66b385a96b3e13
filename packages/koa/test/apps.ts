import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { KoaMiddleware } from '@f2f/koa'
import { bodyParser } from '@koa/bodyparser'
import Koa3 from 'koa'
import mount from 'koa-mount'
import Koa2 from 'koa2'
import { onTestFinished } from 'vitest'

/** What an application does around the middleware under test. */
export interface Surroundings {
  readonly before?: KoaMiddleware
  /** Where the middleware is mounted. Default: at the root. */
  readonly mountPath?: string
  readonly onError?: (error: unknown) => void
}

interface KoaApp {
  use(middleware: KoaMiddleware): unknown
  on(event: 'error', listener: (error: unknown) => void): unknown
  callback(): RequestListener
}

const dress = (
  app: KoaApp,
  middleware: KoaMiddleware,
  { before, mountPath, onError }: Surroundings,
): RequestListener => {
  app.on('error', (error) => onError?.(error))
  app.use(async (ctx, next) => {
    ctx.res.setHeader('x-app', 'koa')
    Object.assign(ctx.state, { user: 'ann' })
    await next()
  })
  if (before !== undefined) app.use(before)
  app.use(mountPath === undefined ? middleware : (mount(mountPath, middleware as Koa3.Middleware) as KoaMiddleware))
  app.use(async (ctx) => void Object.assign(ctx, { body: 'the app' }))
  return app.callback()
}

/** Koa's own body parser, which keeps the raw body as text. */
export const parser = bodyParser() as KoaMiddleware

/** The same application on either major. */
export const KOAS: readonly (readonly [name: string, build: (m: KoaMiddleware, s: Surroundings) => RequestListener])[] =
  [
    ['Koa 2', (middleware, around) => dress(new Koa2(), middleware, around)],
    ['Koa 3', (middleware, around) => dress(new Koa3(), middleware, around)],
  ]

/** Serves an application on a port of its own. */
export const serve = async (app: RequestListener): Promise<{ readonly url: string; close(): Promise<void> }> => {
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Serves an application until the test is over. */
export const served = async (app: RequestListener): Promise<string> => {
  const { url, close } = await serve(app)
  onTestFinished(close)
  return url
}
