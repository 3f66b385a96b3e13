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

/** Payments woken in one sweep; the rest has its turn in the next, which then follows at once. */
const BATCH = 500

/** Finds overdue payments in the store and wakes them: what a lost queue, or a process that died, left lying. */
export class Sweeper {
  readonly #options: SweeperOptions
  #cancelTimer: (() => void) | undefined
  #stopped = false

  constructor(options: SweeperOptions) {
    this.#options = options
  }

  start(): void {
    if (this.#cancelTimer === undefined && !this.#stopped) this.#plan()
  }

  stop(): void {
    this.#stopped = true
    this.#cancelTimer?.()
  }

  #plan(): void {
    const { clock, every } = this.#options
    this.#cancelTimer = clock.setTimeout(() => void this.#sweep(), every)
  }

  async #sweep(): Promise<void> {
    const { store, wakeups, clock, grace, onProblem } = this.#options
    const now = clock.now()
    try {
      const overdue = await store.due(new Date(now - grace), BATCH)
      await Promise.all(overdue.map((outTradeNo) => wakeups.schedule(outTradeNo, new Date(now))))
    } catch (error) {
      onProblem(error)
    }
    if (!this.#stopped) this.#plan()
  }
}
