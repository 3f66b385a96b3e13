import { setTimeout as pause } from 'node:timers/promises'
import { bullmqWakeups } from '@f2f/bullmq'
import { memoryStore } from '@f2f/core'
import { startRedis } from '@f2f/test-services'
import { expect, test } from 'vitest'
import { openTraffic } from '../../src/faults/traffic.ts'

test('Redis killed, emptied and started again in mid-flight: no payment notices', {
  timeout: 120_000,
}, async (context) => {
  const redis = await startRedis()
  if (redis === undefined) return context.skip('no redis-server on this machine')
  const wakeups = bullmqWakeups({ redis: redis.url, lockDuration: 1_000, onProblem: () => undefined })
  const traffic = await openTraffic(memoryStore(), wakeups, 21)
  traffic.start()
  await pause(1_500)
  await redis.stop()
  await pause(1_000)
  const again = await startRedis(Number(new URL(redis.url).port))
  await pause(1_500)
  const { payments, wrong } = await traffic.finish()
  await traffic.close()
  await again?.stop()
  expect(wrong).toEqual([])
  expect(traffic.surprises).toEqual([])
  expect([...traffic.refusals]).toEqual([])
  expect(payments).toBeGreaterThan(10)
})
