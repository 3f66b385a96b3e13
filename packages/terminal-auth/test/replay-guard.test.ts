import { SimulatedClock } from '@f2f/core/testing'
import { describe, expect, test } from 'vitest'
import { memoryReplayGuard } from '../src/index.ts'
import { ForgetfulMap } from '../src/ports/forgetful-map.ts'
import { replayGuardContract } from '../src/testing/index.ts'

describe('memoryReplayGuard', () => {
  for (const { id, name, run } of replayGuardContract(async () => ({ guard: memoryReplayGuard() })))
    test(`${id} ${name}`, run)

  test('forgets a claim at its end and not before', async () => {
    const clock = new SimulatedClock()
    const guard = memoryReplayGuard(clock)
    const until = new Date(clock.now() + 600_000)
    await guard.claim('key', 'value', until)
    await clock.advance(599_999)
    expect(await guard.claim('key', 'another', until)).toBe('other')
    await clock.advance(1)
    expect(await guard.claim('key', 'another', new Date(clock.now() + 1))).toBe('first')
  })

  test('is not moved by a second claim: the first end counts', async () => {
    const clock = new SimulatedClock()
    const guard = memoryReplayGuard(clock)
    await guard.claim('key', 'value', new Date(clock.now() + 1_000))
    await guard.claim('key', 'value', new Date(clock.now() + 9_000))
    await clock.advance(1_000)
    expect(await guard.claim('key', 'value', new Date(clock.now() + 1))).toBe('first')
  })
})

test('what is kept in memory does not grow with time', async () => {
  const clock = new SimulatedClock()
  const map = new ForgetfulMap<number>(clock)
  for (let minute = 0; minute < 100; minute++) {
    for (let entry = 0; entry < 10; entry++) map.set(`${minute}-${entry}`, entry, new Date(clock.now() + 300_000))
    await clock.advance(60_000)
  }
  expect(map.size).toBeLessThanOrEqual(60)
})
