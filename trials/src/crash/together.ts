import { randomBytes } from 'node:crypto'
import { postgresStore } from '@f2f/sql'
import { createDatabase } from '../lib/database.ts'
import { type CrashOptions, crash } from './crash.ts'
import type { CrashVerdict } from './verdict.ts'

/** Three tills share a database and a queue of their own, and one at a time is killed. */
export const crashTogether = async (
  servers: { readonly postgres: string; readonly redis: string },
  options: Pick<CrashOptions, 'kills' | 'seed' | 'onKill'>,
): Promise<CrashVerdict> => {
  const database = await createDatabase(servers.postgres)
  try {
    const store = postgresStore({ url: database.url })
    await store.migrate()
    await store.close()
    const prefix = `f2f_trial_${randomBytes(6).toString('hex')}`
    const backend = () => ({ kind: 'postgres', url: database.url, redis: servers.redis, prefix }) as const
    return await crash({ ...options, backend, tills: 3 })
  } finally {
    await database.drop()
  }
}
