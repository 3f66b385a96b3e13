import { mkdtemp, rm } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createShop, PAGE, type Shop, type ShopServer, serveShop } from '@f2f/cashier-app/server'
import { type Alipay, memoryStore, type PaymentStore } from '@f2f/core'
import { openMetrics } from '@f2f/demo-back-end/metrics'
import { reconciliationDesk } from '@f2f/reconcile'

/** The shop's only store. */
export const STORE = 'S001'

/** Quicker than at a real counter, so that nobody has to wait long for what is to be seen. */
const QUICK = { firstQueryAfter: 1_000, pollEvery: 1_000 }

const TILL = {
  terminalId: 'T01',
  storeId: STORE,
  scopes: ['pay', 'refund', 'reconcile', 'watch'],
  refundLimit: '5000.00',
} as const

/** SQLite where this Node.js can load it. */
const openStore = async (): Promise<PaymentStore> => {
  try {
    const { sqliteStore } = await import('@f2f/sql')
    const store = sqliteStore(':memory:')
    await store.find('none')
    return store
  } catch {
    return memoryStore()
  }
}

const withMetrics =
  (shop: RequestListener, metrics: RequestListener): RequestListener =>
  (request, response) =>
    request.method === 'GET' && request.url === '/metrics' ? metrics(request, response) : shop(request, response)

/** The merchant's side of the demo. */
export interface BackEnd {
  readonly cashier: Shop['cashier']
  readonly url: string
  /** Makes a one-time code, and the till's address with the code in its fragment. */
  invite(): Promise<{ readonly code: string; readonly address: string }>
  close(): Promise<void>
}

/** @throws Error with Node's code `EADDRINUSE` when the port is taken */
export const openBackEnd = async (alipay: Alipay, port: number): Promise<BackEnd> => {
  const store = await openStore()
  const directory = await mkdtemp(join(tmpdir(), 'f2f-demo-'))
  const desk = reconciliationDesk({ alipay, store, directory, storeId: STORE })
  const shop = await createShop({ alipay, store, policy: QUICK, page: PAGE, handler: { reconciliations: desk } })
  const metrics = openMetrics(store)
  const closeShop = async (): Promise<void> => {
    await metrics.close()
    await desk.close()
    await shop.close()
    await rm(directory, { recursive: true })
  }
  let server: ShopServer
  try {
    server = await serveShop({ listener: withMetrics(shop.listener, metrics.listener) }, port)
  } catch (error) {
    await closeShop()
    throw error
  }
  return {
    cashier: shop.cashier,
    url: server.url,
    async invite() {
      const code = await shop.invite(TILL)
      return { code, address: `${server.url}/#enrol=${code}` }
    },
    async close() {
      await server.close()
      await closeShop()
    },
  }
}
