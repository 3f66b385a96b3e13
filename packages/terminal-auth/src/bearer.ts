import { notValid } from './token/verify-jwt.ts'

/**
 * The token of an `Authorization: Bearer` header (RFC 6750 §2.1), the only place one is taken from.
 *
 * @returns undefined when the header is missing or of another scheme
 * @throws F2fError `AUTH_INVALID` when what it brings can be no token
 */
export const bearerToken = (header: string | null): string | undefined => {
  if (header === null || !/^bearer(?: |$)/i.test(header)) return undefined
  const token = /^bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1]
  if (token === undefined) throw notValid('token')
  return token
}
