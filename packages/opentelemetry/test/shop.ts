import { type CashierOptions, createAlipay, createCashier, memoryStore } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { createSimulator, type SimulatorOptions } from '@f2f/simulator'

export const SECOND = 1_000

// Keys take a second to make, and all tests may share them.
const { appPrivateKey, appPublicKey } = createSimulator()

/** A shop and an Alipay in one process, on one clock. */
export const openShop = (options: Partial<CashierOptions> = {}, simulated: SimulatorOptions = {}) => {
  const clock = new SimulatedClock()
  const simulator = createSimulator({
    clock,
    apps: [{ privateKey: appPrivateKey, publicKey: appPublicKey }],
    notify: {
      send: async (request) => {
        const contentType = request.headers.get('content-type') ?? undefined
        const { reply } = await cashier.handleNotify(new Uint8Array(await request.arrayBuffer()), { contentType })
        return new Response(reply)
      },
    },
    ...simulated,
  })
  const alipay = createAlipay({
    appId: simulator.appId,
    privateKey: simulator.appPrivateKey,
    alipayPublicKey: simulator.alipayPublicKey,
    gateway: 'http://alipay.test:8080/gateway.do',
    notifyUrl: 'http://shop.test/notify',
    transport: simulator.transport,
    clock,
  })
  const store = memoryStore()
  const cashier = createCashier({ alipay, clock, store, onProblem: () => undefined, ...options })
  let number = 0
  const order = (scenario: string) => ({
    outTradeNo: `T${++number}`,
    authCode: `28123456789012${String(number).padStart(2, '0')}${scenario}`,
    totalAmount: '1.00',
    subject: 'tea',
  })
  const close = async (): Promise<void> => {
    await cashier.close()
    simulator.close()
  }
  return { clock, simulator, alipay, store, cashier, order, close }
}
