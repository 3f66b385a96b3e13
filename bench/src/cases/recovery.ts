import { join } from 'node:path'
import { completePolicy, createAlipay, createCashier, prepareBarcode, transition } from '@f2f/core'
import { sqliteStore } from '@f2f/sql'
import type { Bench } from '../bench.ts'
import { ownFolder } from '../databases.ts'
import { APP_ID, alipayPair, merchant } from '../keys.ts'

const MANY = 100_000
const FEWER = 10_000
const AT_ONCE = 1_000

const fill = async (path: string, payments: number): Promise<void> => {
  const store = sqliteStore(path)
  const policy = completePolicy()
  const began = Date.now() - payments
  for (let first = 0; first < payments; first += AT_ONCE) {
    const rows = Array.from({ length: AT_ONCE }, (_, index) => {
      const at = began + first + index
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

interface Start {
  readonly seconds: number
  /** Most heap in use while it went on, less what was in use before. */
  readonly megabytes: number
}

/** Until every unfinished payment of the file is planned. */
const recover = async (path: string, payments: number): Promise<Start> => {
  const store = sqliteStore(path)
  const alipay = createAlipay({ appId: APP_ID, privateKey: merchant.privateKey, alipayPublicKey: alipayPair.publicKey })
  const wakeups = { schedule: () => undefined, start: () => undefined, close: async () => undefined }
  const cashier = createCashier({ alipay, store, wakeups })
  const before = process.memoryUsage().heapUsed
  let peak = before
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().heapUsed)
  }, 10)
  const began = performance.now()
  const unfinished = await cashier.recover()
  const seconds = (performance.now() - began) / 1_000
  clearInterval(look)
  await cashier.close()
  await store.close()
  if (unfinished !== payments) throw new Error(`${unfinished} payments were planned, not ${payments}`)
  return { seconds, megabytes: (peak - before) / 2 ** 20 }
}

const starts = async (payments: number, rounds: number): Promise<readonly Start[]> => {
  await using folder = await ownFolder()
  const path = join(folder.path, 'payments.db')
  await fill(path, payments)
  const samples: Start[] = []
  for (let round = 0; round < Math.min(3, rounds); round += 1) samples.push(await recover(path, payments))
  return samples
}

export const recovery: Bench = {
  id: 'recovery',
  run: async ({ rounds }) => {
    const fewer = await starts(FEWER, rounds)
    const many = await starts(MANY, rounds)
    const samples = many.map(({ seconds }) => seconds)
    const megabytes = (of: readonly Start[]) => of.map((each) => each.megabytes)
    return {
      name: `Start with ${MANY.toLocaleString('en-US')} unfinished payments in SQLite`,
      how: 'From recover() until every one is planned; the wake-ups only count. Heap: the most in use over what was before.',
      rows: [
        { name: 'planned in', unit: 's', samples },
        { name: 'heap', unit: 'MB', samples: megabytes(many) },
        { name: `heap with ${FEWER.toLocaleString('en-US')}`, unit: 'MB', samples: megabytes(fewer) },
      ],
      verdict: { name: 'seconds', samples, target: { atMost: 5 } },
    }
  },
}
