import { type Alipay, type Cashier, createCashier } from '@f2f/core'
import type { SqlStore } from '@f2f/sql'
import type { Call } from '../command.ts'
import { readSettings, type Settings } from '../config/settings.ts'
import { openAlipay } from './alipay.ts'
import { openStore, storePlace } from './store.ts'

/** All that a command about payments needs. */
export interface Shop {
  readonly settings: Settings
  readonly alipay: Alipay
  readonly store: SqlStore
  readonly cashier: Cashier
}

const opened = async (call: Pick<Call, 'context' | 'flags'>): Promise<Shop> => {
  const settings = await readSettings(call)
  const alipay = await openAlipay(settings, call.context)
  const place = await storePlace(settings)
  const store = await openStore(place)
  const keepsReports = (settings.get('reports') ?? (place.isNamed ? 'keep' : 'none')) === 'keep'
  // A back end that shares the store is owed the report of every settled payment.
  const handlers = keepsReports ? ({ onSettled: 'elsewhere' } as const) : {}
  // What fails in the background is asked about again; what it came to is in the payment.
  const cashier = createCashier({ alipay, store, ...handlers, clock: call.context.clock, onProblem: () => undefined })
  return { settings, alipay, store, cashier }
}

/**
 * Opens the shop, works, and closes it whatever happens.
 *
 * @throws Problem, F2fError
 */
export const withShop = async <T>(
  call: Pick<Call, 'context' | 'flags'>,
  work: (shop: Shop) => Promise<T>,
): Promise<T> => {
  const shop = await opened(call)
  try {
    return await work(shop)
  } finally {
    await shop.cashier.close()
    await shop.store.close()
  }
}
