import type { Clock } from '../../src/clock.ts'

/** A clock that tests move by hand, without waiting. */
export interface ManualClock extends Clock {
  /** Lets `ms` pass; what falls due runs in order. */
  advance(ms: number): void
  /** Timers waiting. */
  pending(): number
}

export const createManualClock = (start = Date.UTC(2026, 0, 1)): ManualClock => {
  let now = start
  let order = 0
  const timers = new Map<number, { readonly at: number; readonly fn: () => void }>()
  const nextDue = (until: number): number | undefined => {
    let first: number | undefined
    for (const [id, { at }] of timers) {
      if (at <= until && (first === undefined || at < (timers.get(first)?.at ?? 0))) first = id
    }
    return first
  }
  return {
    now: () => now,
    setTimeout(fn, ms) {
      const id = ++order
      timers.set(id, { at: now + Math.max(0, ms), fn })
      return () => timers.delete(id)
    },
    advance(ms) {
      const until = now + ms
      for (let id = nextDue(until); id !== undefined; id = nextDue(until)) {
        const timer = timers.get(id)
        timers.delete(id)
        now = Math.max(now, timer?.at ?? now)
        timer?.fn()
      }
      now = until
    },
    pending: () => timers.size,
  }
}
