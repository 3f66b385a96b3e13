import { randomBytes } from 'node:crypto'
import { postgresStore } from '@f2f/sql'
import { findPostgres, findRedis } from '@f2f/test-services'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crash } from '../src/crash/crash.ts'
import { createDatabase } from '../src/lib/database.ts'

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
  const database = await createDatabase(postgres.url)
  const store = postgresStore({ url: database.url })
  await store.migrate()
  await store.close()
  const prefix = `f2f_trial_${randomBytes(6).toString('hex')}`
  const { url } = redis
  const verdict = await crash({
    backend: () => ({ kind: 'postgres', url: database.url, redis: url, prefix }),
    tills: 3,
    kills: 8,
    seed: 3,
  })
  await database.drop()
  expect(verdict.wrong).toEqual([])
  expect(verdict.payments).toBeGreaterThan(20)
})
