import { openApiDocument } from '@f2f/core/http'
import { code, generated, table } from './markdown.ts'
import { ROUTE_WORDS } from './words/routes.ts'
import type { Language } from './words/states.ts'

interface Operation {
  readonly summary: string
  readonly security: readonly { readonly bearer?: readonly string[] }[]
  readonly responses: Readonly<Record<string, unknown>>
}

const HEADS = {
  en: { head: ['route', 'does', 'scopes (one of)', 'answers'], open: 'open to all' },
  zh: { head: ['接口', '作用', '权限（其一）', '应答状态码'], open: '不需要令牌' },
} as const

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

const operations = (): readonly { readonly route: string; readonly operation: Operation }[] =>
  Object.entries(openApiDocument.paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>).flatMap(
    ([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method]
        return operation === undefined ? [] : [{ route: `${method.toUpperCase()} ${path}`, operation }]
      }),
  )

const chinese = (route: string): string => {
  const words = ROUTE_WORDS[route]
  if (words === undefined) throw new Error(`docs/generate/words/routes.ts has no Chinese words for ${route}`)
  return words
}

const checkNothingExtra = (routes: readonly string[]): void => {
  const extra = Object.keys(ROUTE_WORDS).find((route) => !routes.includes(route))
  if (extra !== undefined) throw new Error(`docs/generate/words/routes.ts describes ${extra}, which does not exist`)
}

export const routeTable = (language: Language): string => {
  const all = operations()
  checkNothingExtra(all.map(({ route }) => route))
  const rows = all.map(({ route, operation: { summary, security, responses } }) => {
    const scopes = security.flatMap(({ bearer = [] }) => bearer)
    return [
      code(route),
      language === 'en' ? summary : chinese(route),
      scopes.length === 0 ? HEADS[language].open : scopes.map(code).join(' '),
      Object.keys(responses).join(' '),
    ]
  })
  return generated(table(HEADS[language].head, rows))
}
