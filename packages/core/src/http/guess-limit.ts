import type { Clock } from '../clock.ts'
import { F2fError, isF2fError } from '../errors.ts'

/** Refusals in a row before the next attempt has to wait. */
const MOST = 20
/** Milliseconds after which one more is forgiven. */
const FORGIVEN_EVERY = 3_000
/** So many names are told apart; all further ones share what is left. */
const MOST_NAMES = 1_000

interface Tally {
  refusals: number
  /** ms; refusals are forgiven from here on. */
  since: number
}

const isRefusal = (error: unknown): boolean => isF2fError(error) && (error.status === 401 || error.status === 403)

/**
 * Limits how often somebody may be refused, in this process: a token bucket for each name, taken from before an attempt
 * and given back by one that was not refused, so that attempts at the same time count too.
 */
export class GuessLimit {
  readonly #clock: Clock
  readonly #tallies = new Map<string, Tally>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Makes one attempt.
   *
   * @param name - whose refusals these are
   * @throws F2fError `AUTH_TOO_MANY_ATTEMPTS` with `retryAfter`, seconds, instead of an attempt; what `attempt` throws
   */
  async attempt<T>(name: string, attempt: () => Promise<T>): Promise<T> {
    const tally = this.#tallyOf(name)
    if (tally.refusals >= MOST) throw this.#tooMany(tally)
    tally.refusals++
    try {
      const result = await attempt()
      tally.refusals = Math.max(0, tally.refusals - 1)
      return result
    } catch (error) {
      if (!isRefusal(error)) tally.refusals = Math.max(0, tally.refusals - 1)
      throw error
    }
  }

  #tallyOf(name: string): Tally {
    const now = this.#clock.now()
    const known = this.#tallies.get(name)
    if (known !== undefined) return this.#forgive(known, now)
    if (this.#tallies.size >= MOST_NAMES) this.#forgetForgiven(now)
    if (this.#tallies.size >= MOST_NAMES && name !== '') return this.#tallyOf('')
    const tally = { refusals: 0, since: now }
    this.#tallies.set(name, tally)
    return tally
  }

  #forgive(tally: Tally, now: number): Tally {
    const forgiven = Math.floor((now - tally.since) / FORGIVEN_EVERY)
    tally.refusals = Math.max(0, tally.refusals - forgiven)
    tally.since = tally.refusals === 0 ? now : tally.since + forgiven * FORGIVEN_EVERY
    return tally
  }

  #forgetForgiven(now: number): void {
    for (const [name, tally] of this.#tallies) if (this.#forgive(tally, now).refusals === 0) this.#tallies.delete(name)
  }

  #tooMany({ since }: Tally): F2fError {
    const retryAfter = Math.max(1, Math.ceil((since + FORGIVEN_EVERY - this.#clock.now()) / 1_000))
    return new F2fError('AUTH_TOO_MANY_ATTEMPTS', 'There have been too many wrong attempts.', {
      details: { retryAfter },
    })
  }
}
