/** `@f2f/core` as blocks see it: itself, but that Alipay is the runner's simulator. */
import { type Alipay, type AlipayOptions, createAlipay as createRealAlipay } from '@f2f/core'
import { gatewayOf } from './gateway.ts'

export * from '@f2f/core'

export const createAlipay = (options: AlipayOptions): Alipay =>
  createRealAlipay({ ...options, gateway: gatewayOf(options.gateway) })
