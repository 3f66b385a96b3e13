import { join } from 'node:path'
import { type Cashier, createAlipay, createCashier, memoryStore, type PaymentStore } from '@f2f/core'
import { postgresStore, sqliteStore } from '@f2f/sql'
import type { Bench, Effort } from '../bench.ts'
import { ownFolder, ownPostgres } from '../databases.ts'
import { growthByCallers } from '../growth.ts'
import { APP_ID, alipayPair, merchant } from '../keys.ts'
import { startPayServer } from '../pay-server.ts'
import { type RawCommits, rawPostgres, rawSqlite } from '../raw-commits.ts'
import { type BenchResult, ratios } from '../report.ts'
import { type Call, interleaved, ratesOf, rowsOf } from '../rounds.ts'

const CALLERS = 64
const CONNECTIONS = 10
/** A thousand would only wait longer for the same writer. */
const GROWN_CALLERS = [1, 10, 100]

let number = 0
const nextNumber = (): string => `J${++number}`

const openCashier = (store: PaymentStore, gateway: string): Cashier => {
  const { privateKey } = merchant
  const alipay = createAlipay({ appId: APP_ID, privateKey, alipayPublicKey: alipayPair.publicKey, gateway })
  return createCashier({ alipay, store })
}

/** Pays, whole path: journal, sign, send, verify, settle, commit. */
const payOne = async (cashier: Cashier): Promise<void> => {
  const order = { outTradeNo: nextNumber(), authCode: '280000000000000000', totalAmount: '88.88', subject: 'Coffee' }
  const { status } = await cashier.pay(order)
  if (status !== 'paid') throw new Error(`a payment ended ${status}`)
}

const compare = async (
  name: string,
  store: PaymentStore,
  raw: RawCommits,
  { rounds, ms, isFull }: Effort,
): Promise<BenchResult> => {
  await using server = await startPayServer(alipayPair.privateKey)
  const gateway = `${server.said}/gateway.do`
  const stored = openCashier(store, gateway)
  const free = openCashier(memoryStore(), gateway)
  const whole: Call = { name: `whole path, ${name}`, role: 'ours', call: () => payOne(stored) }
  const withoutStore: Call = { name: 'whole path, memory', role: 'limit', call: () => payOne(free) }
  const driver: Call = {
    name: `${name}’s raw driver, the same two commits and nothing else`,
    role: 'limit',
    call: () => raw.pay(nextNumber()),
  }
  const contenders = ratesOf([whole, withoutStore, driver], CALLERS, ms)
  const rows = rowsOf(contenders, await interleaved(contenders, rounds), 'payments/s')
  const growth = isFull ? await growthByCallers([whole, driver], 'µs per payment', GROWN_CALLERS) : undefined
  await Promise.all([stored.close(), free.close()])
  const [stores, memory, limit] = rows.map((row) => row.samples)
  // The path can be no faster than its slower half: what the database takes, or what the rest of the path takes.
  const reachable = (limit ?? []).map((most, round) => Math.min(most, memory?.[round] ?? most))
  return {
    name: `Journalled payments on ${name}, ${CALLERS} callers`,
    how: 'Gateway in its own process, answers at once and signs. The limit is the slower of the raw driver and the same path without a store.',
    rows: [
      ...rows,
      { name: `${name} / the same without a store`, unit: '', samples: ratios(stores, memory) },
      { name: `${name} / its raw driver`, unit: '', samples: ratios(stores, limit) },
    ],
    verdict: { name: `${name} / limit`, samples: ratios(stores, reachable), target: { atLeast: 0.6 } },
    growth,
  }
}

export const journalSqlite: Bench = {
  id: 'journal-sqlite',
  run: async (effort) => {
    await using folder = await ownFolder()
    const store = sqliteStore(join(folder.path, 'payments.db'))
    const raw = rawSqlite(join(folder.path, 'raw.db'))
    const result = await compare('SQLite', store, raw, effort)
    await Promise.all([store.close(), raw.close()])
    return result
  },
}

export const journalPostgres: Bench = {
  id: 'journal-postgres',
  run: async (effort) => {
    await using database = await ownPostgres()
    const store = postgresStore({ url: database.url, maxConnections: CONNECTIONS })
    await store.migrate()
    const raw = await rawPostgres(database.url, CONNECTIONS)
    const result = await compare('PostgreSQL', store, raw, effort)
    await Promise.all([store.close(), raw.close()])
    return result
  },
}
