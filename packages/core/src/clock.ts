/**
 * Where time comes from. Everything in this toolkit that waits, or asks what time it is, asks a clock,
 * so that tests can move time by hand.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
  /** Calls `fn` once after `ms` milliseconds; the returned function calls it off. */
  setTimeout(fn: () => void, ms: number): () => void
  /**
   * A simulated clock stands still between this call and the call of the function it returns, so that work which
   * takes real time (cryptography, a database) takes no simulated time. A real clock leaves it out.
   */
  hold?(): () => void
}

const runThen = async <T>(release: () => void, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } finally {
    release()
  }
}

/** Runs `work` while a simulated clock stands still; on a real clock, simply runs it. */
export const holdingClock = <T>(clock: Clock, work: () => Promise<T>): Promise<T> =>
  clock.hold === undefined ? work() : runThen(clock.hold(), work)

const LONGEST_TIMER = 2 ** 31 - 1

/**
 * The machine's clock. Jumps forward are followed; when the machine's time is set back, this clock goes on from
 * where it was, so that no deadline of an unfinished payment moves into the future.
 */
export const createSystemClock = (wall: () => number, monotonic: () => number): Clock => {
  let last = wall()
  let lastMonotonic = monotonic()
  return {
    now() {
      const elapsed = monotonic() - lastMonotonic
      lastMonotonic += elapsed
      last = Math.max(wall(), last + elapsed)
      return Math.floor(last)
    },
    setTimeout(fn, ms) {
      const timer = setTimeout(fn, Math.min(Math.max(0, ms), LONGEST_TIMER))
      return () => clearTimeout(timer)
    },
  }
}

/** In ms. Not by `performance`, whose first use loads more than this needs. */
const sinceBoot = (): number => Number(process.hrtime.bigint()) / 1e6

/** {@link createSystemClock} on this machine's clocks. */
export const systemClock: Clock = createSystemClock(Date.now, sinceBoot)
