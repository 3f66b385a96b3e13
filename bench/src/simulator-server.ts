import { createSimulator, serve } from '@f2f/simulator'
import { childConfig, startChild } from './child.ts'
import { APP_ID, merchant } from './keys.ts'

/** Where a simulated Alipay listens, and for whom. */
export interface SimulatedAlipay extends AsyncDisposable {
  readonly gateway: string
  readonly control: string
  readonly appId: string
  readonly privateKey: string
  readonly alipayPublicKey: string
}

/** The simulator in a process of its own. */
export const startSimulator = async (): Promise<SimulatedAlipay> => {
  const child = await startChild(import.meta.filename, {})
  return { ...JSON.parse(child.said), [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() }
}

if (import.meta.main) {
  childConfig()
  const simulator = createSimulator({ apps: [{ appId: APP_ID, privateKey: merchant.privateKey }] })
  const { gateway, control } = await serve(simulator)
  const { appId, alipayPublicKey } = simulator
  process.send?.(JSON.stringify({ gateway, control, appId, privateKey: merchant.privateKey, alipayPublicKey }))
}
