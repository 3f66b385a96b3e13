import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { bullmqWakeups } from '@f2f/bullmq'
import { completePolicy, type Payment, type PaymentStore, prepareBarcode, transition } from '@f2f/core'
import { postgresStore } from '@f2f/sql'
import { findRedis } from '@f2f/test-services'
import type { Bench } from '../bench.ts'
import { ownPostgres } from '../databases.ts'
import { alipayPair, merchant } from '../keys.ts'
import { startQueryServer } from '../query-server.ts'
import { ratios } from '../report.ts'
import { interleaved } from '../rounds.ts'
import { startWorker } from '../worker.ts'

const WORKERS = [1, 2, 4]
const AMOUNT = '8.88'

/** A payment whose buyer was asked to confirm, and whose next query is due. */
const waiting = (outTradeNo: string): Payment => {
  const policy = completePolicy()
  const at = Date.now() - policy.firstQueryAfter
  const order = { outTradeNo, authCode: '280000000000000000', totalAmount: AMOUNT, subject: 'Tea' }
  const started = transition(prepareBarcode(order, policy, at).payment, { type: 'start', at }, policy).payment
  return transition(started, { type: 'payReply', outcome: { is: 'waiting', facts: {} }, at }, policy).payment
}

const untilNoneIsUnfinished = async (store: PaymentStore): Promise<void> => {
  const anyUnfinished = async (): Promise<boolean> => {
    for await (const _ of store.list({ unfinished: true, limit: 1 })) return true
    return false
  }
  while (await anyUnfinished()) await pause(20)
}

/** Settled payments per second when `workers` processes share `outTradeNos`. */
const drain = async (workers: number, outTradeNos: readonly string[], gateway: string, redis: string) => {
  await using database = await ownPostgres()
  await using crew = new AsyncDisposableStack()
  const prefix = `f2f_bench_${randomUUID()}`
  const store = postgresStore({ url: database.url, maxConnections: 10 })
  crew.defer(() => store.close())
  await store.migrate()
  await Promise.all(outTradeNos.map((outTradeNo) => store.insert(waiting(outTradeNo))))
  const wakeups = bullmqWakeups({ redis, prefix, work: false })
  crew.defer(() => wakeups.close())
  await Promise.all(outTradeNos.map((outTradeNo) => wakeups.schedule(outTradeNo, new Date())))
  const { privateKey } = merchant
  const config = { postgres: database.url, redis, prefix, gateway, privateKey, alipayPublicKey: alipayPair.publicKey }
  const hands = await Promise.all(Array.from({ length: workers }, () => startWorker(config)))
  for (const hand of hands) crew.use(hand)
  const began = performance.now()
  for (const hand of hands) hand.tell('go')
  await untilNoneIsUnfinished(store)
  return outTradeNos.length / ((performance.now() - began) / 1_000)
}

export const workers: Bench = {
  id: 'workers',
  run: async ({ ms, isFull }) => {
    const redis = await findRedis()
    if (redis === undefined) return { name: 'Workers', how: 'Not run: no Redis. Set F2F_REDIS_URL.', rows: [] }
    const outTradeNos = Array.from({ length: ms }, (_, index) => `W${index}`)
    const { privateKey } = alipayPair
    await using server = await startQueryServer({ privateKey, outTradeNos, totalAmount: AMOUNT })
    const gateway = `${server.said}/gateway.do`
    const samples = await interleaved(
      WORKERS.map((many) => ({
        name: `${many} worker${many === 1 ? '' : 's'}`,
        sample: () => drain(many, outTradeNos, gateway, redis.url),
      })),
      isFull ? 3 : 1,
      false,
    )
    await redis.stop()
    return {
      name: `Waiting payments settled by 1, 2 and 4 workers on PostgreSQL and BullMQ (Redis), ${outTradeNos.length} at once`,
      how: 'Each is woken, asked about, verified and committed. Gateway, databases and workers share this machine.',
      rows: [...samples].map(([name, values]) => ({ name, unit: 'payments/s', role: 'ours', samples: values })),
      verdict: { name: '4 workers / 1', samples: ratios(samples.get('4 workers'), samples.get('1 worker')) },
    }
  },
}
