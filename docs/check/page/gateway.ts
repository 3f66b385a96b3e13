const NAMED = ['production', 'sandbox']
const ALIPAY = /(^|\.)(alipay\.com|alipaydev\.com|mcloudmonitor\.com)$/

const isAlipays = (gateway: string): boolean =>
  NAMED.includes(gateway) || (URL.canParse(gateway) && ALIPAY.test(new URL(gateway).hostname))

/** The runner's simulator in the place of Alipay; any other address as it is. */
export const gatewayOf = (gateway: string | undefined): string =>
  gateway === undefined || isAlipays(gateway) ? (process.env.F2F_DOCS_GATEWAY ?? '') : gateway
