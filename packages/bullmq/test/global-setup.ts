import { findPostgres, findRedis } from '@f2f/test-services'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    /** Empty when there is no Redis. */
    redisUrl: string
  }
}

/** Finds the servers once for all test files. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const [postgres, redis] = await Promise.all([findPostgres(), findRedis()])
  console.log(`tests use ${[postgres, redis].flatMap((server) => server?.name ?? []).join(' and ')}`)
  if (redis === undefined) console.log('NOT RUN: everything on Redis. Set F2F_REDIS_URL, or install redis-server.')
  project.provide('postgresUrl', postgres.url)
  project.provide('redisUrl', redis?.url ?? '')
  return async () => {
    await Promise.all([postgres.stop(), redis?.stop()])
  }
}
