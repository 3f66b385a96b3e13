import type { Clock } from '../clock.ts'
import { timeIsUp } from './interruption.ts'

/** One call's total time, together with the caller's own wish to give up. */
export interface Deadline {
  /** Aborts when the time is over, with a `TimeoutError`, or when the caller gives up, with an `AbortError`. */
  readonly signal: AbortSignal
  /**
   * `work`, or a rejection with the signal's reason soon after it aborts. Work that settles by itself when its signal
   * aborts comes first, because it knows better how far it got. One race at a time.
   */
  race<T>(work: Promise<T>): Promise<T>
  /** Lets go of the clock and of the caller's signal. */
  end(): void
}

/** @param ms - what is left of the total time, by `clock`; it is over at once when nothing is */
export const startDeadline = (clock: Clock, ms: number, caller?: AbortSignal): Deadline => {
  const controller = new AbortController()
  const { signal } = controller
  let interrupt: (reason: unknown) => void = () => undefined
  const interruptSoon = (): void => {
    setImmediate(() => interrupt(signal.reason))
  }
  const expire = (): void => {
    controller.abort(timeIsUp())
    interruptSoon()
  }
  const giveUp = (): void => {
    controller.abort()
    interruptSoon()
  }
  const stopTimer = clock.setTimeout(expire, ms)
  caller?.addEventListener('abort', giveUp)
  if (caller?.aborted) giveUp()
  else if (ms <= 0) expire()
  return {
    signal,
    race: (work) =>
      new Promise((resolve, reject) => {
        interrupt = reject
        if (signal.aborted) interruptSoon()
        work.then(resolve, reject)
      }),
    end() {
      stopTimer()
      caller?.removeEventListener('abort', giveUp)
    },
  }
}
