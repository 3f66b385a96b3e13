import type { OpenMembers, Reply } from './reply.ts'
import { type Breach, id, type Members, oneOf, type Rule, shape } from './rules.ts'

/**
 * alipay.open.auth.token.app: gets or renews the token with which a service provider acts for a merchant.
 *
 * `code` is the `app_auth_code` of the redirect: used once, within 24 hours, at most 40 characters. `refresh_token` is
 * the last `app_refresh_token`, at most 40 characters.
 *
 * Fails with `APP_NOT_ISV`, `GRANT_TYPE_INVALID`, `APP_ID_NOT_CONSISTENT`, `AUTH_CODE_NOT_EXIST`,
 * `AUTH_CODE_NOT_VALID`, `AUTH_TOKEN_NOT_FOUND`, `REFRESH_TOKEN_NOT_VALID`, `REFRESH_TOKEN_NOT_EXIST` or
 * `REFRESH_TOKEN_TIME_OUT`. Source: protocol §10.
 */
export type AppAuthTokenRequest = OpenMembers &
  (
    | { readonly grant_type: 'authorization_code'; readonly code: string; readonly refresh_token?: undefined }
    | { readonly grant_type: 'refresh_token'; readonly refresh_token: string; readonly code?: undefined }
  )

/** A token and what it opens. A secret. Source: protocol §10. */
export interface AppAuthToken extends OpenMembers {
  /** At most 40 characters. */
  readonly app_auth_token?: string
  /** At most 40 characters. */
  readonly app_refresh_token?: string
  /** The merchant's application id, at most 20 characters. */
  readonly auth_app_id?: string
  /** The merchant's user id, 16 digits. */
  readonly user_id?: string
  /** Seconds; obsolete, the token lives long. Seen as number and as string. */
  readonly expires_in?: number | string
  /** Seconds the refresh token lives. Seen as number and as string. */
  readonly re_expires_in?: number | string
}

/** The token stands in the reply itself (2016) or in `tokens` (2019); read both. Source: protocol §10. */
export interface AppAuthTokenReply extends Reply, AppAuthToken {
  readonly tokens?: readonly AppAuthToken[]
}

const grantMatches = ({ grant_type: grant, code, refresh_token: refresh }: Members): Breach | undefined => {
  const [wanted, unwanted, given] =
    grant === 'authorization_code' ? ['code', 'refresh_token', refresh] : ['refresh_token', 'code', code]
  if (given !== undefined) return { field: String(unwanted), rule: `must be left out with grant_type ${String(grant)}` }
  if ((wanted === 'code' ? code : refresh) !== undefined) return undefined
  return { field: String(wanted), rule: `is required with grant_type ${String(grant)}` }
}

/** The rules of {@link AppAuthTokenRequest}. */
export const appAuthTokenRules: Rule = shape<AppAuthTokenRequest>({
  required: ['grant_type'],
  fields: { grant_type: oneOf('authorization_code', 'refresh_token'), code: id(40), refresh_token: id(40) },
  also: [grantMatches],
})
