import { type Cashier, createCashier, type Payment, type PaymentStore } from '../../src/index.ts'
import { type Answer, order, ScriptedGateway, WAIT } from '../cashier/scripted-gateway.ts'

/** Lets the event loop turn until something has come about. */
export const untilTrue = async (isSo: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 20_000; turn++) {
    if (isSo()) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error(`Still not so: ${isSo}`)
}

/** The same cashier; `open` counts the watches nobody has ended yet. */
export const countingWatches = (cashier: Cashier): { readonly cashier: Cashier; readonly open: () => number } => {
  let open = 0
  async function* counted(...args: Parameters<Cashier['watch']>): AsyncGenerator<Payment> {
    open++
    try {
      yield* cashier.watch(...args)
    } finally {
      open--
    }
  }
  return { cashier: { ...cashier, watch: counted }, open: () => open }
}

/** A cashier on a simulated clock whose payments do as scripted, with one payment begun. */
export const simulatedShop = async (
  script: Record<string, Answer | Answer[]> = { pay: WAIT, query: WAIT },
  store?: PaymentStore,
) => {
  const gateway = new ScriptedGateway(script)
  const { clock } = gateway
  const alipay = gateway.client()
  const counted = countingWatches(createCashier({ alipay, clock, ...(store === undefined ? {} : { store }) }))
  const payment = await counted.cashier.start(order())
  await clock.settle()
  return { ...counted, gateway, clock, alipay, payment, path: `http://till/payments/${payment.outTradeNo}` }
}
