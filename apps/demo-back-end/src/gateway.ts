import type { AlipayOptions } from '@f2f/core'
import { createSimulator, serve } from '@f2f/simulator'

/** An Alipay to talk to. */
interface Gateway {
  readonly alipay: AlipayOptions
  /** Of the simulator: a page like a phone. */
  readonly wallet: string | undefined
  close(): Promise<void>
}

/** Alipay itself when there is a configuration for it, otherwise a simulator in this process, on a port of its own. */
export const openGateway = async (alipay: AlipayOptions | undefined): Promise<Gateway> => {
  if (alipay !== undefined) return { alipay, wallet: undefined, close: async () => undefined }
  const simulator = createSimulator()
  const { appId, appPrivateKey: privateKey, alipayPublicKey } = simulator
  const { gateway, wallet, close } = await serve(simulator)
  return { alipay: { appId, privateKey, alipayPublicKey, gateway }, wallet, close }
}
