/** Where time comes from. `@f2f/core`'s clocks fit, and so does a clock that a test moves by hand. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
  /** Calls `fn` once after `ms` milliseconds; the returned function calls it off. */
  setTimeout(fn: () => void, ms: number): () => void
}

/** The machine's clock. */
export const machineClock: Clock = {
  now: () => Date.now(),
  setTimeout(fn, ms) {
    const timer = setTimeout(fn, ms)
    return () => clearTimeout(timer)
  },
}
