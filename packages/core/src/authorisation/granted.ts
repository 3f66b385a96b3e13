import type { AppAuthToken, AppAuthTokenReply } from '../api/index.ts'
import { F2fError } from '../errors.ts'
import type { AuthorisedMerchant } from './merchant-store.ts'

/** What a reply gives of a merchant. */
export type Granted = Pick<
  AuthorisedMerchant,
  'appAuthToken' | 'appRefreshToken' | 'sellerId' | 'authAppId' | 'authorisedAt' | 'refreshBefore'
>

const isToken = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]{1,64}$/.test(value)

/** The token stands in the reply itself (2016) or in `tokens` (2019). */
const tokenOf = (reply: AppAuthTokenReply): AppAuthToken => reply.tokens?.[0] ?? reply

const instantAfter = (now: number, seconds: number | string | undefined): Date | undefined => {
  const lasts = Number(seconds)
  return Number.isSafeInteger(lasts) && lasts > 0 ? new Date(now + lasts * 1_000) : undefined
}

/**
 * The token a reply brings.
 *
 * @param now - ms
 * @throws F2fError `AUTHORISATION_REFUSED` with Alipay's `subCode`; `REPLY_UNREADABLE` for a success without a token
 */
export const readGranted = (reply: AppAuthTokenReply, now: number): Granted => {
  const { code, sub_code: subCode } = reply
  if (code !== '10000')
    throw new F2fError('AUTHORISATION_REFUSED', `Alipay gave no token (${subCode ?? code}).`, {
      details: { code, subCode },
    })
  const { app_auth_token, app_refresh_token, user_id, auth_app_id, re_expires_in } = { ...reply, ...tokenOf(reply) }
  if (!isToken(app_auth_token) || !isToken(app_refresh_token) || !isToken(user_id))
    throw new F2fError('REPLY_UNREADABLE', 'The reply holds no token.', { movesMoney: false })
  return {
    appAuthToken: app_auth_token,
    appRefreshToken: app_refresh_token,
    sellerId: user_id,
    authAppId: auth_app_id,
    authorisedAt: new Date(now),
    refreshBefore: instantAfter(now, re_expires_in),
  }
}
