import type { PaymentStore } from '@f2f/core'
import { createRandom } from '../lib/random.ts'
import { serve } from './customer.ts'
import { judge, type SoakResult } from './result.ts'
import { openShop } from './shop.ts'

export interface SoakOptions {
  readonly store: PaymentStore
  readonly payments: number
  readonly seed: number
  /** Share of all calls, notifications and deliveries that go wrong, 0 to 1. */
  readonly faultShare: number
  readonly onProgress?: (served: number) => void
}

/** Between two customers, simulated ms. */
const PACE = 250
/** After the last customer: long enough for every look after a settlement. */
const AFTERMATH = 3 * 3_600_000

/** Serves customers while everything goes wrong now and then, waits for every end, and holds the books together. */
export const soak = async ({ store, payments, seed, faultShare, onProgress }: SoakOptions): Promise<SoakResult> => {
  const random = createRandom(seed)
  const shop = openShop(store, random, seed, faultShare)
  const { clock, cashier, simulator } = shop
  await cashier.recover()
  const failures: unknown[] = []
  let served = 0
  for (let index = 0; index < payments; index++) {
    const done = () => onProgress?.(++served)
    serve(shop, `S${seed}_${index}`, random).then(done, (error: unknown) => failures.push(error))
    await clock.advance(PACE)
  }
  await clock.advanceUntil(
    async () => {
      for await (const _ of store.list({ unfinished: true, limit: 1 })) return false
      return served + failures.length === payments
    },
    10_000,
    AFTERMATH,
  )
  const result = await judge(shop)
  await cashier.close()
  simulator.close()
  return {
    ...result,
    wrong: [...result.wrong, ...failures.map((failure) => `a customer was not served: ${String(failure)}`)],
  }
}
