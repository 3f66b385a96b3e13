import type { Clock } from '../clock.ts'
import type { PaymentStore } from '../store/payment-store.ts'
import type { Wakeups } from '../wakeups/wakeups.ts'
import { endsWithin } from './ends-within.ts'

export interface SweeperOptions {
  readonly store: PaymentStore
  readonly wakeups: Wakeups
  readonly clock: Clock
  /** Milliseconds between two sweeps. */
  readonly every: number
  /** Milliseconds a payment must be overdue: long enough that whoever is working on it would have ended. */
  readonly grace: number
  /** Milliseconds the wake-ups have to take a batch. */
  readonly patience: number
  /** Looks after one payment at once; never rejects. */
  readonly advance: (outTradeNo: string) => Promise<void>
  readonly onProblem: (error: unknown) => void
}

/** Payments woken at a time. */
const BATCH = 500
/** Milliseconds until the next have their turn, so that the queue is not given more than the workers get through. */
const PAUSE = 1_000
/** Payments looked after side by side when the wake-ups are away. */
const SIDE_BY_SIDE = 32

/** Finds overdue payments in the store and wakes them: what a lost queue, or a process that died, left lying. */
export class Sweeper {
  readonly #options: SweeperOptions
  #cancelTimer: (() => void) | undefined
  #stopped = false
  /** Woken in this round and still overdue: those behind them come first, or a few that cannot go on would hold up all. */
  #woken: ReadonlySet<string> = new Set()

  constructor(options: SweeperOptions) {
    this.#options = options
  }

  start(): void {
    if (this.#cancelTimer === undefined && !this.#stopped) this.#plan(this.#options.every)
  }

  stop(): void {
    this.#stopped = true
    this.#cancelTimer?.()
  }

  #plan(wait: number): void {
    this.#cancelTimer = this.#options.clock.setTimeout(() => void this.#sweep(), wait)
  }

  async #sweep(): Promise<void> {
    const { every, onProblem } = this.#options
    let more = false
    try {
      more = await this.#wakeSome()
    } catch (error) {
      onProblem(error)
    }
    if (!more) this.#woken = new Set()
    if (!this.#stopped) this.#plan(more ? Math.min(PAUSE, every) : every)
  }

  /** Resolves with whether others are left that were not woken in this round. */
  async #wakeSome(): Promise<boolean> {
    const { store, clock, grace } = this.#options
    const now = clock.now()
    const limit = this.#woken.size + BATCH
    const overdue = await store.due(new Date(now - grace), limit)
    const left = overdue.filter((outTradeNo) => !this.#woken.has(outTradeNo))
    const turn = left.slice(0, BATCH)
    if (!(await this.#schedule(turn, new Date(now)))) await this.#advance(turn)
    this.#woken = new Set([...overdue.filter((outTradeNo) => this.#woken.has(outTradeNo)), ...turn])
    return left.length > turn.length || overdue.length === limit
  }

  /** Resolves with whether the wake-ups took them all. */
  async #schedule(turn: readonly string[], at: Date): Promise<boolean> {
    const { wakeups, clock, patience, onProblem } = this.#options
    try {
      const taken = Promise.all(turn.map(async (outTradeNo) => wakeups.schedule(outTradeNo, at)))
      if (await endsWithin(taken, patience, clock)) return true
      onProblem(new Error(`The wake-ups did not take what is overdue within ${patience} ms.`))
    } catch (error) {
      onProblem(error)
    }
    return false
  }

  /** A queue that is away must not keep a customer waiting whose payment stands in the store. */
  async #advance(turn: readonly string[]): Promise<void> {
    for (let from = 0; from < turn.length && !this.#stopped; from += SIDE_BY_SIDE) {
      await Promise.all(turn.slice(from, from + SIDE_BY_SIDE).map((outTradeNo) => this.#options.advance(outTradeNo)))
    }
  }
}
