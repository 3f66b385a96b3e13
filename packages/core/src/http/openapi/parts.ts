import { type Json, ref } from './schemas.ts'

export const jsonContent = (schema: string): Json => ({ 'application/json': { schema: ref(schema) } })

export const body = (schema: string, required = true): Json => ({ required, content: jsonContent(schema) })

export const reply = (description: string, schema: string, headers?: Json): Json => ({
  description,
  content: jsonContent(schema),
  ...(headers === undefined ? {} : { headers }),
})

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request breaks a rule.',
  401: 'Nobody known is calling.',
  403: 'The caller may not do this.',
  404: 'There is no such payment or refund, or the caller may not see it.',
  409: 'The books say otherwise.',
  413: 'The body is too long.',
  415: 'The body is not JSON.',
  429: 'Too many wrong attempts: wait as long as Retry-After says.',
  500: 'The back end failed.',
  502: 'Alipay refused, or its answer cannot be used.',
  503: 'The store cannot be reached, or the back end is closing.',
  504: 'Alipay has not answered.',
}

export const problems = (...statuses: readonly number[]): Json =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: PROBLEMS[status], content: { 'application/problem+json': { schema: ref('Problem') } } },
    ]),
  )

export const location: Json = { Location: { schema: { type: 'string', format: 'uri-reference' } } }

export const needs = (...scopes: readonly string[]): readonly Json[] => scopes.map((scope) => ({ bearer: [scope] }))
export const LOOK = needs('watch', 'pay', 'refund', 'reconcile')

export const query = (name: string, schema: Json, description: string, more: Json = {}): Json => ({
  name,
  in: 'query',
  schema,
  description,
  ...more,
})
