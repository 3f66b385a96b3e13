import { F2fError } from '../errors.ts'

/** What Alipay sends a merchant back with (protocol §10). */
export interface Returned {
  readonly state: string
  readonly appId: string
  readonly code: string
}

const refuse = (field: string, rule: string): F2fError =>
  new F2fError('REQUEST_INVALID', `${field} ${rule}.`, { details: { field, rule } })

const one = (query: URLSearchParams, name: string): string => {
  const [value, ...more] = query.getAll(name)
  if (value === undefined || more.length > 0 || !/^[\w-]{1,64}$/.test(value))
    throw refuse(name, 'is not as Alipay sends it')
  return value
}

/**
 * Reads the query of the address the merchant came back to. Members nobody asks for are left alone.
 *
 * @throws F2fError `REQUEST_INVALID`, naming the member and never its value
 */
export const readReturned = (query: URLSearchParams): Returned => ({
  state: one(query, 'state'),
  appId: one(query, 'app_id'),
  code: one(query, 'app_auth_code'),
})
