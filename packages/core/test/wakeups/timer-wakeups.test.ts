import { describe, expect, test } from 'vitest'
import { type TimerWakeupsOptions, timerWakeups } from '../../src/index.ts'
import { SimulatedClock } from '../../src/testing/simulated-clock.ts'

const gate = () => {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

const begin = async (
  options: TimerWakeupsOptions = {},
  advance: (outTradeNo: string) => Promise<void> = async () => undefined,
) => {
  const clock = new SimulatedClock(0)
  const wakeups = timerWakeups({ clock, ...options })
  const called: string[] = []
  await wakeups.start((outTradeNo) => {
    called.push(`${outTradeNo} ${clock.now()}`)
    return advance(outTradeNo)
  })
  const schedule = (outTradeNo: string, at: number) => wakeups.schedule(outTradeNo, new Date(at))
  return { clock, wakeups, called, schedule }
}

describe('one timer', () => {
  test('serves 10,000 payments, whatever their order', async () => {
    const { clock, called, schedule } = await begin()
    for (let index = 0; index < 10_000; index++) {
      await schedule(`T${index}`, 1 + ((index * 7_919) % 10_000))
      expect(clock.pending).toBe(1)
    }
    await clock.advance(5_000)
    expect(called.length).toBe(5_000)
    expect(clock.pending).toBe(1)
    await clock.advance(5_000)
    expect(called.length).toBe(10_000)
    expect(clock.pending).toBe(0)
    const times = called.map((line) => Number(line.split(' ')[1]))
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  test('moves forward when something sooner is planned, and stays when something later is', async () => {
    const { clock, called, schedule } = await begin()
    await schedule('LATE', 900)
    await schedule('SOON', 100)
    await schedule('MIDDLE', 500)
    expect(clock.pending).toBe(1)
    await clock.advance(1_000)
    expect(called).toEqual(['SOON 100', 'MIDDLE 500', 'LATE 900'])
  })

  test('is not set before the start', async () => {
    const clock = new SimulatedClock(0)
    const wakeups = timerWakeups({ clock })
    await wakeups.schedule('T', new Date(10))
    expect(clock.pending).toBe(0)
    const called: string[] = []
    await wakeups.start(async (outTradeNo) => void called.push(outTradeNo))
    await clock.advance(10)
    expect(called).toEqual(['T'])
  })
})

describe('a new plan', () => {
  test.each([
    ['a later one', [100, 300], ['T 300']],
    ['a sooner one', [300, 100], ['T 100']],
    ['the same one', [100, 100], ['T 100']],
    ['back to the first', [100, 300, 100], ['T 100']],
    ['forth and back and forth', [100, 300, 100, 300], ['T 300']],
  ])('replaces the old: %s', async (_, times, expected) => {
    const { clock, called, schedule } = await begin()
    for (const at of times) await schedule('T', at)
    await clock.advance(1_000)
    expect(called).toEqual(expected)
  })
})

describe('concurrency', () => {
  test('never runs more than allowed, and runs the rest as soon as there is room', async () => {
    const gates = Array.from({ length: 5 }, gate)
    let running = 0
    let most = 0
    const { clock, called, schedule } = await begin({ concurrency: 2 }, async (outTradeNo) => {
      most = Math.max(most, ++running)
      await gates[Number(outTradeNo)]?.opened
      running--
    })
    for (let index = 0; index < 5; index++) await schedule(String(index), index)
    await clock.advance(10)
    expect(called).toEqual(['0 0', '1 1'])
    gates[1]?.open()
    await clock.settle()
    expect(called).toEqual(['0 0', '1 1', '2 10'])
    for (const { open } of gates) open()
    await clock.settle()
    expect(called.length).toBe(5)
    expect(most).toBe(2)
  })

  test('never runs the same payment twice at once', async () => {
    const { opened, open } = gate()
    const { clock, called, schedule } = await begin({}, () => opened)
    await schedule('T', 10)
    await clock.advance(10)
    await schedule('T', 20)
    await clock.advance(50)
    expect(called).toEqual(['T 10'])
    open()
    await clock.settle()
    expect(called).toEqual(['T 10', 'T 60'])
  })
})

describe('a call that fails', () => {
  test.each([
    ['rejects', () => Promise.reject(new Error('no store'))],
    [
      'throws',
      () => {
        throw new Error('no store')
      },
    ],
  ])('because it %s is tried again after the pause, for ever, and holds up nobody', async (_, fail) => {
    const { clock, called, schedule } = await begin({ retryAfter: 5_000, concurrency: 1 }, (outTradeNo) =>
      outTradeNo === 'BAD' ? fail() : Promise.resolve(),
    )
    await schedule('BAD', 0)
    await schedule('GOOD', 0)
    await clock.advance(12_000)
    expect(called).toEqual(['BAD 0', 'GOOD 0', 'BAD 5000', 'BAD 10000'])
  })

  test('keeps to the plan it made itself', async () => {
    const { clock, called, schedule } = await begin({}, async (outTradeNo) => {
      if (called.length > 1) return
      await schedule(outTradeNo, 300)
      throw new Error('after planning')
    })
    await schedule('T', 0)
    await clock.advance(10_000)
    expect(called).toEqual(['T 0', 'T 300'])
  })
})

describe('the close', () => {
  test('waits for what is running, and fires no more', async () => {
    const { opened, open } = gate()
    const { clock, wakeups, called, schedule } = await begin({ concurrency: 1 }, () => opened)
    await schedule('RUNNING', 9)
    await schedule('READY', 10)
    await schedule('PLANNED', 20)
    await clock.advance(10)
    let isClosed = false
    const closing = wakeups.close().then(() => {
      isClosed = true
    })
    expect(clock.pending).toBe(0)
    await clock.advance(1_000)
    expect(isClosed).toBe(false)
    open()
    await closing
    await schedule('TOO_LATE', 0)
    await clock.advance(1_000)
    expect(called).toEqual(['RUNNING 9'])
    expect(clock.pending).toBe(0)
  })

  test('does not bring back what failed meanwhile', async () => {
    const { opened, open } = gate()
    const { clock, wakeups, called, schedule } = await begin({}, async () => {
      await opened
      throw new Error('too late')
    })
    await schedule('T', 0)
    await clock.advance(0)
    const closing = wakeups.close()
    open()
    await closing
    await clock.advance(60_000)
    expect(called).toEqual(['T 0'])
  })
})

test('a timer longer than the platform can wait is set again until its time has come', async () => {
  const clock = new SimulatedClock(0)
  const longest = 2 ** 31 - 1
  const short = {
    now: () => clock.now(),
    setTimeout: (fn: () => void, ms: number) => clock.setTimeout(fn, Math.min(ms, longest)),
  }
  const wakeups = timerWakeups({ clock: short })
  const called: number[] = []
  await wakeups.start(async () => void called.push(clock.now()))
  await wakeups.schedule('T', new Date(longest * 3))
  await clock.advance(longest * 4)
  expect(called).toEqual([longest * 3])
})
