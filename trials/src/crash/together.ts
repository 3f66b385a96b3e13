import { randomBytes } from 'node:crypto'
import { postgresStore } from '@f2f/sql'
import { createPostgresBackend, Queue } from 'bullmq'
import { createDatabase } from '../lib/database.ts'
import { type CrashOptions, crash } from './crash.ts'
import type { TillQueue } from './till-config.ts'
import type { CrashVerdict } from './verdict.ts'

/** A queue in the tills' own database. */
const queueIn = async (connectionString: string): Promise<TillQueue> => {
  const queue = new Queue('prepare', { connection: { connectionString, migrate: true } }, createPostgresBackend)
  await queue.waitUntilReady()
  await queue.close()
  return { postgres: connectionString }
}

/**
 * Three tills share a database and a queue of their own, and one at a time is killed.
 *
 * @param servers - without Redis, the queue is in the database too
 */
export const crashTogether = async (
  servers: { readonly postgres: string; readonly redis?: string },
  options: Pick<CrashOptions, 'kills' | 'seed' | 'onKill'>,
): Promise<CrashVerdict> => {
  const { redis } = servers
  const database = await createDatabase(servers.postgres)
  try {
    const store = postgresStore({ url: database.url })
    await store.migrate()
    await store.close()
    const prefix = `f2f_trial_${randomBytes(6).toString('hex')}`
    const queue = redis === undefined ? await queueIn(database.url) : { redis, prefix }
    const backend = () => ({ kind: 'postgres', url: database.url, queue }) as const
    return await crash({ ...options, backend, tills: 3 })
  } finally {
    await database.drop()
  }
}
