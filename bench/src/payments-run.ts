/** Child process of the cpu bench: takes payments in one way, and says what processor time they took. */
import { createAlipay, createCashier, memoryStore, type PaymentStore } from '@f2f/core'
import { postgresStore, sqliteStore } from '@f2f/sql'
import { payByHand } from './by-hand.ts'
import { childConfig, runChild } from './child.ts'
import { APP_ID } from './keys.ts'
import { leastQuery } from './least-query.ts'
import { officialSdk } from './official.ts'

export interface PaymentsRunConfig {
  readonly way: keyof typeof WAYS
  readonly payments: number
  readonly gateway: string
  /** A gateway that gives every request this one answer, signed beforehand. */
  readonly fixedGateway: string
  readonly fixedReply: string
  readonly privateKey: string
  readonly alipayPublicKey: string
  /** File of an SQLite database, or address of a PostgreSQL one. */
  readonly database?: string
}

export interface PaymentsRun {
  /** Milliseconds of user and system time, all threads of the process, for a thousand payments. */
  readonly cpuPerThousand: number
}

type Pay = (outTradeNo: string) => Promise<unknown>
interface Way extends AsyncDisposable {
  readonly pay: Pay
}

const CALLERS = 32
/** Payments before the measurement, so that code is compiled and connections are open. */
const WARM_UP = 200
const US_PER_MS = 1_000
/** As long as the signed text of a payment. */
const TEXT = 'x'.repeat(450)

const order = (outTradeNo: string) => ({
  outTradeNo,
  authCode: '280000000000000000',
  totalAmount: '88.88',
  subject: 'Coffee',
})

const byCashier = ({ gateway, privateKey, alipayPublicKey }: PaymentsRunConfig, store: PaymentStore): Way => {
  const alipay = createAlipay({ appId: APP_ID, privateKey, alipayPublicKey, gateway })
  const cashier = createCashier({ alipay, store })
  return {
    pay: async (outTradeNo) => {
      const { status } = await cashier.pay(order(outTradeNo))
      if (status !== 'paid') throw new Error(`a payment ended ${status}`)
    },
    [Symbol.asyncDispose]: () => cashier.close(),
  }
}

/** The way, which closes its store as well. */
const withStore = (way: Way, store: { close(): Promise<void> }): Way => ({
  pay: way.pay,
  [Symbol.asyncDispose]: async () => {
    await way[Symbol.asyncDispose]()
    await store.close()
  },
})

const WAYS = {
  memory: (config: PaymentsRunConfig) => byCashier(config, memoryStore()),
  sqlite: (config: PaymentsRunConfig) => {
    const store = sqliteStore(config.database ?? '')
    return withStore(byCashier(config, store), store)
  },
  postgres: (config: PaymentsRunConfig) => {
    const store = postgresStore({ url: config.database ?? '', maxConnections: 10, migrate: true })
    return withStore(byCashier(config, store), store)
  },
  byHand: (config: PaymentsRunConfig): Way => {
    const sdk = officialSdk(config)
    return {
      pay: async (outTradeNo) => {
        const end = await payByHand(sdk, order(outTradeNo))
        if (end !== 'paid') throw new Error(`a payment ended ${end}`)
      },
      [Symbol.asyncDispose]: async () => undefined,
    }
  },
  limit: ({ fixedGateway, fixedReply, privateKey, alipayPublicKey }: PaymentsRunConfig): Way => {
    const reply = Buffer.from(fixedReply)
    const exchange = leastQuery({ gateway: fixedGateway, privateKey, alipayPublicKey, text: TEXT, reply })
    return { pay: exchange, [Symbol.asyncDispose]: async () => undefined }
  },
}

const payAll = async (pay: Pay, outTradeNos: readonly string[]): Promise<void> => {
  const left = outTradeNos.values()
  const caller = async (): Promise<void> => {
    for (const outTradeNo of left) await pay(outTradeNo)
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
}

const numbers = (letter: string, many: number): readonly string[] =>
  Array.from({ length: many }, (_, index) => `${letter}${process.pid}N${index}`)

const measure = async (config: PaymentsRunConfig): Promise<PaymentsRun> => {
  await using way = WAYS[config.way](config)
  await payAll(way.pay, numbers('W', WARM_UP))
  const before = process.cpuUsage()
  await payAll(way.pay, numbers('P', config.payments))
  const { user, system } = process.cpuUsage(before)
  return { cpuPerThousand: (user + system) / US_PER_MS / (config.payments / 1_000) }
}

/** Takes the payments in a process of its own. */
export const runPayments = (config: PaymentsRunConfig): Promise<PaymentsRun> => runChild(import.meta.filename, config)

if (import.meta.main) console.log(JSON.stringify(await measure(childConfig())))
