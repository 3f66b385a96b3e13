import { answer } from '../call.ts'
import type { Route } from '../route.ts'
import { openApiDocument } from './document.ts'

/** GET /openapi.json */
export const openApiRoutes = (): readonly Route[] => {
  const text = JSON.stringify(openApiDocument)
  return [
    {
      operation: 'openapi',
      method: 'GET',
      path: '/openapi.json',
      scopes: [],
      handle: async () => answer(200, { 'content-type': 'application/json' }, text),
    },
  ]
}
