import type { Clock } from '@f2f/core'
import { type Timer, TimerQueue } from './timer-queue.ts'

/** The simulator's time: the given clock plus what {@link SimulatorClock.advance} has added to it. */
export interface SimulatorClock extends Clock {
  /**
   * Moves time forward by `ms` and runs everything that falls due on the way, in order, each at its own instant;
   * resolves when that work, deliveries of notifications included, is done.
   */
  advance(ms: number): Promise<void>
  /** Waits `ms`; rejects with the reason given to {@link SimulatorClock.close}. */
  sleep(ms: number): Promise<void>
  /** Counts `work` among what {@link SimulatorClock.advance} waits for. */
  track(work: Promise<unknown>): void
  /** Calls every timer off, now and from now on. */
  close(reason: Error): void
}

class OffsetClock implements SimulatorClock {
  readonly #base: Clock
  readonly #timers = new TimerQueue()
  readonly #work = new Set<Promise<unknown>>()
  #offset = 0
  #closed: Error | undefined
  #disarm: () => void = () => {}
  #advancing: Promise<void> = Promise.resolve()

  constructor(base: Clock) {
    this.#base = base
  }

  now(): number {
    return this.#base.now() + this.#offset
  }

  hold(): () => void {
    return this.#base.hold?.() ?? (() => {})
  }

  setTimeout(fn: () => void, ms: number): () => void {
    return this.#add(fn, () => {}, ms)
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve, reject) => void this.#add(resolve, reject, ms))
  }

  track(work: Promise<unknown>): void {
    this.#work.add(work)
    const done = () => void this.#work.delete(work)
    work.then(done, done)
  }

  advance(ms: number): Promise<void> {
    this.#advancing = this.#advancing.then(() => this.#advance(ms))
    return this.#advancing
  }

  close(reason: Error): void {
    this.#closed = reason
    this.#disarm()
    for (const timer of this.#timers.takeAll()) timer.callOff(reason)
  }

  #add(run: () => void, callOff: (reason: Error) => void, ms: number): () => void {
    if (this.#closed !== undefined) {
      callOff(this.#closed)
      return () => {}
    }
    const timer: Timer = { due: this.now() + Math.max(0, ms), run, callOff }
    this.#timers.add(timer)
    if (this.#timers.first === timer) this.#arm()
    return () => {
      const wasFirst = this.#timers.first === timer
      if (this.#timers.remove(timer) && wasFirst) this.#arm()
    }
  }

  #arm(): void {
    this.#disarm()
    const { first } = this.#timers
    this.#disarm = first === undefined ? () => {} : this.#base.setTimeout(() => this.#runDue(), first.due - this.now())
  }

  #runDue(): void {
    for (let timer = this.#dueBy(this.now()); timer !== undefined; timer = this.#dueBy(this.now())) this.#run(timer)
    this.#arm()
  }

  #dueBy(instant: number): Timer | undefined {
    const { first } = this.#timers
    return first !== undefined && first.due <= instant ? first : undefined
  }

  #run(timer: Timer): void {
    this.#timers.remove(timer)
    timer.run()
  }

  async #advance(ms: number): Promise<void> {
    const target = this.now() + ms
    for (let timer = this.#dueBy(target); timer !== undefined; timer = this.#dueBy(target)) {
      this.#moveTo(timer.due)
      this.#run(timer)
      await this.#settled()
    }
    this.#moveTo(target)
    this.#arm()
  }

  #moveTo(instant: number): void {
    this.#offset += Math.max(0, instant - this.now())
  }

  async #settled(): Promise<void> {
    do {
      await Promise.allSettled(this.#work)
      await new Promise((resolve) => setImmediate(resolve))
    } while (this.#work.size > 0)
  }
}

/** @param base - where time comes from before any {@link SimulatorClock.advance} */
export const createSimulatorClock = (base: Clock): SimulatorClock => new OffsetClock(base)
