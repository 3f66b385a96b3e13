import { F2fError } from '../errors.ts'
import type { Route } from './route.ts'

/** The routes of one path, by method, and what the path's variable segments say. */
export interface Match {
  readonly routes: ReadonlyMap<string, Route>
  readonly params: Readonly<Record<string, string>>
}

/** A path with variable segments. */
interface Place {
  readonly segments: readonly string[]
  readonly routes: ReadonlyMap<string, Route>
}

const VARIABLE = /^\{(\w+)\}$/
/** The address of a proxied request begins with scheme and host (RFC 9112 §3.2.2). */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i

/** A target's path and query, nothing resolved: `..`, `//` and encoded slashes are segments like any other. */
export const splitTarget = (target: string): { readonly path: string; readonly query: string } => {
  const local = target.startsWith('/') ? target : target.replace(ORIGIN, '')
  const mark = local.indexOf('?')
  return mark < 0 ? { path: local, query: '' } : { path: local.slice(0, mark), query: local.slice(mark + 1) }
}

/** The path below `basePath`; undefined when it lies elsewhere. */
export const below = (basePath: string, path: string): string | undefined =>
  path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : undefined

const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}

/** What the variable segments say, or undefined when the path is another one. */
const matchSegments = (pattern: readonly string[], actual: readonly string[]): Record<string, string> | undefined => {
  if (pattern.length !== actual.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, expected] of pattern.entries()) {
    const given = actual[index] ?? ''
    const name = VARIABLE.exec(expected)?.[1]
    const value = name === undefined ? undefined : decode(given)
    if (name === undefined ? given !== expected : value === undefined || value === '') return undefined
    if (name !== undefined && value !== undefined) params[name] = value
  }
  return params
}

/** Finds routes by path. */
export class Router {
  /** Paths without variable segments, by the path as it is sent. */
  readonly #fixed = new Map<string, Match>()
  readonly #places: Place[] = []
  readonly #basePath: string

  constructor(routes: readonly Route[], basePath: string) {
    this.#basePath = basePath
    const paths = new Map<string, Map<string, Route>>()
    for (const route of routes) {
      paths.set(route.path, (paths.get(route.path) ?? new Map<string, Route>()).set(route.method, route))
    }
    for (const [path, byMethod] of paths) {
      if (path.includes('{')) this.#places.push({ segments: path.split('/'), routes: byMethod })
      else this.#fixed.set(basePath + path, { routes: byMethod, params: {} })
    }
  }

  /** @throws F2fError `HTTP_ROUTE_NOT_FOUND` */
  find(path: string): Match {
    const fixed = this.#fixed.get(path)
    if (fixed !== undefined) return fixed
    const segments = below(this.#basePath, path)?.split('/') ?? []
    for (const place of this.#places) {
      const params = matchSegments(place.segments, segments)
      if (params !== undefined) return { routes: place.routes, params }
    }
    throw new F2fError('HTTP_ROUTE_NOT_FOUND', 'There is nothing at this address.')
  }
}

/** The methods of a path as an `Allow` header. */
export const allowOf = ({ routes }: Match): string =>
  [...routes.values()]
    .flatMap(({ method, isOnce }) => (method === 'GET' && isOnce !== true ? ['GET', 'HEAD'] : [method]))
    .join(', ')

/** @throws F2fError `HTTP_METHOD_NOT_ALLOWED` */
export const routeFor = (match: Match, method: string): Route => {
  const route = match.routes.get(method === 'HEAD' ? 'GET' : method)
  if (route !== undefined && !(method === 'HEAD' && route.isOnce === true)) return route
  throw new F2fError('HTTP_METHOD_NOT_ALLOWED', 'This address does not take that method.', {
    details: { allow: allowOf(match) },
  })
}
