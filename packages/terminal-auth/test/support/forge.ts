import { createPrivateKey, type JsonWebKey } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Jwk } from '../../src/index.ts'
import { grantClaims, TOKEN_TYPE } from '../../src/token/claims.ts'
import { AUDIENCE, EDDSA, ISSUER, TILL } from './back-end.ts'

export interface Forgery {
  readonly header?: Readonly<Record<string, unknown>>
  readonly claims?: Readonly<Record<string, unknown>>
  readonly key?: Jwk
}

/** Claims of a valid token, at that time in ms. */
const claimsAt = (now: number): Readonly<Record<string, unknown>> => {
  const iat = Math.floor(now / 1_000)
  const times = { iat, nbf: iat, exp: iat + 600, auth_time: iat }
  return { ...grantClaims(TILL, undefined), iss: ISSUER, aud: AUDIENCE, jti: 'a-token-of-sixteen', ...times }
}

/** A token signed by the real key unless told otherwise, that says whatever it is told; undefined takes a member out. */
export const forge = (now: number, { header, claims, key = EDDSA }: Forgery = {}): Promise<string> =>
  new SignJWT({ ...claimsAt(now), ...claims })
    .setProtectedHeader({ typ: TOKEN_TYPE, alg: key.alg ?? '', kid: key.kid ?? '', ...header })
    .sign(createPrivateKey({ key: key as JsonWebKey, format: 'jwk' }))

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The parts of a JWT, and how to put others in their place. */
export const tamper = (jwt: string) => {
  const [header = '', payload = '', signature = ''] = jwt.split('.')
  const read = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>
  return {
    withHeader: (over: object) => [part({ ...read(header), ...over }), payload, signature].join('.'),
    withClaims: (over: object) => [header, part({ ...read(payload), ...over }), signature].join('.'),
    withSignature: (text: string) => [header, payload, text].join('.'),
    signingInput: `${header}.${payload}`,
  }
}
