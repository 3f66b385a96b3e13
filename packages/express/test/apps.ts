import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ExpressMiddleware } from '@f2f/express'
import express5 from 'express'
import express4 from 'express4'
import { onTestFinished } from 'vitest'

/** What an application does before the middleware under test, and with errors. */
export interface Surroundings {
  readonly before?: readonly ('json' | 'urlencoded' | 'raw')[]
  readonly keepRawBody?: boolean
  /** Where the middleware is mounted. Default: at the root. */
  readonly mountPath?: string
  readonly onError?: (error: unknown) => void
}

const keep = (req: object, _: unknown, rawBody: Buffer): void => void Object.assign(req, { rawBody })

const options = ({ keepRawBody }: Surroundings) => (keepRawBody === true ? { verify: keep } : {})

const build4 = (middleware: ExpressMiddleware, around: Surroundings): RequestListener => {
  const app = express4()
  const { before = [], mountPath = '/', onError } = around
  app.use((_req, res, next) => {
    res.setHeader('x-app', 'express')
    next()
  })
  if (before.includes('json')) app.use(express4.json(options(around)))
  if (before.includes('urlencoded')) app.use(express4.urlencoded({ extended: true, ...options(around) }))
  if (before.includes('raw')) app.use(express4.raw({ type: () => true }))
  app.use(mountPath, middleware)
  app.get('/elsewhere', (_req, res) => void res.send('the app'))
  const failed: express4.ErrorRequestHandler = (error, _req, res, _next) => {
    onError?.(error)
    res.status(500).send('the app failed')
  }
  return app.use(failed)
}

const build5 = (middleware: ExpressMiddleware, around: Surroundings): RequestListener => {
  const app = express5()
  const { before = [], mountPath = '/', onError } = around
  app.use((_req, res, next) => {
    res.setHeader('x-app', 'express')
    next()
  })
  if (before.includes('json')) app.use(express5.json(options(around)))
  if (before.includes('urlencoded')) app.use(express5.urlencoded({ extended: true, ...options(around) }))
  if (before.includes('raw')) app.use(express5.raw({ type: () => true }))
  app.use(mountPath, middleware)
  app.get('/elsewhere', (_req, res) => void res.send('the app'))
  const failed: express5.ErrorRequestHandler = (error, _req, res, _next) => {
    onError?.(error)
    res.status(500).send('the app failed')
  }
  return app.use(failed)
}

export type Build = (middleware: ExpressMiddleware, around: Surroundings) => RequestListener

/** The same application on either major. */
export const EXPRESSES: readonly (readonly [name: string, build: Build])[] = [
  ['Express 4', build4],
  ['Express 5', build5],
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
