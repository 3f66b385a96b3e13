import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type Handler, openApiDocument } from '../../src/http/index.ts'

interface Described {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>
}
interface Operation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, Described>>
}
type PathItem = Readonly<Record<string, Operation | undefined>>

const paths = openApiDocument.paths as Readonly<Record<string, PathItem>>

const ajv = new Ajv2020({ strict: true, allErrors: true })
addFormats(ajv)
ajv.addVocabulary(['components', 'paths', 'info', 'servers', 'security', 'openapi'])
ajv.addSchema(openApiDocument, 'openapi.json')

/** What is wrong with a value, by a schema of the document. */
export const faults = (schema: object, value: unknown): string => {
  const rooted = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi.json#/')) as object
  return ajv.validate(rooted, value) ? '' : ajv.errorsText()
}

const patterns = Object.entries(paths).map(([path, item]) => ({
  item,
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}))

/** Operations of which an answer has been held against the document, with its status. */
export const seen = new Set<string>()

const check = async (method: string, path: string, response: Response): Promise<void> => {
  const operation = patterns.find(({ pattern }) => pattern.test(path))?.item[method.toLowerCase()]
  if (operation === undefined) return
  const described = operation.responses[response.status]
  const where = `${method} ${path} ${response.status}`
  if (described === undefined) throw new Error(`${where} is not in the document: ${await response.text()}`)
  seen.add(`${operation.operationId} ${response.status}`)
  if (described.content === undefined) return
  const type = response.headers.get('content-type') ?? ''
  const schema = described.content[type]?.schema
  if (schema === undefined) throw new Error(`${where} has content type ${type}, which is not in the document`)
  if (type === 'text/event-stream') return
  const text = await response.text()
  const problem = faults(schema, type.includes('json') ? JSON.parse(text) : text)
  if (problem !== '') throw new Error(`${where}: ${problem}\n${text}`)
}

/** The same handler, which fails when it answers anything that its own document does not describe. */
export const heldToItsDocument =
  (handler: Handler, basePath: string): Handler =>
  async (request) => {
    const response = await handler(request)
    const { pathname } = new URL(request.url)
    const isStream = response.headers.get('content-type') === 'text/event-stream'
    await check(request.method, pathname.slice(basePath.length), isStream ? response : response.clone())
    return response
  }
