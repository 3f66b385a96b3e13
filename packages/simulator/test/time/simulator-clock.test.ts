import { SimulatedClock } from '@f2f/core/testing'
import { expect, test } from 'vitest'
import { createSimulatorClock } from '../../src/time/simulator-clock.ts'

const START = Date.UTC(2026, 0, 1)

test('goes with its base, plus what it was advanced by', async () => {
  const base = new SimulatedClock(START)
  const clock = createSimulatorClock(base)
  await base.advance(5)
  await clock.advance(10)
  expect(clock.now()).toBe(START + 15)
})

test('timers run when the base reaches them', async () => {
  const base = new SimulatedClock(START)
  const clock = createSimulatorClock(base)
  const ran: number[] = []
  for (const ms of [30, 10, 20]) clock.setTimeout(() => ran.push(clock.now() - START), ms)
  await base.advance(20)
  expect(ran).toEqual([10, 20])
})

test('advancing runs what falls due on the way in order, each at its own instant, also what is added there', async () => {
  const clock = createSimulatorClock(new SimulatedClock(START))
  const ran: string[] = []
  const note = (name: string) => ran.push(`${name}@${clock.now() - START}`)
  clock.setTimeout(() => note('c'), 300)
  clock.setTimeout(() => {
    note('a')
    clock.setTimeout(() => note('b'), 100)
  }, 100)
  clock.setTimeout(() => note('d'), 301)
  await clock.advance(300)
  expect(ran).toEqual(['a@100', 'b@200', 'c@300'])
  expect(clock.now()).toBe(START + 300)
})

test('timers of one instant run in the order they were set', async () => {
  const clock = createSimulatorClock(new SimulatedClock(START))
  const ran: number[] = []
  for (const name of [1, 2, 3]) clock.setTimeout(() => ran.push(name), 10)
  await clock.advance(10)
  expect(ran).toEqual([1, 2, 3])
})

test('advancing waits for tracked work before going on', async () => {
  const clock = createSimulatorClock(new SimulatedClock(START))
  const ran: string[] = []
  const work = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    ran.push(`done@${clock.now() - START}`)
    clock.setTimeout(() => ran.push(`next@${clock.now() - START}`), 5)
  }
  clock.setTimeout(() => clock.track(work()), 10)
  await clock.advance(20)
  expect(ran).toEqual(['done@10', 'next@15'])
})

test('a timer called off does not run', async () => {
  const base = new SimulatedClock(START)
  const clock = createSimulatorClock(base)
  const ran: string[] = []
  const callOff = clock.setTimeout(() => ran.push('first'), 10)
  clock.setTimeout(() => ran.push('second'), 20)
  callOff()
  callOff()
  await base.advance(20)
  expect(ran).toEqual(['second'])
})

test('two advances at once follow each other', async () => {
  const clock = createSimulatorClock(new SimulatedClock(START))
  await Promise.all([clock.advance(10), clock.advance(10)])
  expect(clock.now()).toBe(START + 20)
})

test('closing breaks sleeps off, those to come included', async () => {
  const base = new SimulatedClock(START)
  const clock = createSimulatorClock(base)
  const reason = new Error('closed')
  const sleep = clock.sleep(10)
  clock.close(reason)
  await expect(sleep).rejects.toBe(reason)
  await expect(clock.sleep(10)).rejects.toBe(reason)
  expect(base.pending).toBe(0)
})
