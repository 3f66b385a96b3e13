import { F2fError, isF2fError } from '@f2f/core'
import { type HandlerOptions, problemResponse } from '@f2f/core/http'
import type { BackEnd } from '@f2f/demo-back-end'
import { f2f } from '@f2f/koa'
import Koa, { type Middleware } from 'koa'

/** Answers errors of this application's own routes as the payments' are answered; the rest is left to Koa. */
const answerErrors: Middleware = async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (!isF2fError(error)) throw error
    const problem = problemResponse(error)
    ctx.status = problem.status
    ctx.set(Object.fromEntries(problem.headers))
    ctx.body = await problem.text()
  }
}

const scraped =
  (metrics: BackEnd['metrics']): Middleware =>
  (ctx, next) => {
    if (ctx.path !== '/metrics' || ctx.method !== 'GET') return next()
    ctx.respond = false // the exporter writes to Node's own response
    metrics(ctx.req, ctx.res)
  }

const home: Middleware = (ctx) => {
  if (ctx.path !== '/') throw new F2fError('HTTP_ROUTE_NOT_FOUND', `There is no ${ctx.path} here.`)
  ctx.body = { api: '/pay/openapi.json', health: '/pay/health', metrics: '/metrics' }
}

/** The application, with the payments below `/pay`. Who listens to the world keeps `/metrics` from it. */
export const createApp = ({ metrics, ...options }: HandlerOptions & Pick<BackEnd, 'metrics'>): Koa => {
  const app = new Koa()
  app.use(answerErrors)
  app.use(f2f({ ...options, basePath: '/pay' }))
  app.use(scraped(metrics))
  app.use(home)
  return app
}
