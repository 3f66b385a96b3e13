import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { SimulatedClock, signNotify, signReply } from '../../src/testing/index.ts'

describe('a simulated clock', () => {
  test('begins in 2026, or where it is told to', () => {
    expect(new SimulatedClock().now()).toBe(Date.UTC(2026, 0, 1))
    expect(new SimulatedClock(5).now()).toBe(5)
    expect(new SimulatedClock(new Date(7)).now()).toBe(7)
  })

  test('moves only when it is moved', async () => {
    const clock = new SimulatedClock(0)
    await clock.settle()
    expect(clock.now()).toBe(0)
    await clock.advance(250)
    expect(clock.now()).toBe(250)
  })

  test('fires timers in the order of their times, those of one time in the order they were set', async () => {
    const clock = new SimulatedClock(0)
    const fired: string[] = []
    const set = (name: string, ms: number) => clock.setTimeout(() => fired.push(`${name} ${clock.now()}`), ms)
    set('c', 30)
    set('a', 10)
    set('b', 20)
    set('b2', 20)
    set('later', 31)
    await clock.advance(30)
    expect(fired).toEqual(['a 10', 'b 20', 'b2 20', 'c 30'])
    expect(clock.pending).toBe(1)
  })

  test('fires a timer set by another within the same advance', async () => {
    const clock = new SimulatedClock(0)
    const fired: number[] = []
    const tick = (): void => {
      fired.push(clock.now())
      clock.setTimeout(tick, 100)
    }
    clock.setTimeout(tick, 100)
    await clock.advance(350)
    expect(fired).toEqual([100, 200, 300])
    expect(clock.now()).toBe(350)
  })

  test('takes a time in the past as now', async () => {
    const clock = new SimulatedClock(50)
    let firedAt = 0
    clock.setTimeout(() => {
      firedAt = clock.now()
    }, -10)
    await clock.advance(0)
    expect(firedAt).toBe(50)
  })

  test('forgets a timer that was called off, also by one that fires at the same time', async () => {
    const clock = new SimulatedClock(0)
    const fired: string[] = []
    const cancel = clock.setTimeout(() => fired.push('never'), 10)
    clock.setTimeout(() => fired.push('never either'), 5)()
    clock.setTimeout(cancel, 9)
    await clock.advance(100)
    expect(fired).toEqual([])
    expect(clock.pending).toBe(0)
  })

  test('lets what a timer set going come to rest before the next one fires', async () => {
    const clock = new SimulatedClock(0)
    const seen: string[] = []
    clock.setTimeout(async () => {
      await Promise.resolve()
      await new Promise((resolve) => setImmediate(resolve))
      seen.push(`done at ${clock.now()}`)
    }, 10)
    clock.setTimeout(() => seen.push(`second at ${clock.now()}`), 11)
    await clock.advance(20)
    expect(seen).toEqual(['done at 10', 'second at 11'])
  })

  test('stands still while it is held, however long the work takes in real time', async () => {
    const clock = new SimulatedClock(0)
    const seen: string[] = []
    clock.setTimeout(async () => {
      const release = clock.hold()
      await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
      seen.push(`key at ${clock.now()}`)
      release()
      release()
    }, 10)
    clock.setTimeout(() => seen.push(`second at ${clock.now()}`), 11)
    await clock.advance(20)
    expect(seen).toEqual(['key at 10', 'second at 11'])
  })

  test('stands still while a reply or a notification is signed', async () => {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
    const clock = new SimulatedClock(0)
    const seen: string[] = []
    const sign = async (what: string, work: Promise<unknown>) => {
      await work
      seen.push(`${what} at ${clock.now()}`)
    }
    clock.setTimeout(() => sign('reply', signReply('alipay.trade.query', { code: '10000' }, privateKey)), 10)
    clock.setTimeout(() => sign('notification', signNotify({ out_trade_no: 'T1' }, privateKey)), 11)
    clock.setTimeout(() => seen.push(`third at ${clock.now()}`), 12)
    await clock.advance(20)
    expect(seen).toEqual(['reply at 10', 'notification at 11', 'third at 12'])
  })

  test('goes on only when everybody who holds it has let go', async () => {
    const clock = new SimulatedClock(0)
    const releases = [clock.hold(), clock.hold()]
    let isDone = false
    const advancing = clock.advance(10).then(() => {
      isDone = true
    })
    const turns = async () => {
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
    }
    releases[0]?.()
    releases[0]?.()
    await turns()
    expect(isDone).toBe(false)
    releases[1]?.()
    await advancing
    expect(clock.now()).toBe(10)
  })

  test('is set to another time without firing anything; what is overdue then fires at once', async () => {
    const clock = new SimulatedClock(1_000)
    const fired: number[] = []
    clock.setTimeout(() => fired.push(clock.now()), 100)
    clock.set(new Date(5_000))
    expect([clock.now(), fired]).toEqual([5_000, []])
    await clock.advance(1)
    expect([clock.now(), fired]).toEqual([5_001, [5_000]])
    clock.setTimeout(() => fired.push(clock.now()), 100)
    clock.set(0)
    await clock.advance(5_100)
    expect(fired).toEqual([5_000])
    await clock.advance(1)
    expect(fired).toEqual([5_000, 5_101])
  })

  test('advances until something is so, or for as long as it may', async () => {
    const clock = new SimulatedClock(0)
    expect(await clock.advanceUntil(() => clock.now() >= 2_500)).toBe(true)
    expect(clock.now()).toBe(3_000)
    expect(await clock.advanceUntil(async () => clock.now() >= 3_000)).toBe(true)
    expect(clock.now()).toBe(3_000)
    expect(await clock.advanceUntil(() => false, 10, 100)).toBe(false)
    expect(clock.now()).toBe(3_100)
  })
})
