import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { createHandler, type HandlerOptions, openApiDocument, problemView } from '../../src/http/index.ts'
import { ERROR_CODES, F2fError, type F2fErrorCode } from '../../src/index.ts'
import { httpShop } from '../../src/testing/index.ts'
import { faults } from './described.ts'

type Operation = { readonly operationId: string; readonly security?: readonly object[] }
const paths = openApiDocument.paths as Readonly<Record<string, Readonly<Record<string, Operation>>>>
const schemas = (openApiDocument.components as { schemas: Readonly<Record<string, object>> }).schemas
const METHODS = ['get', 'post']

/** Everything a handler can serve. */
const whole = (): HandlerOptions => ({
  ...httpShop(),
  authorisations: { startUrl: async () => 'https://openauth.test/', callback: async () => undefined },
})

describe('openapi.json', () => {
  test('has no fault a public validator knows of', async () => {
    const validator = new Validator()
    expect(await validator.validate(structuredClone(openApiDocument))).toMatchObject({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test.each(Object.keys(paths))('describes exactly the methods that %s takes', async (path) => {
    const handler = createHandler(whole())
    const address = `http://till${path.replaceAll(/\{\w+\}/g, 'X1')}`
    const allowed = (await handler(new Request(address, { method: 'OPTIONS' }))).headers.get('allow') ?? ''
    const described = METHODS.filter((method) => paths[path]?.[method] !== undefined)
    const taken = METHODS.filter((method) => allowed.split(', ').includes(method.toUpperCase()))
    expect(taken).toEqual(described)
  })

  test('says of each operation who may call it, as the handler has it', async () => {
    for (const [path, item] of Object.entries(paths)) {
      for (const method of METHODS) {
        const operation = item[method]
        if (operation === undefined) continue
        const asked: unknown[] = []
        const authenticate = (
          _: Request,
          { operation: id, scopes }: { operation: string; scopes: readonly string[] },
        ) => {
          asked.push([id, scopes.map((scope) => ({ bearer: [scope] }))])
          return undefined
        }
        const handler = createHandler({ ...whole(), authenticate })
        await handler(new Request(`http://till${path.replaceAll(/\{\w+\}/g, 'X1')}`, { method: method.toUpperCase() }))
        expect(asked).toEqual(operation.security?.length === 0 ? [] : [[operation.operationId, operation.security]])
      }
    }
  })

  test('describes every error as a problem', () => {
    for (const code of Object.keys(ERROR_CODES) as F2fErrorCode[]) {
      const problem = problemView(new F2fError(code, 'What happened.', { details: { field: 'subject' } }))
      expect(faults(schemas.Problem as object, JSON.parse(JSON.stringify(problem)))).toBe('')
    }
  })

  test('is found beside the routes, wherever they are mounted', async () => {
    const handler = createHandler({ ...httpShop(), basePath: '/a/b' })
    const document = (await (await handler(new Request('http://till/a/b/openapi.json'))).json()) as {
      servers: { url: string }[]
    }
    const base = new URL(document.servers[0]?.url ?? '', 'http://till/a/b/openapi.json')
    expect(base.pathname).toBe('/a/b/')
  })
})
