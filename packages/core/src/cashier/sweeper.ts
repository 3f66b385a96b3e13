import type { Clock } from '../clock.ts'
import type { PaymentStore } from '../store/payment-store.ts'
import type { Wakeups } from '../wakeups/wakeups.ts'

export interface SweeperOptions {
  readonly store: PaymentStore
  readonly wakeups: Wakeups
  readonly clock: Clock
  /** Milliseconds between two sweeps. */
  readonly every: number
  /** Milliseconds a payment must be overdue: long enough that whoever is working on it would have ended. */
  readonly grace: number
  readonly onProblem: (error: unknown) => void
}

/** Payments woken at a time. */
const BATCH = 500
/** Milliseconds until the next have their turn, so that the queue is not given more than the workers get through. */
const PAUSE = 1_000

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
    const { store, wakeups, clock, grace } = this.#options
    const now = clock.now()
    const limit = this.#woken.size + BATCH
    const overdue = await store.due(new Date(now - grace), limit)
    const left = overdue.filter((outTradeNo) => !this.#woken.has(outTradeNo))
    const turn = left.slice(0, BATCH)
    await Promise.all(turn.map((outTradeNo) => wakeups.schedule(outTradeNo, new Date(now))))
    this.#woken = new Set([...overdue.filter((outTradeNo) => this.#woken.has(outTradeNo)), ...turn])
    return left.length > turn.length || overdue.length === limit
  }
}
