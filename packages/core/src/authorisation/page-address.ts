import { resolveGateway } from '../client/gateway.ts'

/** Source: protocol §1.1. */
const NAMED: Readonly<Record<string, string>> = {
  production: 'https://openauth.alipay.com',
  sandbox: 'https://openauth-sandbox.dl.alipaydev.com',
}

/**
 * Where a merchant gives its leave. A gateway by address, such as the simulator's, has the page beside it.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const pageAddress = (gateway: string): URL => {
  const origin = Object.hasOwn(NAMED, gateway) ? NAMED[gateway] : resolveGateway(gateway, false)
  return new URL('/oauth2/appToAppAuth.htm', origin)
}
