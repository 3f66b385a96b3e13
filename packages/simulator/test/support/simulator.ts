import { createSimulator, type Simulator, type SimulatorAppOptions, type SimulatorOptions } from '../../src/index.ts'
import { ALIPAY_KEYS, APP_ID, APP_KEYS, SELLER_ID } from './keys.ts'

/** The application most tests call with. */
export const app = (changes: SimulatorAppOptions = {}): SimulatorAppOptions => ({
  appId: APP_ID,
  privateKey: APP_KEYS.privateKey,
  merchant: { userId: SELLER_ID, name: '测试商户' },
  ...changes,
})

export const makeSimulator = (options: SimulatorOptions = {}): Simulator =>
  createSimulator({ apps: [app()], alipayPrivateKey: ALIPAY_KEYS.privateKey, ...options })

/** One request to the control API or the wallet. */
export const control = async (simulator: Simulator, method: string, path: string, body?: unknown) => {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  const response = await simulator.fetch(new Request(`http://simulator.test${path}`, init))
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    json: JSON.parse(await response.text()),
  }
}

let count = 0
/** An order number nobody has used. */
export const newNumber = (): string => `order_${++count}`

/** A payment code nobody has used, with this ending. */
export const newCode = (scenario: string): string => `28${String(++count).padStart(14, '0')}${scenario}`
