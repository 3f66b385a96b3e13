import { invalid } from './problem.ts'

/** A JSON object sent by a caller. */
export type JsonObject = Readonly<Record<string, unknown>>

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The JSON a caller sent; undefined for an empty body.
 *
 * @throws HttpProblem 400 when it is no JSON
 */
export const readJson = async (request: Request): Promise<unknown> => {
  const text = await request.text()
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('The body is not JSON.')
  }
}

/**
 * {@link readJson} that must be an object; an empty body counts as an empty one.
 *
 * @throws HttpProblem 400 when it is something else
 */
export const readJsonObject = async (request: Request): Promise<JsonObject> => {
  const value = (await readJson(request)) ?? {}
  if (!isJsonObject(value)) throw invalid('The body is not a JSON object.')
  return value
}
