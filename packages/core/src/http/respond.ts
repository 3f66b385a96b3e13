import { type Answer, answer, type Call, type Respond, withoutBody } from './call.ts'
import { type Authenticate, admit } from './principal.ts'
import { refusal } from './problem.ts'
import type { Route, Shop } from './route.ts'
import { allowOf, Router, routeFor, splitTarget } from './router.ts'

export interface RespondOptions {
  readonly routes: readonly Route[]
  readonly authenticate: Authenticate
  readonly basePath: string
  readonly onProblem: Shop['onProblem']
}

/** Takes every call to its route: finds it, lets the caller in or not, turns errors into answers. */
export const respondWith = ({ routes, authenticate, basePath, onProblem }: RespondOptions): Respond => {
  const router = new Router(routes, basePath)

  const visit = async (route: Route, params: Readonly<Record<string, string>>, query: string, call: Call) => {
    const { operation, scopes } = route
    const caller = await admit(authenticate, () => call.head(), { operation, scopes, params })
    return route.handle({
      call,
      params,
      get query() {
        return new URLSearchParams(query)
      },
      caller,
    })
  }

  const guarded = async (route: Route, work: () => Promise<Answer>): Promise<Answer> => {
    try {
      return await work()
    } catch (error) {
      const movesMoney = route.scopes.some((scope) => scope === 'pay' || scope === 'refund') && route.method === 'POST'
      return refusal(error, (reported) => onProblem(reported, route.operation), movesMoney)
    }
  }

  return async (call) => {
    const { path, query } = splitTarget(call.target)
    try {
      const match = router.find(path)
      if (call.method === 'OPTIONS') return answer(204, { allow: `${allowOf(match)}, OPTIONS` })
      const route = routeFor(match, call.method)
      const found = await guarded(route, () => visit(route, match.params, query, call))
      return call.method === 'HEAD' ? await withoutBody(found) : found
    } catch (error) {
      return refusal(error, (reported) => onProblem(reported, 'none'), false)
    }
  }
}
