import { F2fError, isF2fError } from '@f2f/core'
import { errors, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from 'jose'
import { ALGORITHMS } from '../keys/jwk.ts'

/** Longer ones are refused before anything is decoded: a token of ours has well under 1,000 characters. */
const LONGEST = 4_096

const COMPACT = /^[\w-]+\.[\w-]+\.([\w-]+)$/

/** What a JWT must satisfy beside its signature. */
export interface JwtRules extends Omit<JWTVerifyOptions, 'algorithms' | 'currentDate' | 'clockTolerance'> {
  /** For the error: `token`, `proof`. */
  readonly what: string
  readonly typ: string
  /** ms since 1970. */
  readonly now: number
  /** ms */
  readonly clockTolerance: number
}

/** Says the same whatever is wrong; why is for the operator's logs, in `cause`. */
export const notValid = (what: string, cause?: unknown): F2fError =>
  new F2fError('AUTH_INVALID', `The ${what} is not valid.`, { cause })

/** One text for one signature: base64url readers pass over the unused bits of the last character. */
const isCanonical = (part: string): boolean => Buffer.from(part, 'base64url').toString('base64url') === part

/**
 * Refuses what cannot be a JWT of ours before anything in it is decoded.
 *
 * @throws F2fError `AUTH_INVALID`
 */
export const checkCompact = (what: string, jwt: string): void => {
  const signature = typeof jwt === 'string' && jwt.length <= LONGEST ? COMPACT.exec(jwt)?.[1] : undefined
  if (signature === undefined || !isCanonical(signature)) throw notValid(what)
}

/**
 * Verifies one JWT and returns its claims.
 *
 * @throws F2fError `AUTH_INVALID`, or what `keys` throws
 */
export const verifyJwt = async (jwt: string, keys: JWTVerifyGetKey, rules: JwtRules): Promise<JWTPayload> => {
  const { what, now, clockTolerance, ...checks } = rules
  checkCompact(what, jwt)
  try {
    const { payload } = await jwtVerify(jwt, keys, {
      ...checks,
      algorithms: [...ALGORITHMS],
      currentDate: new Date(now),
      clockTolerance: clockTolerance / 1_000,
    })
    return payload
  } catch (error) {
    if (isF2fError(error) || !(error instanceof errors.JOSEError)) throw error
    throw notValid(what, new Error(error.code))
  }
}

/**
 * The `jti` of a proof, short enough for a key of any store.
 *
 * @throws F2fError `AUTH_INVALID`
 */
export const readJti = (what: string, jti: unknown): string => {
  if (typeof jti !== 'string' || !/^[\w-]{16,64}$/.test(jti)) throw notValid(what)
  return jti
}
