import { Hono } from 'hono'
import { invalid, notFound } from '../http/problem.ts'
import type { World } from '../world.ts'

/**
 * The page where a merchant lets an application act for it (protocol §10). The simulated merchant agrees at once and
 * is sent back; `user_id` says which merchant, otherwise it is the first of the configured ones.
 */
export const authorisationRoutes = (world: World): Hono => {
  const routes = new Hono()
  routes.get('/appToAppAuth.htm', (c) => {
    const { app_id: appId = '', redirect_uri: redirectUri = '', state, user_id: userId } = c.req.query()
    if (world.registry.app(appId) === undefined) throw notFound('such application')
    const merchant = userId === undefined ? world.registry.merchants[0] : world.registry.merchant(userId)
    if (merchant === undefined) throw notFound('such merchant')
    if (!URL.canParse(redirectUri)) throw invalid('redirect_uri is not an address.')
    const target = new URL(redirectUri)
    const answer = {
      app_id: appId,
      source: 'alipay_app_auth',
      application_type: 'TINYAPP,WEBAPP',
      app_auth_code: world.grants.issueCode(appId, merchant.userId, world.clock.now()),
      ...(state === undefined ? {} : { state }),
    }
    for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value)
    return c.redirect(target.href)
  })
  return routes
}
