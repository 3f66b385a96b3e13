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

const WHAT = 'lose, double, misreport and disorder nothing'

test(`three tills on PostgreSQL and BullMQ on Redis, one killed at a time, ${WHAT}`, {
  timeout: 300_000,
}, async (context) => {
  if (redis === undefined) return context.skip('no Redis: set F2F_REDIS_URL, or install redis-server')
  const verdict = await crashTogether({ postgres: postgres.url, redis: redis.url }, { kills: 8, seed: 3 })
  expect(verdict.wrong).toEqual([])
  expect(verdict.payments).toBeGreaterThan(5)
})

test(`three tills on PostgreSQL and BullMQ on the same PostgreSQL, one killed at a time, ${WHAT}`, {
  timeout: 300_000,
}, async () => {
  const verdict = await crashTogether({ postgres: postgres.url }, { kills: 8, seed: 5 })
  expect(verdict.wrong).toEqual([])
  expect(verdict.payments).toBeGreaterThan(5)
})
