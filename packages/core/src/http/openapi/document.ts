import { callerPaths, callerSchemas } from './callers.ts'
import { paths } from './paths.ts'
import { reconciliationPaths, reconciliationSchemas } from './reconciliations.ts'
import { type Json, schemas } from './schemas.ts'

/** The API in OpenAPI 3.1, as `GET /openapi.json` answers it. */
export const openApiDocument: Json = {
  openapi: '3.1.1',
  info: {
    title: 'Face-to-Face payments',
    version: '1.0.0',
    description: 'Takes Alipay Face-to-Face payments (支付宝当面付) and sees each of them through to a settled end.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  // Beside the document itself, wherever the handler is mounted.
  servers: [{ url: '.' }],
  security: [{ bearer: [] }],
  paths: { ...paths, ...callerPaths, ...reconciliationPaths },
  components: {
    schemas: { ...schemas, ...callerSchemas, ...reconciliationSchemas },
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
  },
}
