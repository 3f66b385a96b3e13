import type { Documented, OpenMembers, Reply } from './reply.ts'
import { id, type Rule, shape } from './rules.ts'

/**
 * alipay.open.auth.token.app.query: what a merchant's token opens and until when.
 *
 * Fails with `ILLEGAL_PARAM`, `APP_NOT_ISV`, `AUTH_TOKEN_NOT_EXISTED`, `AUTH_TOKEN_NOT_CONSISTENT` or `SYSTEM_ERROR`.
 * Source: protocol §10.
 */
export interface AppAuthTokenQueryRequest extends OpenMembers {
  /** At most 40 characters. */
  readonly app_auth_token: string
}

/** Source: protocol §10. */
export interface AppAuthTokenQueryReply extends Reply {
  readonly user_id?: string
  readonly auth_app_id?: string
  /** Seconds. */
  readonly expires_in?: number | string
  /** The APIs the merchant opened. */
  readonly auth_methods?: readonly string[]
  readonly auth_start?: string
  readonly auth_end?: string
  readonly status?: Documented<'valid' | 'invalid'>
  /** True when the merchant delegated everything. */
  readonly is_by_app_auth?: boolean
}

/** The rules of {@link AppAuthTokenQueryRequest}. */
export const appAuthTokenQueryRules: Rule = shape<AppAuthTokenQueryRequest>({
  required: ['app_auth_token'],
  fields: { app_auth_token: id(40) },
})
