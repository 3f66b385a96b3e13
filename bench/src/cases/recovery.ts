import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { completePolicy, prepareBarcode, transition } from '@f2f/core'
import { startRedis } from '@f2f/test-services'
import { createPostgresBackend, Queue } from 'bullmq'
import type { Bench } from '../bench.ts'
import { ownFolder, ownPostgres } from '../databases.ts'
import type { Growth } from '../growth.ts'
import {
  type AlarmPlace,
  openStore,
  runStart,
  type Start,
  type StartConfig,
  type StorePlace,
} from '../recovery-start.ts'
import type { Row } from '../report.ts'

/** Payments of a start. The target speaks of the full number, which is compared with a tenth of it. */
const FULL = 100_000
const QUICK = 10_000
const TENTH = 0.1
const AT_ONCE = 1_000

/** Journals payments of the last five seconds, whose replies are still to come: all unfinished, none due at `now`. */
const fill = async (place: StorePlace, payments: number, now: number): Promise<void> => {
  const store = openStore(place)
  await store.migrate()
  const policy = completePolicy()
  for (let first = 0; first < payments; first += AT_ONCE) {
    const rows = Array.from({ length: AT_ONCE }, (_, index) => {
      const at = now - 5_000 + Math.floor(((first + index) * 5_000) / payments)
      const outTradeNo = `R${first + index}`
      const order = { outTradeNo, authCode: '280000000000000000', totalAmount: '8.88', subject: 'Tea' }
      return transition(prepareBarcode(order, policy, at).payment, { type: 'start', at }, policy).payment
    })
    await Promise.all(rows.map((row) => store.insert(row)))
  }
  await store.close()
}

const startOnce = async (config: StartConfig, payments: number): Promise<Start> => {
  const start = await runStart(config)
  if (start.unfinished !== payments) throw new Error(`${start.unfinished} payments were planned, not ${payments}`)
  return start
}

type Named<T> = readonly (readonly [name: string, place: T])[]

/** Where the wake-ups are planned: in the process, and on BullMQ. */
const alarmPlaces = (redis: string | undefined, postgres: string): Named<AlarmPlace> => [
  ['timers', { timers: true }],
  ...(redis === undefined ? [] : [['BullMQ on Redis', { redis }] as const]),
  ['BullMQ on PostgreSQL', { postgres }],
]

const prepareQueue = async (connectionString: string): Promise<void> => {
  const queue = new Queue('prepare', { connection: { connectionString, migrate: true } }, createPostgresBackend)
  await queue.waitUntilReady()
  await queue.close()
}

/** One sample of each for every round. */
type Samples = Readonly<Record<'seconds' | 'most' | 'held', number[]>>
type Starts = ReadonlyMap<string, Samples>

const startsWith = async (payments: number, rounds: number, redis: string | undefined): Promise<Starts> => {
  await using folder = await ownFolder()
  await using database = await ownPostgres()
  const stores: Named<StorePlace> = [
    ['SQLite', { sqlite: join(folder.path, 'payments.db') }],
    ['PostgreSQL', { postgres: database.url }],
  ]
  const now = Date.now()
  for (const [, store] of stores) await fill(store, payments, now)
  await prepareQueue(database.url)
  const starts = new Map<string, Samples>()
  for (let round = 0; round < rounds; round += 1) {
    for (const [storeName, store] of stores) {
      for (const [alarmName, alarms] of alarmPlaces(redis, database.url)) {
        const name = `${storeName}, ${alarmName}`
        const samples = starts.get(name) ?? { seconds: [], most: [], held: [] }
        const timed = await startOnce({ store, alarms, queue: randomUUID(), now, looks: false }, payments)
        const watched = await startOnce({ store, alarms, queue: randomUUID(), now, looks: true }, payments)
        samples.seconds.push(timed.seconds)
        samples.most.push(watched.most)
        samples.held.push(watched.held)
        starts.set(name, samples)
      }
    }
  }
  return starts
}

const rowsOf = (many: Starts, fewer: Starts | undefined, few: number): readonly Row[] =>
  [...many].flatMap(([name, { seconds, most, held }]) => [
    { name, unit: 's', role: 'ours', samples: seconds },
    { name: '  heap on the way', unit: 'MB', samples: most },
    ...(fewer === undefined
      ? []
      : [{ name: `  the same with ${few.toLocaleString('en-US')}`, unit: 'MB', samples: fewer.get(name)?.most ?? [] }]),
    { name: '  held afterwards', unit: 'MB', samples: held },
  ])

const growthBetween = (fewer: Starts, few: number, many: Starts, payments: number): Growth => ({
  work: 'unfinished payments',
  cost: 'seconds until all are planned',
  lines: [...many].map(([name, { seconds }]) => ({
    name,
    role: 'ours',
    points: [
      { size: few, samples: fewer.get(name)?.seconds ?? [] },
      { size: payments, samples: seconds },
    ],
  })),
})

export const recovery: Bench = {
  id: 'recovery',
  run: async (effort) => {
    const [payments, rounds] = effort.isFull ? [FULL, 3] : [QUICK, 1]
    const few = payments * TENTH
    const redis = await startRedis()
    try {
      const fewer = effort.isFull ? await startsWith(few, rounds, redis?.url) : undefined
      const many = await startsWith(payments, rounds, redis?.url)
      const slowest = Array.from({ length: rounds }, (_, round) =>
        Math.max(...[...many.values()].map(({ seconds }) => seconds[round] ?? Number.NaN)),
      )
      const missing = redis === undefined ? ' Not run: BullMQ on Redis, there is no redis-server.' : ''
      return {
        name: `Start with ${payments.toLocaleString('en-US')} unfinished payments`,
        how: `From recover() until it resolves: every one is planned, none due yet. A process of its own for each; heap in one more, less what could be freed.${missing}`,
        rows: rowsOf(many, fewer, few),
        verdict: {
          name: 'seconds, the slowest of them',
          samples: slowest,
          ...(effort.isFull ? { target: { atMost: 5 } } : {}),
        },
        growth: fewer === undefined ? undefined : growthBetween(fewer, few, many, payments),
      }
    } finally {
      await redis?.stop()
    }
  },
}
