import { array, assert, boolean, integer, property, record } from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createSystemClock } from '../src/clock.ts'
import { type Clock, holdingClock, systemClock } from '../src/index.ts'

/** Two dials as a machine has them: one that people and networks set, and one that only counts. */
const machine = () => {
  const dials = { wall: 1_000_000, monotonic: 0 }
  const clock = createSystemClock(
    () => dials.wall,
    () => dials.monotonic,
  )
  const pass = (ms: number): void => {
    dials.wall += ms
    dials.monotonic += ms
  }
  return { dials, clock, pass }
}

describe('the system clock', () => {
  test('shows the machine’s time', () => {
    const { clock, pass } = machine()
    expect(clock.now()).toBe(1_000_000)
    pass(1_500)
    expect(clock.now()).toBe(1_001_500)
  })

  test('follows a jump forward', () => {
    const { dials, clock, pass } = machine()
    dials.wall += 3_600_000
    expect(clock.now()).toBe(4_600_000)
    pass(5)
    expect(clock.now()).toBe(4_600_005)
  })

  test('ignores a jump backward, and goes on from where it was', () => {
    const { dials, clock, pass } = machine()
    pass(100)
    expect(clock.now()).toBe(1_000_100)
    dials.wall -= 3_600_000
    expect(clock.now()).toBe(1_000_100)
    pass(250)
    expect(clock.now()).toBe(1_000_350)
  })

  test('ignores one also when nobody looked meanwhile', () => {
    const { dials, clock, pass } = machine()
    pass(60_000)
    dials.wall -= 600_000
    pass(60_000)
    expect(clock.now()).toBe(1_120_000)
  })

  test('agrees with the machine again once that has caught up', () => {
    const { dials, clock, pass } = machine()
    dials.wall -= 1_000
    expect(clock.now()).toBe(1_000_000)
    dials.wall += 5_000
    pass(0)
    expect(clock.now()).toBe(dials.wall)
  })

  test('follows the wall while the counter stands still, as when a machine sleeps', () => {
    const { dials, clock } = machine()
    dials.wall += 28_800_000
    expect(clock.now()).toBe(29_800_000)
  })

  test('shows whole milliseconds', () => {
    const { dials, clock } = machine()
    dials.monotonic += 0.7
    expect(clock.now()).toBe(1_000_000)
    dials.monotonic += 0.7
    expect(clock.now()).toBe(1_000_001)
  })

  test('never goes back, and is never slower than the counter, whatever people do to the wall', () => {
    const step = record({
      passes: integer({ min: 0, max: 100_000 }),
      set: integer({ min: -1_000_000, max: 1_000_000 }),
      isSet: boolean(),
    })
    assert(
      property(array(step), (steps) => {
        const { dials, clock, pass } = machine()
        let last = clock.now()
        for (const { passes, set, isSet } of steps) {
          pass(passes)
          if (isSet) dials.wall += set
          const now = clock.now()
          expect(now).toBeGreaterThanOrEqual(last + passes)
          expect(now).toBeGreaterThanOrEqual(dials.wall)
          last = now
        }
      }),
    )
  })

  test('is near the machine’s own', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000)
    expect(systemClock.hold).toBeUndefined()
  })
})

describe('timers of the system clock', () => {
  afterEach(() => void vi.useRealTimers())

  const started = (ms: number) => {
    vi.useFakeTimers()
    const fn = vi.fn()
    return { fn, cancel: systemClock.setTimeout(fn, ms) }
  }

  test('fire once', () => {
    const { fn } = started(100)
    vi.advanceTimersByTime(99)
    expect(fn).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1_000)
    expect(fn).toHaveBeenCalledTimes(1)
  })

  test('can be called off, also more than once and too late', () => {
    const { fn, cancel } = started(100)
    cancel()
    cancel()
    vi.advanceTimersByTime(1_000)
    expect(fn).not.toHaveBeenCalled()
    const late = started(1)
    vi.advanceTimersByTime(1)
    late.cancel()
    expect(late.fn).toHaveBeenCalledTimes(1)
  })

  test('fire as soon as they can when their time is past', () => {
    const { fn } = started(-5)
    vi.advanceTimersByTime(1)
    expect(fn).toHaveBeenCalledTimes(1)
  })

  test('do not fire at once because they are longer than a timer can be', () => {
    const { fn } = started(2 ** 31)
    vi.advanceTimersByTime(2 ** 31 - 2)
    expect(fn).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(fn).toHaveBeenCalledTimes(1)
  })
})

describe('holding a clock', () => {
  test('holds it exactly as long as the work takes, also when the work fails', async () => {
    const seen: string[] = []
    const clock: Clock = {
      now: () => 0,
      setTimeout: () => () => undefined,
      hold() {
        seen.push('held')
        return () => void seen.push('released')
      },
    }
    expect(await holdingClock(clock, async () => seen.push('working'))).toBe(2)
    await expect(holdingClock(clock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(seen).toEqual(['held', 'working', 'released', 'held', 'released'])
  })

  test('is nothing on a clock that cannot be held', async () => {
    expect(await holdingClock(systemClock, async () => 'done')).toBe('done')
  })
})
