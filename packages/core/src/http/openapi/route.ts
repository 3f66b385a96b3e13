import { answer } from '../call.ts'
import type { Route } from '../route.ts'
import { openApiDocument } from './document.ts'

const PATH = '/openapi.json'

/** The document without what this back end was not given. */
const textOf = (served: readonly Route[]): string => {
  const known = new Set([...served.map(({ path }) => path), PATH])
  const here = Object.fromEntries(Object.entries(openApiDocument.paths as object).filter(([path]) => known.has(path)))
  return JSON.stringify({ ...openApiDocument, paths: here })
}

/** GET /openapi.json, describing the other routes */
export const openApiRoutes = (served: readonly Route[]): readonly Route[] => {
  const text = textOf(served)
  return [
    {
      operation: 'openapi',
      method: 'GET',
      path: PATH,
      scopes: [],
      handle: async () => answer(200, { 'content-type': 'application/json' }, text),
    },
  ]
}
