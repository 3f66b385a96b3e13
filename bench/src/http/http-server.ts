import { sign } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type Child, childConfig, startChild } from '../child.ts'
import { bareWork } from './bare.ts'
import { FRAMEWORKS, type FrameworkName } from './servers.ts'
import { benchShop, type ShopKeys } from './shop.ts'

export interface HttpServerConfig extends ShopKeys {
  readonly framework: FrameworkName
  readonly kind: 'f2f' | 'bare'
}

/**
 * A framework's server in its own process; it says its origin. Whatever it is asked, it answers with the processor time
 * it has had, µs.
 */
export const startHttpServer = (config: HttpServerConfig): Promise<Child> => startChild(import.meta.filename, config)

if (import.meta.main) {
  const { framework, kind, ...keys } = childConfig<HttpServerConfig>()
  const text = 'a reply of Alipay'
  const signed = { text, sign: sign('RSA-SHA256', Buffer.from(text), keys.alipayPrivateKey).toString('base64') }
  const { f2f, bare } = FRAMEWORKS[framework]
  const server = kind === 'f2f' ? await f2f(await benchShop(keys)) : await bare(bareWork(keys.alipayPublicKey, signed))
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.(user + system)
  })
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}
