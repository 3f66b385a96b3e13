import { F2fError } from '../errors.ts'
import type { Call } from './call.ts'

const JSON_TYPE = /^application\/json\s*(?:;|$)/i
const OTHER_CHARSET = /;\s*charset\s*=\s*(?!"?utf-?8"?\s*(?:;|$))/i

const notJson = (): F2fError => new F2fError('HTTP_BODY_NOT_JSON', 'The body is not application/json in UTF-8.')

const malformed = (): F2fError => new F2fError('HTTP_BODY_MALFORMED', 'The body is not a JSON object.')

const checkType = (call: Call): void => {
  const type = call.header('content-type') ?? ''
  const encoding = call.header('content-encoding') ?? 'identity'
  if (!JSON_TYPE.test(type) || OTHER_CHARSET.test(type) || encoding !== 'identity') throw notJson()
}

const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    // What JSON.parse says quotes the body, which may hold a payment code.
    throw malformed()
  }
}

/**
 * The JSON object a request brings; none is an empty object.
 *
 * @throws F2fError `HTTP_BODY_NOT_JSON`, `HTTP_BODY_MALFORMED`, `HTTP_BODY_TOO_LARGE`, `HTTP_BODY_CONSUMED`
 */
export const readJson = async (call: Call, limit: number): Promise<Readonly<Record<string, unknown>>> => {
  if (call.header('content-type') !== undefined) checkType(call)
  const bytes = await call.body(limit)
  if (bytes.byteLength === 0) return {}
  checkType(call)
  const value = parse(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed()
  return value as Readonly<Record<string, unknown>>
}
