import { findPostgres, findRedis } from '@f2f/test-services'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crashTogether } from '../src/crash/together.ts'

let postgres: Awaited<ReturnType<typeof findPostgres>>
let redis: Awaited<ReturnType<typeof findRedis>>
beforeAll(async () => {
  postgres = await findPostgres()
  redis = await findRedis()
})
afterAll(async () => {
  await postgres.stop()
  await redis?.stop()
})

test('three tills on PostgreSQL and BullMQ, one killed at a time, lose, double and misreport nothing', {
  timeout: 300_000,
}, async (context) => {
  if (redis === undefined) return context.skip('no Redis: set F2F_REDIS_URL, or install redis-server')
  const verdict = await crashTogether({ postgres: postgres.url, redis: redis.url }, { kills: 8, seed: 3 })
  expect(verdict.wrong).toEqual([])
  expect(verdict.payments).toBeGreaterThan(5)
})
