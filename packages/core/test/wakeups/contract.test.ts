import { describe, test } from 'vitest'
import { timerWakeups } from '../../src/index.ts'
import { SimulatedClock } from '../../src/testing/simulated-clock.ts'
import { type WakeupsUnderTest, wakeupsContract } from '../../src/testing/wakeups-contract.ts'

const alone = 'It lives in the memory of one process.'

const movedByHand = async (): Promise<WakeupsUnderTest> => {
  const clock = new SimulatedClock()
  const wakeups = timerWakeups({ clock })
  return { wakeups, clock, advance: (ms) => clock.advance(ms), close: () => wakeups.close() }
}

/** A clock that runs by itself, only faster than a real one. */
const runningByItself = async (): Promise<WakeupsUnderTest> => {
  const clock = new SimulatedClock()
  const wakeups = timerWakeups({ clock })
  let isOpen = true
  const run = async () => {
    while (isOpen) await clock.advance(10)
  }
  const running = run()
  const close = async () => {
    isOpen = false
    await Promise.all([running, wakeups.close()])
  }
  return { wakeups, clock, close }
}

describe('timerWakeups keeps the wake-ups contract', () => {
  for (const { id, name, run } of wakeupsContract(movedByHand, { alone })) test(`${id} ${name}`, run)
})

describe('timerWakeups keeps the wake-ups contract while time goes on by itself', () => {
  for (const { id, name, run } of wakeupsContract(runningByItself, { alone })) test(`${id} ${name}`, run)
})
