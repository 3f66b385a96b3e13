/** `alipay-sdk` as blocks see it: itself, but that Alipay is the runner's simulator. */
import { type AlipaySdkConfig, AlipaySdk as RealAlipaySdk } from 'alipay-sdk'
import { gatewayOf } from './gateway.ts'

export * from 'alipay-sdk'

export class AlipaySdk extends RealAlipaySdk {
  constructor(config: AlipaySdkConfig) {
    super({ ...config, gateway: gatewayOf(config.gateway) })
  }
}
