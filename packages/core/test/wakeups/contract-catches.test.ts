import { describe, expect, test } from 'vitest'
import { timerWakeups, type Wakeups } from '../../src/index.ts'
import { SimulatedClock } from '../../src/testing/simulated-clock.ts'
import { wakeupsContract } from '../../src/testing/wakeups-contract.ts'

type Fault = (right: Wakeups, clock: SimulatedClock) => Partial<Wakeups>

/** The ids of the rules that wake-ups with this fault break. */
const brokenBy = async (fault: Fault): Promise<string[]> => {
  const contract = wakeupsContract(
    async () => {
      const clock = new SimulatedClock()
      const right = timerWakeups({ clock })
      const wakeups = { ...right, ...fault(right, clock) }
      return { wakeups, clock, advance: (ms) => clock.advance(ms), close: () => right.close() }
    },
    { alone: 'one process', patience: 6_000 },
  )
  const broken: string[] = []
  for (const { id, run } of contract) await run().catch(() => broken.push(id))
  return broken
}

describe('the wake-ups contract catches wake-ups that', () => {
  test.each<[string, Fault, string[]]>([
    ['do all they must', () => ({}), []],
    [
      'call too soon',
      (right) => ({ schedule: (outTradeNo, at) => right.schedule(outTradeNo, new Date(at.getTime() - 200)) }),
      ['WK-01', 'WK-05', 'WK-14'],
    ],
    [
      'call what is planned in one piece with the first of it',
      (right) => ({
        scheduleMany(plans) {
          const first = new Date(Math.min(...plans.map(({ at }) => at.getTime())))
          for (const { outTradeNo } of plans) right.schedule(outTradeNo, first)
        },
      }),
      ['WK-14'],
    ],
    [
      'forget the end of what is planned in one piece',
      (right) => ({
        scheduleMany(plans) {
          for (const { outTradeNo, at } of plans.slice(0, 1_000)) right.schedule(outTradeNo, at)
        },
      }),
      ['WK-14'],
    ],
    [
      'forget what is overdue',
      (right, clock) => ({
        schedule: (outTradeNo, at) => {
          if (at.getTime() >= clock.now()) right.schedule(outTradeNo, at)
        },
      }),
      ['WK-02'],
    ],
    [
      'keep to the first plan',
      (right) => {
        const planned = new Set<string>()
        return {
          schedule(outTradeNo, at) {
            if (!planned.has(outTradeNo)) right.schedule(outTradeNo, at)
            planned.add(outTradeNo)
          },
        }
      },
      ['WK-04', 'WK-05', 'WK-07', 'WK-08'],
    ],
    [
      'swallow a failure',
      (right) => ({ start: (advance) => right.start((outTradeNo) => advance(outTradeNo).catch(() => undefined)) }),
      ['WK-10'],
    ],
    [
      'go on with a plan for ever',
      (right, clock) => ({
        start: (advance) =>
          right.start(async (outTradeNo) => {
            await advance(outTradeNo)
            right.schedule(outTradeNo, new Date(clock.now() + 100))
          }),
      }),
      ['WK-03'],
    ],
    [
      'call one payment after the other',
      (right) => {
        let last: Promise<void> = Promise.resolve()
        return {
          start: (advance) =>
            right.start((outTradeNo) => {
              last = last.then(() => advance(outTradeNo))
              return last
            }),
        }
      },
      ['WK-09', 'WK-10'],
    ],
    ['close without waiting', (right) => ({ close: async () => void right.close() }), ['WK-21']],
    ['go on after the close', () => ({ close: async () => undefined }), ['WK-21', 'WK-22']],
  ])('%s', async (_, fault, rules) => {
    expect(await brokenBy(fault)).toEqual(rules)
  })

  const clock = new SimulatedClock()
  const factory = async () => ({ wakeups: timerWakeups({ clock }), clock, close: async () => undefined })

  test.each([
    ['no other process can see the plans', { alone: 'one process' }, ['WK-13']],
    ['overtaken plans call all the same', { overtakenPlansCall: 'calling off is dear' }, ['WK-05']],
  ])('a declared difference leaves out the rules about it, and no others: %s', (_, difference, left) => {
    const kept = new Set(wakeupsContract(factory, difference).map(({ id }) => id))
    const all = wakeupsContract(factory).map(({ id }) => id)
    expect(all.filter((id) => !kept.has(id))).toEqual(left)
    expect(new Set(all).size).toBe(all.length)
  })

  test('a rule about another process wants one', async () => {
    const needsAnother = wakeupsContract(factory).find(({ id }) => id === 'WK-13')
    await expect(needsAnother?.run()).rejects.toThrow('The factory gives no `another`')
  })
})
