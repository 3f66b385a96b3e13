/** `@f2f/core` as blocks see it: itself, but that Alipay is the runner's simulator. */
import {
  type Alipay,
  type AlipayOptions,
  type Authorisation,
  type AuthorisationOptions,
  createAlipay as createRealAlipay,
  createAuthorisation as createRealAuthorisation,
} from '@f2f/core'
import { gatewayOf } from './gateway.ts'

export * from '@f2f/core'

export const createAlipay = (options: AlipayOptions): Alipay =>
  createRealAlipay({ ...options, gateway: gatewayOf(options.gateway) })

export const createAuthorisation = (options: AuthorisationOptions): Authorisation =>
  createRealAuthorisation({ ...options, gateway: gatewayOf(options.gateway) })
