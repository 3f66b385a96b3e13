import { invalid, unknownName } from './refuse.ts'

/** One member of a request's body: what is checked, and what openapi.json says of it. */
export interface Field {
  readonly type: 'string' | 'integer' | 'object'
  readonly required?: boolean
  readonly description: string
  /** Further words of JSON Schema for the reader; the cashier is who checks them. */
  readonly schema?: Readonly<Record<string, unknown>>
}

export type Fields = Readonly<Record<string, Field>>

interface ValueTypes {
  readonly string: string
  readonly integer: number
  readonly object: object
}

type ValueOf<F extends Field> = ValueTypes[F['type']]

/** The members of a body that {@link readFields} has checked. */
export type Values<F extends Fields> = {
  readonly [K in keyof F as F[K]['required'] extends true ? K : never]: ValueOf<F[K]>
} & {
  readonly [K in keyof F as F[K]['required'] extends true ? never : K]?: ValueOf<F[K]> | undefined
}

const holds: Readonly<Record<Field['type'], (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isSafeInteger(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
}

const RULES: Readonly<Record<Field['type'], string>> = {
  string: 'must be a string',
  integer: 'must be a whole number',
  object: 'must be an object',
}

/**
 * Holds a body against its fields: nothing unknown, nothing missing, nothing of another type.
 *
 * @throws F2fError `REQUEST_INVALID`, naming the member
 */
export const readFields = <F extends Fields>(body: Readonly<Record<string, unknown>>, fields: F): Values<F> => {
  for (const name of Object.keys(body)) {
    if (!Object.hasOwn(fields, name)) throw unknownName(name)
  }
  for (const [name, { type, required = false }] of Object.entries(fields)) {
    const value = body[name]
    if (value === undefined && required) throw invalid(name, 'is required')
    if (value !== undefined && !holds[type](value)) throw invalid(name, RULES[type])
  }
  return body as Values<F>
}

/** The fields as JSON Schema. */
export const fieldsSchema = (fields: Fields): Readonly<Record<string, unknown>> => ({
  type: 'object',
  additionalProperties: false,
  required: Object.entries(fields).flatMap(([name, { required }]) => (required === true ? [name] : [])),
  properties: Object.fromEntries(
    Object.entries(fields).map(([name, { type, description, schema }]) => [name, { type, description, ...schema }]),
  ),
})
