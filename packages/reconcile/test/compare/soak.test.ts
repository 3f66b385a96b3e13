import { join } from 'node:path'
import type { FaultRule } from '@f2f/simulator'
import { expect, test } from 'vitest'
import { downloadBill, readBill, reconcile } from '../../src/index.ts'
import { busyDay } from '../support/busy-day.ts'
import { temporaryFolder } from '../support/folder.ts'
import { billsOf, openShop, type Shop } from '../support/shop.ts'

const HOUR = 3_600_000

const bad = (method: string, when: FaultRule['when'], fault: FaultRule['fault'], probability: number): FaultRule =>
  ({ method, when, fault, probability }) as FaultRule

const WEATHER: readonly FaultRule[] = [
  bad('pay', 'after', 'drop', 0.08),
  bad('pay', 'before', 'drop', 0.04),
  bad('query', 'after', 'drop', 0.15),
  bad('query', 'before', 'http500', 0.1),
  bad('cancel', 'after', 'drop', 0.2),
  bad('cancel', 'before', 'retry_flag', 0.1),
  bad('refund', 'after', 'drop', 0.3),
  bad('refund', 'after', 'bad_signature', 0.1),
  bad('refund', 'before', 'system_error', 0.1),
]

const fetched = async (shop: Shop, billDate: string): Promise<string> => {
  const to = join(await temporaryFolder(), 'bill.zip')
  const download = await downloadBill({ ...billsOf(shop), billType: 'trade', billDate, to })
  expect(download).toMatchObject({ status: 'downloaded' })
  return to
}

test('a stormy day ends with books that agree with the bill, to the fen', async () => {
  const shop = openShop('2026-01-05T10:00:00', { faults: WEATHER, seed: 7 })
  await busyDay(shop, 300)
  await shop.clock.advance(24 * HOUR)
  const result = await reconcile({
    store: shop.store,
    bill: readBill(await fetched(shop, '2026-01-05')),
    day: '2026-01-05',
    fees: { rate: 0.006 },
  })
  expect(result.differences).toEqual([])
  expect(result).toMatchObject({ isClean: true, differenceCount: 0, omitted: 0, excused: { waiting: 0, elsewhere: 0 } })
  expect(result.bill).toEqual(result.ours)
  const { matched } = result.buckets
  expect(matched.bill).toEqual(result.bill)
  expect(matched.bill.payments).toBeGreaterThan(150)
  expect(matched.bill.refunds).toBeGreaterThan(20)
  expect(result.excused.nothing).toBeGreaterThan(50)
})

test('a stormy night over midnight: two bills, no difference, every row matched once', async () => {
  const shop = openShop('2026-01-05T23:53:00', { faults: WEATHER, seed: 11 })
  await busyDay(shop, 300)
  await shop.clock.advance(48 * HOUR)
  const first = await reconcile({ store: shop.store, bill: await fetched(shop, '2026-01-05') })
  const second = await reconcile({ store: shop.store, bill: await fetched(shop, '2026-01-06'), carried: first.carried })
  expect([...first.differences, ...second.differences]).toEqual([])
  const truth = shop.simulator.ledger.trades()
  const refunds = truth.reduce((sum, trade) => sum + trade.refunds.length, 0)
  expect(first.buckets.matched.bill.refunds + second.buckets.matched.bill.refunds).toBe(refunds)
  expect(first.buckets.matched.bill.payments).toBeGreaterThan(50)
  expect(second.buckets.matched.bill.payments).toBeGreaterThan(50)
  expect(first.carried.waiting.length + first.carried.claimed.length).toBeGreaterThan(0)
})
