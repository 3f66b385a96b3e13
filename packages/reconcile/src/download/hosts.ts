import { F2fError } from '@f2f/core'

const ALIPAY = /(?:^|\.)(?:alipay\.com|alipaydev\.com)$/
const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

const refuse = (why: string): F2fError => new F2fError('BILL_LINK_REFUSED', `The link to the bill ${why}.`)

const isLoopback = (url: URL): boolean => LOOPBACK.test(url.hostname)

/** Whether the client talks to this machine; a client that does not say is taken to. */
const mayBeLoopback = (gateway: string | undefined): boolean =>
  gateway === undefined || (URL.canParse(gateway) && isLoopback(new URL(gateway)))

/**
 * The address to fetch a bill from. Alipay has given links to plain http (protocol §1.1); https is used whatever it
 * says. Links to this machine, from a simulator, stay as they are.
 *
 * @param gateway - where the client talks to, when it says so
 * @throws F2fError `BILL_LINK_REFUSED` for any other host; the link itself is a secret and not told
 */
export const checkedLink = (link: string, gateway: string | undefined): URL => {
  if (!URL.canParse(link)) throw refuse('is no address')
  const url = new URL(link)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('is neither https nor http')
  if (url.username !== '' || url.password !== '') throw refuse('holds credentials')
  if (isLoopback(url)) {
    if (mayBeLoopback(gateway)) return url
    throw refuse('leads to this machine, where the gateway is not')
  }
  if (!ALIPAY.test(url.hostname)) throw refuse('does not lead to Alipay')
  if (url.port !== '') throw refuse('leads to an unusual port')
  url.protocol = 'https:'
  return url
}

/**
 * Where a redirect leads: only to another address of the same host.
 *
 * @throws F2fError `BILL_LINK_REFUSED`
 */
export const checkedRedirect = (from: URL, location: string, gateway: string | undefined): URL => {
  if (!URL.canParse(location, from.href)) throw refuse('redirects to no address')
  const to = checkedLink(new URL(location, from).href, gateway)
  if (to.host !== from.host) throw refuse('redirects to another host')
  return to
}
