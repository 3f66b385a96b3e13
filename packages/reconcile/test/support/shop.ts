import { type Alipay, type Cashier, createAlipay, createCashier, memoryStore, type PaymentStore } from '@f2f/core'
import { SimulatedClock } from '@f2f/core/testing'
import { createSimulator, type Simulator, type SimulatorOptions } from '@f2f/simulator'
import { onTestFinished } from 'vitest'
import type { BillGateway } from '../../src/index.ts'

export interface Shop {
  readonly clock: SimulatedClock
  readonly simulator: Simulator
  readonly alipay: Alipay
  readonly store: PaymentStore
  readonly cashier: Cashier
}

/** A till on a simulated Alipay, both on the same simulated clock. */
export const openShop = (at: string, options: SimulatorOptions = {}): Shop => {
  const clock = new SimulatedClock(new Date(`${at}+08:00`))
  const simulator = createSimulator({ clock, ...options })
  const alipay = createAlipay({
    appId: simulator.appId,
    privateKey: simulator.appPrivateKey,
    alipayPublicKey: simulator.alipayPublicKey,
    sellerId: simulator.sellerId,
    gateway: 'http://127.0.0.1/gateway.do',
    transport: simulator.transport,
    clock,
  })
  const store = memoryStore()
  const cashier = createCashier({ alipay, store, clock, onProblem: () => undefined })
  onTestFinished(async () => {
    await cashier.close()
    simulator.close()
  })
  return { clock, simulator, alipay, store, cashier }
}

/** A simulated Alipay's bills, fetched without sockets. */
export const billsOf = ({
  alipay,
  simulator,
}: Shop): { readonly alipay: BillGateway; readonly fetch: Simulator['fetch'] } => ({
  alipay,
  fetch: simulator.fetch,
})

let codes = 0
/** A payment code nobody has used; its last two digits say what it does. */
export const newCode = (scenario: string): string => `28${String(++codes).padStart(14, '0')}${scenario}`
