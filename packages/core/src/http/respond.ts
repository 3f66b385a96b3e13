import { answer, type Respond, withoutBody } from './call.ts'
import { type Authenticate, admit, NOBODY } from './principal.ts'
import { refusal } from './problem.ts'
import { type Route, type Shop, Visit } from './route.ts'
import { allowOf, Router, routeFor, splitTarget } from './router.ts'

export interface RespondOptions {
  readonly routes: readonly Route[]
  readonly authenticate: Authenticate
  readonly basePath: string
  readonly onProblem: Shop['onProblem']
}

const movesMoney = ({ method, scopes }: Route): boolean =>
  method === 'POST' && scopes.some((scope) => scope === 'pay' || scope === 'refund')

/**
 * Takes every call to its route: finds it, lets the caller in or not, turns errors into answers. One function waits for
 * all of that: for a notification, each further one would cost more than finding its route.
 */
export const respondWith = ({ routes, authenticate, basePath, onProblem }: RespondOptions): Respond => {
  const router = new Router(routes, basePath)

  return async (call) => {
    const { path, query } = splitTarget(call.target)
    let route: Route | undefined
    try {
      const match = router.find(path)
      if (call.method === 'OPTIONS') return answer(204, { allow: `${allowOf(match)}, OPTIONS` })
      route = routeFor(match, call.method)
      const { params } = match
      const caller =
        route.scopes.length === 0
          ? NOBODY
          : await admit(authenticate, call.head(), { operation: route.operation, scopes: route.scopes, params })
      const found = await route.handle(new Visit(call, params, query, caller))
      return call.method === 'HEAD' ? await withoutBody(found) : found
    } catch (error) {
      const operation = route?.operation ?? 'none'
      return refusal(error, (reported) => onProblem(reported, operation), route !== undefined && movesMoney(route))
    }
  }
}
