import type { Clock } from '@f2f/core'

/** Entries that are forgotten some time after their end: at most once a minute all are looked through. */
export class ForgetfulMap<V> {
  readonly #entries = new Map<string, { readonly value: V; readonly until: number }>()
  readonly #clock: Clock
  #nextSweep = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Entries kept, ended ones included. */
  get size(): number {
    return this.#entries.size
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key)
    return entry !== undefined && entry.until > this.#clock.now() ? entry.value : undefined
  }

  set(key: string, value: V, until: Date): void {
    this.#sweep()
    this.#entries.set(key, { value, until: until.getTime() })
  }

  #sweep(): void {
    const now = this.#clock.now()
    if (now < this.#nextSweep) return
    this.#nextSweep = now + 60_000
    for (const [key, { until }] of this.#entries) if (until <= now) this.#entries.delete(key)
  }
}
