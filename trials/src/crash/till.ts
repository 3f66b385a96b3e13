/** A till's back end, made to be killed: takes payments as fast as it can and remembers nothing itself. */
import { appendFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Cashier, createAlipay, createCashier, isF2fError, type OnRefund, type OnSettled } from '@f2f/core'
import { CUSTOMERS } from '../lib/customers.ts'
import { createRandom, type Random } from '../lib/random.ts'
import { type Delivery, HASTY, TILL_CONFIG, type TillConfig } from './till-config.ts'
import { openTillStore, openTillWakeups } from './till-store.ts'

const config = JSON.parse(process.env[TILL_CONFIG] ?? '{}') as TillConfig
const CUSTOMERS_AT_ONCE = 6
const shopsLuck = createRandom(config.seed * 100 + CUSTOMERS_AT_ONCE)

/** The shop's own code: writes down what it is told, and has its bad moments before and after. */
const deliver = async (delivery: Delivery): Promise<void> => {
  if (shopsLuck.chance(0.04)) throw new Error('The shop could not write it down.')
  appendFileSync(config.deliveries, `${JSON.stringify(delivery)}\n`, { flush: true })
  if (shopsLuck.chance(0.04)) throw new Error('The shop wrote it down, and could not say so.')
  if (shopsLuck.chance(0.02)) await new Promise<never>(() => undefined)
}

const showCode = async (scenario: string): Promise<string> => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${config.control}/codes`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ scenario }),
  })
  return ((await response.json()) as { code: string }).code
}

const serveCustomer = async (cashier: Cashier, outTradeNo: string, random: Random): Promise<void> => {
  const authCode = await showCode(random.pick(CUSTOMERS))
  const payment = await cashier.pay({ outTradeNo, authCode, totalAmount: '10.00', subject: 'crash' })
  if (payment.status !== 'paid' || random.chance(0.6)) return
  for (const part of random.chance(0.5) ? ['3.00', '7.00'] : ['2.50']) {
    await cashier.refund({ outTradeNo, outRequestNo: `${outTradeNo}R${part.charAt(0)}`, refundAmount: part })
  }
}

/** One queue of customers. An error that says so is the shop's to bear; anything else is a fault of this trial. */
const serveQueue = async (cashier: Cashier, lane: number): Promise<void> => {
  const random = createRandom(config.seed * 100 + lane)
  for (let customer = 0; ; customer++) {
    try {
      await serveCustomer(cashier, `${config.prefix}_${lane}_${customer}`, random)
    } catch (error) {
      if (!isF2fError(error)) throw error
    }
  }
}

const onSettled: OnSettled = ({ outTradeNo, version, status }) => deliver({ outTradeNo, version, status })
const onRefund: OnRefund = ({ outRequestNo, status }, { outTradeNo, version }) =>
  deliver({ outTradeNo, version, outRequestNo, status })

const store = openTillStore(config.backend)
const cashier = createCashier({
  alipay: createAlipay(config),
  store,
  wakeups: openTillWakeups(config.backend, config.isWorker),
  policy: HASTY,
  sweepEvery: 500,
  lookEvery: 100,
  ...(config.isWorker ? { onSettled, onRefund } : { onSettled: 'elsewhere' }),
  onProblem: () => undefined,
})
await cashier.recover()
process.stdout.write('ready\n')

if (config.takesPayments) {
  await Promise.all(Array.from({ length: CUSTOMERS_AT_ONCE }, (_, lane) => serveQueue(cashier, lane)))
} else {
  const unfinished = async (): Promise<boolean> => {
    for await (const _ of store.list({ unfinished: true, limit: 1 })) return true
    return false
  }
  while (await unfinished()) await pause(50)
  await cashier.close()
  await store.close()
}
