import { wakeupsContract } from '@f2f/core/testing'
import { describe, test } from 'vitest'
import { bullmqWakeups } from '../src/index.ts'
import { HOMES } from './homes.ts'

const OVERTAKEN = 'calling a job off costs a round trip of its own'
const quiet = () => undefined

describe.each(Object.entries(HOMES))('wake-ups on %s', (_, open) => {
  const factory = async () => {
    const { home, drop } = await open()
    const settings = { ...home, onProblem: quiet, retryAfter: 200 }
    const wakeups = bullmqWakeups(settings)
    const others: ReturnType<typeof bullmqWakeups>[] = []
    return {
      wakeups,
      another: async () => {
        const other = bullmqWakeups(settings)
        others.push(other)
        return other
      },
      close: async () => {
        await Promise.all([wakeups, ...others].map((each) => each.close()))
        await drop()
      },
    }
  }
  for (const { id, name, run } of wakeupsContract(factory, { overtakenPlansCall: OVERTAKEN }))
    test(`${id} ${name}`, run)
})
