import { randomBytes } from 'node:crypto'
import { findPostgres, findRedis } from '@f2f/test-services'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { Client } from 'pg'
import type { Environment } from '../settings.ts'

const ask = async (url: string, statement: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

/** Real services that nobody else uses meanwhile. */
export interface Services {
  /** `DATABASE_URL`, and `REDIS_URL` where there is a Redis. */
  readonly environment: Environment
  /** The payments in the database, by their numbers. */
  payments(): Promise<readonly Record<string, unknown>[]>
  /** Whether wake-ups have been planned in the queue; undefined without Redis. */
  isQueueUsed(): Promise<boolean | undefined>
}

const withDatabase = async <T>(use: (url: string) => Promise<T>): Promise<T> => {
  const { url, stop } = await findPostgres()
  const name = `f2f_demo_${randomBytes(6).toString('hex')}`
  await ask(url, `create database ${name}`)
  try {
    return await use(Object.assign(new URL(url), { pathname: `/${name}` }).href)
  } finally {
    await ask(url, `drop database ${name} with (force)`)
    await stop()
  }
}

/** Whether anything was ever put into the queue: every job leaves an event. */
const hasEvents = async (url: string, queue: Queue): Promise<boolean> => {
  const redis = new Redis(url)
  try {
    return (await redis.exists(queue.toKey('events'))) > 0
  } finally {
    redis.disconnect()
  }
}

type OnQueue<T> = (url?: string, isUsed?: () => Promise<boolean>) => Promise<T>

const withQueue = async <T>(number: number, use: OnQueue<T>): Promise<T> => {
  const redis = await findRedis()
  if (redis === undefined) {
    process.stdout.write('NOT RUN: BullMQ on Redis. Set F2F_REDIS_URL, or install redis-server.\n')
    return use()
  }
  const { href } = Object.assign(new URL(redis.url), { pathname: `/${number}` })
  const queue = new Queue('f2f', { connection: { url: href } })
  try {
    return await use(href, () => hasEvents(href, queue))
  } finally {
    await queue.obliterate({ force: true })
    await queue.close()
    await redis.stop()
  }
}

/**
 * Runs `use` with a PostgreSQL database of its own and, where there is one, a Redis.
 *
 * @param number - of the database in Redis: another one for each package whose tests may run at the same time
 */
export const withServices = <T>(number: number, use: (services: Services) => Promise<T>): Promise<T> =>
  withDatabase((databaseUrl) =>
    withQueue(number, (redisUrl, isUsed) =>
      use({
        environment: { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl },
        payments: () => ask(databaseUrl, 'select out_trade_no, status from f2f_payments order by out_trade_no'),
        isQueueUsed: async () => isUsed?.(),
      }),
    ),
  )
