import { F2fError, isF2fError } from '@f2f/core'
import { type HandlerOptions, problemResponse } from '@f2f/core/http'
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

const home: Middleware = (ctx) => {
  if (ctx.path !== '/') throw new F2fError('HTTP_ROUTE_NOT_FOUND', `There is no ${ctx.path} here.`)
  ctx.body = { api: '/pay/openapi.json', health: '/pay/health' }
}

/** The application, with the payments below `/pay`. */
export const createApp = (options: HandlerOptions): Koa => {
  const app = new Koa()
  app.use(answerErrors)
  app.use(f2f({ ...options, basePath: '/pay' }))
  app.use(home)
  return app
}
