import { randomBytes } from 'node:crypto'
import { createPostgresBackend, Queue } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import { inject } from 'vitest'
import type { QueueHome } from '../src/index.ts'

/** A place for a queue of a test's own. */
export interface TestHome {
  readonly home: QueueHome & { readonly prefix?: string }
  /** Loses everything the queue holds, as a flushed or replaced server does. */
  readonly flush: () => Promise<void>
  readonly drop: () => Promise<void>
}

const newName = (): string => `f2f_test_${randomBytes(6).toString('hex')}`

const onRedis = async (): Promise<TestHome> => {
  const url = inject('redisUrl')
  const prefix = newName()
  const flush = async (): Promise<void> => {
    const redis = new Redis(url)
    const keys = await redis.keys(`${prefix}:*`)
    if (keys.length > 0) await redis.del(...keys)
    redis.disconnect()
  }
  return { home: { redis: url, prefix }, flush, drop: flush }
}

const onPostgres = async (): Promise<TestHome> => {
  const connectionString = inject('postgresUrl')
  const schema = newName()
  const admin = new pg.Pool({ connectionString, max: 1 })
  const prepared = new Queue(
    'prepare',
    { connection: { connectionString, schema, migrate: true } },
    createPostgresBackend,
  )
  await prepared.waitUntilReady()
  await prepared.close()
  const tables = `select tablename from pg_tables where schemaname = '${schema}' and tablename like '%job%'`
  return {
    home: { postgres: { connectionString, schema } },
    async flush() {
      const { rows } = await admin.query<{ tablename: string }>(tables)
      for (const { tablename } of rows) await admin.query(`truncate ${schema}.${tablename} cascade`)
    },
    async drop() {
      await admin.query(`drop schema ${schema} cascade`)
      await admin.end()
    },
  }
}

/** Every place a queue can live that is there. */
export const HOMES: Readonly<Record<string, () => Promise<TestHome>>> = {
  PostgreSQL: onPostgres,
  ...(inject('redisUrl') === '' ? {} : { Redis: onRedis }),
}
