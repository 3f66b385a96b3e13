import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { authorisationRoutes } from '../authorisation/routes.ts'
import { billRoutes } from '../bill/routes.ts'
import { controlRoutes } from '../control/routes.ts'
import { ConnectionLost } from '../gateway/connection-lost.ts'
import { answerGateway } from '../gateway/gateway.ts'
import { Refusal } from '../ledger/refusal.ts'
import type { Simulation } from '../simulation.ts'
import { walletRoutes } from '../wallet/routes.ts'
import { HttpProblem, notFound } from './problem.ts'

const LARGEST_BODY = 8 * 1024 * 1024
const TOO_LARGE = new HttpProblem(413, 'TOO_LARGE', `The body has more than ${LARGEST_BODY} bytes.`)

/** Everything the simulator answers, at its paths. */
export const createApp = (simulation: Simulation): Hono => {
  const app = new Hono()
  app.use(bodyLimit({ maxSize: LARGEST_BODY, onError: () => TOO_LARGE.toResponse() }))
  app.on(['GET', 'POST'], '/gateway.do', (c) => answerGateway(simulation.world, c.req.raw))
  app.route('/', billRoutes(simulation.world))
  app.route('/oauth2', authorisationRoutes(simulation.world))
  app.route('/wallet', walletRoutes(simulation.world))
  app.route('/', controlRoutes(simulation))
  app.notFound(() => notFound('such route').toResponse())
  app.onError((error) => {
    if (error instanceof HttpProblem) return error.toResponse()
    if (error instanceof Refusal) return new HttpProblem(409, error.subCode, error.subMessage).toResponse()
    if (error instanceof ConnectionLost) throw error
    return new HttpProblem(500, 'INTERNAL', `The simulator failed: ${error.message}`).toResponse()
  })
  return app
}
