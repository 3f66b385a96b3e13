import { F2fError, isF2fError } from '@f2f/core'
import { type HandlerOptions, problemResponse } from '@f2f/core/http'
import type { BackEnd } from '@f2f/demo-back-end'
import { f2f } from '@f2f/express'
import express, { type ErrorRequestHandler, type Express } from 'express'

/** Answers errors of this application's own routes as the payments' are answered; the rest is left to Express. */
const answerError: ErrorRequestHandler = async (error, _req, res, next) => {
  if (res.headersSent || !isF2fError(error)) return next(error)
  const problem = problemResponse(error)
  res
    .status(problem.status)
    .setHeaders(problem.headers)
    .end(await problem.text())
}

/** The application, with the payments below `/pay`. Who listens to the world keeps `/metrics` from it. */
export const createApp = ({ metrics, ...options }: HandlerOptions & Pick<BackEnd, 'metrics'>): Express => {
  const app = express()
  app.disable('x-powered-by')
  app.use('/pay', f2f(options))
  app.use(express.json()) // after the payments, which read their bodies themselves
  app.get('/metrics', metrics)
  app.get('/', (_req, res) => void res.json({ api: '/pay/openapi.json', health: '/pay/health', metrics: '/metrics' }))
  app.use((req) => {
    throw new F2fError('HTTP_ROUTE_NOT_FOUND', `There is no ${req.path} here.`)
  })
  return app.use(answerError)
}
