import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findPostgres, findRedis } from '@f2f/test-services'
import { type CrashOptions, crash } from './crash.ts'
import { crashTogether } from './together.ts'
import type { CrashVerdict } from './verdict.ts'

type Run = Pick<CrashOptions, 'kills' | 'seed' | 'onKill'>

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    together: { type: 'boolean', default: false },
    queue: { type: 'string', default: 'redis' },
  },
})

const alone = (run: Run): Promise<CrashVerdict> =>
  crash({ ...run, backend: (folder) => ({ kind: 'sqlite', path: join(folder, 'payments.db') }), tills: 1 })

const redisIfWanted = async (): Promise<Awaited<ReturnType<typeof findRedis>>> => {
  if (values.queue === 'postgres') return undefined
  if (values.queue !== 'redis') throw new Error('--queue is redis or postgres.')
  const redis = await findRedis()
  if (redis === undefined)
    throw new Error('No Redis: set F2F_REDIS_URL, install redis-server, or use --queue postgres.')
  return redis
}

const together = async (run: Run): Promise<CrashVerdict> => {
  const redis = await redisIfWanted()
  const postgres = await findPostgres()
  try {
    return await crashTogether({ postgres: postgres.url, ...(redis && { redis: redis.url }) }, run)
  } finally {
    await Promise.all([postgres.stop(), redis?.stop()])
  }
}

const verdict = await (values.together ? together : alone)({
  kills: Number(values.kills),
  seed: Number(values.seed),
  onKill: (kills) => {
    if (kills % 20 === 0) console.error(`${kills} kills`)
  },
})
console.log(JSON.stringify({ ...verdict, wrong: verdict.wrong.slice(0, 50) }, null, 2))
process.exitCode = verdict.wrong.length === 0 ? 0 : 1
