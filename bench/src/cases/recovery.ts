import { join } from 'node:path'
import { completePolicy, createAlipay, createCashier, prepareBarcode, transition } from '@f2f/core'
import { sqliteStore } from '@f2f/sql'
import type { Bench } from '../bench.ts'
import { ownFolder } from '../databases.ts'
import { APP_ID, alipayPair, merchant } from '../keys.ts'

const PAYMENTS = 100_000
const AT_ONCE = 1_000

const fill = async (path: string): Promise<void> => {
  const store = sqliteStore(path)
  const policy = completePolicy()
  const at = Date.now()
  for (let first = 0; first < PAYMENTS; first += AT_ONCE) {
    const rows = Array.from({ length: AT_ONCE }, (_, index) => {
      const order = {
        outTradeNo: `R${first + index}`,
        authCode: '280000000000000000',
        totalAmount: '8.88',
        subject: 'Tea',
      }
      return transition(prepareBarcode(order, policy, at).payment, { type: 'start', at }, policy).payment
    })
    await Promise.all(rows.map((row) => store.insert(row)))
  }
  await store.close()
}

/** Seconds until every unfinished payment of the file is planned. */
const recover = async (path: string): Promise<number> => {
  const store = sqliteStore(path)
  const alipay = createAlipay({ appId: APP_ID, privateKey: merchant.privateKey, alipayPublicKey: alipayPair.publicKey })
  const wakeups = { schedule: () => undefined, start: () => undefined, close: async () => undefined }
  const cashier = createCashier({ alipay, store, wakeups })
  const began = performance.now()
  const unfinished = await cashier.recover()
  const seconds = (performance.now() - began) / 1_000
  await cashier.close()
  await store.close()
  if (unfinished !== PAYMENTS) throw new Error(`${unfinished} payments were planned, not ${PAYMENTS}`)
  return seconds
}

export const recovery: Bench = {
  id: 'recovery',
  run: async ({ rounds }) => {
    await using folder = await ownFolder()
    const path = join(folder.path, 'payments.db')
    await fill(path)
    const samples: number[] = []
    for (let round = 0; round < Math.min(3, rounds); round += 1) samples.push(await recover(path))
    return {
      name: `Start with ${PAYMENTS.toLocaleString('en-US')} unfinished payments in SQLite`,
      how: 'From recover() until every one is planned; the wake-ups only count.',
      rows: [{ name: 'planned in', unit: 's', samples }],
      verdict: { name: 'seconds', samples, target: { atMost: 5 } },
    }
  },
}
