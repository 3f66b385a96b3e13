import type { Clock } from '../clock.ts'
import type { Payment } from '../payment/payment.ts'
import type { PaymentStore } from '../store/payment-store.ts'

export interface Watcher {
  changed(payment: Payment): void
  /** The cashier closes: nothing more will be told. */
  closed(): void
}

/** Watched payments looked up in one round, when other processes may have changed them. */
const ROUND = 500

export interface WatchersOptions {
  readonly store: PaymentStore
  readonly clock: Clock
  /** Milliseconds between two looks for other processes' changes. */
  readonly lookEvery: number
  readonly onProblem: (error: unknown) => void
}

/**
 * Tells whoever waits for a payment that it has changed: at once when this process changed it or the store tells of
 * changes, and otherwise by looking into the store, with one timer for all.
 */
export class Watchers {
  readonly #watchers = new Map<string, Set<Watcher>>()
  readonly #options: WatchersOptions
  #cancelTimer: (() => void) | undefined
  #closed = false

  readonly #unsubscribe: (() => void) | undefined

  constructor(options: WatchersOptions) {
    this.#options = options
    this.#unsubscribe = options.store.subscribe?.((payment) => this.publish(payment))
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** Tells `watcher` every change seen from now on; the returned function ends that. */
  add(outTradeNo: string, watcher: Watcher): () => void {
    const watchers = this.#watchers.get(outTradeNo) ?? new Set()
    this.#watchers.set(outTradeNo, watchers.add(watcher))
    this.#plan()
    return () => {
      watchers.delete(watcher)
      if (watchers.size === 0 && this.#watchers.get(outTradeNo) === watchers) this.#watchers.delete(outTradeNo)
      if (this.#watchers.size === 0) this.#stop()
    }
  }

  publish(payment: Payment): void {
    for (const watcher of this.#watchers.get(payment.outTradeNo) ?? []) watcher.changed(payment)
  }

  close(): void {
    this.#closed = true
    this.#unsubscribe?.()
    this.#stop()
    for (const watchers of this.#watchers.values()) for (const watcher of watchers) watcher.closed()
  }

  #stop(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
  }

  #plan(): void {
    const { clock, lookEvery } = this.#options
    if (this.#closed || this.#unsubscribe !== undefined || this.#cancelTimer !== undefined || this.#watchers.size === 0)
      return
    this.#cancelTimer = clock.setTimeout(() => void this.#look(), lookEvery)
  }

  async #look(): Promise<void> {
    const { store, onProblem } = this.#options
    const round = [...this.#watchers.keys()].slice(0, ROUND)
    for (const outTradeNo of round) {
      // To the end of the line, so that everybody has a turn.
      const watchers = this.#watchers.get(outTradeNo)
      if (watchers === undefined) continue
      this.#watchers.delete(outTradeNo)
      this.#watchers.set(outTradeNo, watchers)
      try {
        const payment = await store.find(outTradeNo)
        if (payment !== undefined) this.publish(payment)
      } catch (error) {
        onProblem(error)
        break
      }
    }
    this.#cancelTimer = undefined
    this.#plan()
  }
}
