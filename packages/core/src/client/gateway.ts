import { refuseOption } from './option-rules.ts'

/** Protocol §1.1. */
const NAMED: Readonly<Record<string, string>> = {
  production: 'https://openapi.alipay.com/gateway.do',
  sandbox: 'https://openapi-sandbox.dl.alipaydev.com/gateway.do',
}

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

const refuse = (rule: string) => refuseOption('CONFIG_INVALID', 'gateway', rule)

const parse = (address: unknown): URL => {
  if (typeof address !== 'string' || !URL.canParse(address)) {
    throw refuse("must be 'production', 'sandbox' or the address of a gateway")
  }
  return new URL(address)
}

/**
 * The address a gateway option stands for.
 *
 * @param anyHost - plain http is taken for every host and not only for this machine
 * @throws F2fError `CONFIG_INVALID`
 */
export const resolveGateway = (gateway: unknown, anyHost: boolean): string => {
  const named = typeof gateway === 'string' && Object.hasOwn(NAMED, gateway) ? NAMED[gateway] : undefined
  if (named !== undefined) return named
  const url = parse(gateway)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('must be http or https')
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw refuse('must have neither credentials nor a query')
  }
  if (url.protocol === 'http:' && !anyHost && !LOOPBACK.test(url.hostname)) {
    throw refuse('must be https: plain http is only for this machine')
  }
  return url.href
}
