import { setTimeout as pause } from 'node:timers/promises'
import {
  type Cashier,
  createAlipay,
  createCashier,
  isF2fError,
  type Payment,
  type PaymentStore,
  type Wakeups,
} from '@f2f/core'
import { auditBooks, createSimulator, serve } from '@f2f/simulator'
import { HASTY } from '../crash/till-config.ts'
import { CUSTOMERS } from '../lib/customers.ts'
import { createRandom } from '../lib/random.ts'

export interface Traffic {
  readonly cashier: Cashier
  /** Error codes that customers were told, with how often. */
  readonly refusals: ReadonlyMap<string, number>
  /** Errors that were no coded ones: there must be none. */
  readonly surprises: readonly unknown[]
  /** Takes payments until told to stop. */
  start(): void
  /** Stops taking payments, waits until everything is finished, and returns what is wrong. */
  finish(): Promise<{ readonly payments: number; readonly wrong: readonly string[] }>
  close(): Promise<void>
}

const LANES = 5
/** Everything must have come to an end this long after the fault is gone, ms. */
const PATIENCE = 60_000

/** A shop under way, with real HTTP to a simulated Alipay that behaves: only what the trial breaks is broken. */
export const openTraffic = async (
  store: PaymentStore,
  wakeups: Wakeups | undefined,
  seed: number,
): Promise<Traffic> => {
  const simulator = createSimulator({ seed, confirmAfter: 300, replyDelay: 900 })
  const server = await serve(simulator)
  const { appId, appPrivateKey, alipayPublicKey } = simulator
  const alipay = createAlipay({ appId, privateKey: appPrivateKey, alipayPublicKey, gateway: server.gateway })
  const told = new Map<string, string>()
  const cashier = createCashier({
    alipay,
    store,
    ...(wakeups === undefined ? {} : { wakeups }),
    policy: HASTY,
    sweepEvery: 300,
    onSettled: ({ outTradeNo, status }) => void told.set(outTradeNo, status),
    onProblem: () => undefined,
  })
  await cashier.recover()
  const refusals = new Map<string, number>()
  const surprises: unknown[] = []
  const lanes: Promise<void>[] = []
  let open = false

  const serveOne = async (outTradeNo: string, scenario: string): Promise<void> => {
    const response = await fetch(`${server.control}/codes`, { method: 'POST', body: JSON.stringify({ scenario }) })
    const { code } = (await response.json()) as { code: string }
    await cashier.pay({ outTradeNo, authCode: code, totalAmount: '10.00', subject: 'fault' })
  }
  const lane = async (number: number): Promise<void> => {
    const random = createRandom(seed * 100 + number)
    for (let customer = 0; open; customer++) {
      try {
        await serveOne(`F${seed}_${number}_${customer}`, random.pick(CUSTOMERS))
      } catch (error) {
        if (isF2fError(error)) refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1)
        else surprises.push(error)
        await pause(20)
      }
    }
  }
  const unfinished = async (): Promise<boolean> => {
    for await (const _ of store.list({ unfinished: true, limit: 1 })) return true
    return false
  }
  const settledStatuses = (payments: readonly Payment[]): readonly string[] =>
    payments.flatMap(({ outTradeNo, status }) =>
      told.get(outTradeNo) === status ? [] : [`${outTradeNo}: ${status}, but told ${told.get(outTradeNo)}`],
    )

  return {
    cashier,
    refusals,
    surprises,
    start() {
      open = true
      for (let number = 0; number < LANES; number++) lanes.push(lane(number))
    },
    async finish() {
      open = false
      await Promise.all(lanes)
      const end = performance.now() + PATIENCE
      while (await unfinished()) {
        if (performance.now() > end) return { payments: 0, wrong: ['payments stayed unfinished'] }
        await pause(50)
      }
      const payments: Payment[] = []
      for await (const payment of store.list()) payments.push(payment)
      const lines = await auditBooks(simulator.ledger.trades(), payments)
      const differences = lines.flatMap((line) => line.differences.map((each) => `${line.outTradeNo}: ${each}`))
      return { payments: payments.length, wrong: [...differences, ...settledStatuses(payments)] }
    },
    async close() {
      await cashier.close()
      await server.close()
    },
  }
}
