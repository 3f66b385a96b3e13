import { findPostgres, findRedis } from '@f2f/test-services'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    /** Empty when there is no such server. */
    redisUrl: string
  }
}

/** Finds the servers once for all test files. */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  const [postgres, redis] = await Promise.all([findPostgres(), findRedis()])
  if (redis === undefined) console.log('NOT RUN: f2f doctor with a queue on Redis. Set F2F_REDIS_URL, or start one.')
  project.provide('postgresUrl', postgres.url)
  project.provide('redisUrl', redis?.url ?? '')
  return async () => {
    await Promise.all([postgres.stop(), redis?.stop()])
  }
}
