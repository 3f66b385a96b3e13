import { wakeupsContract } from '@f2f/core/testing'
import { describe, expect, test } from 'vitest'
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

  test('what a process plans after it has stopped working reaches the others', async () => {
    const { home, drop } = await open()
    const settings = { ...home, onProblem: quiet }
    const leaving = bullmqWakeups(settings)
    const woken: string[] = []
    await leaving.start(async (outTradeNo) => void woken.push(`leaving ${outTradeNo}`))
    await leaving.stop()
    const planned = leaving.schedule('A1', new Date())
    await leaving.close()
    await planned
    const staying = bullmqWakeups(settings)
    await new Promise<void>((resolve) => {
      void staying.start(async (outTradeNo) => {
        woken.push(`staying ${outTradeNo}`)
        resolve()
      })
    })
    expect(woken).toEqual(['staying A1'])
    await staying.close()
    await drop()
  })
})
