/** A till's back end, made to be killed: takes payments as fast as it can and remembers nothing itself. */
import { appendFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Cashier, createAlipay, createCashier, isF2fError } from '@f2f/core'
import { CUSTOMERS } from '../lib/customers.ts'
import { createRandom, type Random } from '../lib/random.ts'
import { type Delivery, HASTY, TILL_CONFIG, type TillConfig } from './till-config.ts'
import { openTillStore, openTillWakeups } from './till-store.ts'

const config = JSON.parse(process.env[TILL_CONFIG] ?? '{}') as TillConfig
const CUSTOMERS_AT_ONCE = 6

const deliver = (delivery: Delivery): void => appendFileSync(config.deliveries, `${JSON.stringify(delivery)}\n`)

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

const store = openTillStore(config.backend)
const cashier = createCashier({
  alipay: createAlipay(config),
  store,
  wakeups: openTillWakeups(config.backend),
  policy: HASTY,
  sweepEvery: 500,
  lookEvery: 100,
  onSettled: ({ outTradeNo, status }) => deliver({ outTradeNo, status }),
  onRefund: ({ outRequestNo, status }, { outTradeNo }) => deliver({ outTradeNo, outRequestNo, status }),
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
