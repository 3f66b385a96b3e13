import { type Clock, systemClock } from '../clock.ts'
import { AlarmHeap } from './heap.ts'
import type { Wakeups } from './wakeups.ts'

export interface TimerWakeupsOptions {
  readonly clock?: Clock
  /** Payments looked after side by side. Default 64. */
  readonly concurrency?: number
  /** Milliseconds before a payment whose `advance` rejected is tried again. Default 5,000. */
  readonly retryAfter?: number
}

/** Wake-ups by one timer of this process, however many payments wait. A restart forgets them; the store does not. */
export const timerWakeups = (options: TimerWakeupsOptions = {}): Wakeups => {
  const { clock = systemClock, concurrency = 64, retryAfter = 5_000 } = options
  const planned = new Map<string, number>()
  const heap = new AlarmHeap()
  const ready = new Set<string>()
  const running = new Map<string, Promise<void>>()
  let advance: ((outTradeNo: string) => Promise<void>) | undefined
  let timer: { readonly at: number; readonly cancel: () => void } | undefined
  let closed = false

  const setTimer = (): void => {
    const next = heap.peek()
    if (closed || advance === undefined || next === undefined || (timer !== undefined && timer.at <= next.at)) return
    timer?.cancel()
    timer = { at: next.at, cancel: clock.setTimeout(ring, Math.max(0, next.at - clock.now())) }
  }

  const ring = (): void => {
    timer = undefined
    const now = clock.now()
    for (let alarm = heap.peek(); alarm !== undefined && alarm.at <= now; alarm = heap.peek()) {
      heap.pop()
      // An alarm that was planned anew stays in the heap until its time; only the latest plan counts.
      if (planned.get(alarm.outTradeNo) === alarm.at) {
        planned.delete(alarm.outTradeNo)
        ready.add(alarm.outTradeNo)
      }
    }
    runReady()
    setTimer()
  }

  const runReady = (): void => {
    for (const outTradeNo of ready) {
      if (closed || running.size >= concurrency) return
      if (running.has(outTradeNo)) continue
      ready.delete(outTradeNo)
      running.set(outTradeNo, run(outTradeNo))
    }
  }

  const run = async (outTradeNo: string): Promise<void> => {
    try {
      // A turn later, so that `running` knows of it even when `advance` throws instead of rejecting.
      await Promise.resolve(outTradeNo).then(advance)
    } catch {
      if (!planned.has(outTradeNo)) plan(outTradeNo, clock.now() + retryAfter)
    } finally {
      running.delete(outTradeNo)
      runReady()
    }
  }

  const plan = (outTradeNo: string, at: number): void => {
    if (closed || planned.get(outTradeNo) === at) return
    planned.set(outTradeNo, at)
    heap.push({ at, outTradeNo })
    setTimer()
  }

  return {
    schedule(outTradeNo, at) {
      plan(outTradeNo, at.getTime())
    },
    start(callback) {
      advance = callback
      setTimer()
    },
    async close() {
      closed = true
      timer?.cancel()
      timer = undefined
      ready.clear()
      await Promise.all(running.values())
    },
  }
}
