import type { Clock } from '../clock.ts'
import { isSigning } from './signing.ts'

interface Timer {
  readonly at: number
  readonly order: number
  readonly fn: () => void
}

/** Turns of the event loop given to work that no one announced with `hold`, between two timers. */
const QUIET_TURNS = 8

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * A clock that tests move by hand. Timers fire in order while it is advanced, and between two of them everything that
 * was set going is given the time to finish, what this toolkit does with cryptography and databases included. Other work
 * that takes real time, such as a server of your own, says so with `hold`.
 *
 * ```ts
 * const clock = new SimulatedClock()
 * const cashier = createCashier({ alipay, clock })
 * const paid = cashier.pay(order)
 * await clock.advance(8_000)
 * ```
 */
export class SimulatedClock implements Clock {
  #now: number
  #order = 0
  #held = 0
  #released: (() => void)[] = []
  readonly #timers = new Set<Timer>()

  /** @param start - the first time it shows, ms since 1970; default 2026-01-01T00:00:00Z */
  constructor(start: number | Date = Date.UTC(2026, 0, 1)) {
    this.#now = Number(start)
  }

  now(): number {
    return this.#now
  }

  /** Timers waiting. */
  get pending(): number {
    return this.#timers.size
  }

  setTimeout(fn: () => void, ms: number): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: this.#order++, fn }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  hold(): () => void {
    let held = true
    this.#held++
    return () => {
      if (!held) return
      held = false
      if (--this.#held === 0) for (const resume of this.#released.splice(0)) resume()
    }
  }

  /** Sets the clock to another time without firing anything, as when somebody changes a machine's clock. */
  set(time: number | Date): void {
    this.#now = Number(time)
  }

  /** Lets `ms` milliseconds pass; resolves when all that fell due, and what followed from it, is done. */
  async advance(ms: number): Promise<void> {
    const target = this.#now + ms
    await this.settle()
    for (let timer = this.#next(target); timer !== undefined; timer = this.#next(target)) {
      this.#timers.delete(timer)
      this.#now = Math.max(this.#now, timer.at)
      timer.fn()
      await this.settle()
    }
    this.#now = Math.max(this.#now, target)
  }

  /** Advances in steps until `done` says so, at most `limit` ms. Returns whether it did. */
  async advanceUntil(done: () => boolean | Promise<boolean>, step = 1_000, limit = 24 * 3_600_000): Promise<boolean> {
    for (let passed = 0; passed < limit; passed += step) {
      if (await done()) return true
      await this.advance(step)
    }
    return done()
  }

  /** Lets work that is under way come to rest, without moving time. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await turn()
      if (this.#held > 0) {
        await new Promise<void>((resolve) => this.#released.push(resolve))
        quiet = -1
      } else if (isSigning()) {
        quiet = -1
      }
    }
  }

  #next(until: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.at > until) continue
      if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer
    }
    return first
  }
}
