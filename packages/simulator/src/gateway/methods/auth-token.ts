import { beijingTimestamp } from '@f2f/core'
import type { Grant } from '../../authorisation/grants.ts'
import { Refusal } from '../../ledger/refusal.ts'
import type { World } from '../../world.ts'
import { requiredText } from '../biz-content.ts'
import type { Call, GatewayMethod } from '../call.ts'
import { success } from '../problem.ts'

const EXPIRES_IN = 31_536_000
const REFRESH_EXPIRES_IN = 32_140_800

const grantFields = (world: World, grant: Grant) => ({
  auth_app_id: world.registry.merchant(grant.userId)?.authAppId,
  user_id: grant.userId,
  expires_in: EXPIRES_IN,
})

const mustBeIsv = ({ app }: Call): void => {
  if (!app.isIsv) throw new Refusal('APP_NOT_ISV')
}

const obtain = ({ app, biz }: Call, world: World): Grant => {
  const at = world.clock.now()
  const type = requiredText(biz, 'grant_type', 20)
  if (type === 'authorization_code') return world.grants.exchange(requiredText(biz, 'code', 40), app.appId, at)
  if (type === 'refresh_token') return world.grants.refresh(requiredText(biz, 'refresh_token', 40), app.appId, at)
  throw new Refusal('GRANT_TYPE_INVALID')
}

/** `alipay.open.auth.token.app`: an authorisation code, or an old token, becomes a token (protocol §10). */
export const authToken: GatewayMethod = {
  name: 'alipay.open.auth.token.app',
  shortName: 'appAuthToken',
  handle: (call, world) => {
    mustBeIsv(call)
    const grant = obtain(call, world)
    const token = {
      ...grantFields(world, grant),
      app_auth_token: grant.token,
      app_refresh_token: grant.refreshToken,
      re_expires_in: REFRESH_EXPIRES_IN,
    }
    return { node: success({ ...token, tokens: [token] }) }
  },
}

/** `alipay.open.auth.token.app.query`: what a token allows. */
export const authTokenQuery: GatewayMethod = {
  name: 'alipay.open.auth.token.app.query',
  shortName: 'appAuthTokenQuery',
  handle: (call, world) => {
    mustBeIsv(call)
    const grant = world.grants.find(requiredText(call.biz, 'app_auth_token', 40), call.app.appId)
    if (grant === undefined) throw new Refusal('AUTH_TOKEN_NOT_EXISTED')
    return {
      node: success({
        ...grantFields(world, grant),
        auth_start: beijingTimestamp(grant.grantedAt),
        auth_end: beijingTimestamp(grant.grantedAt + EXPIRES_IN * 1000),
        is_by_app_auth: true,
        status: 'valid',
      }),
    }
  },
}
