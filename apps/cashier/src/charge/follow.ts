import type { PaymentView } from '@f2f/core/http'
import { StreamStalled } from '../api/event-stream.ts'
import { isProblem, Offline } from '../api/problem.ts'
import type { TillApi } from '../api/till-api.ts'

/** What is learnt of a payment, as it is learnt. */
export interface Listener {
  payment(view: PaymentView): void
  /** The back end does not know the number; asked again, as a request may still be on its way. */
  unheard(): void
  offline(): void
}

export interface FollowOptions {
  readonly api: Pick<TillApi, 'changes' | 'payment'>
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly listener: Listener
  readonly signal: AbortSignal
}

/** Streams that gave nothing before the page asks by polling instead. */
const ENOUGH_MISSES = 2
/** How long the back end holds an answer back when polled, seconds: short, so that steps in between are seen. */
const POLL_SECONDS = 5
const AGAIN_AFTER = 1_500

/**
 * Follows a payment until it is settled: by server-sent events, or by polling where streams do not come through. Goes on
 * through lost networks and restarts of the back end.
 */
export const follow = async (outTradeNo: string, { api, wait, listener, signal }: FollowOptions): Promise<void> => {
  let seen: number | undefined
  let misses = 0

  const take = (view: PaymentView): boolean => {
    seen = view.version
    listener.payment(view)
    return view.settled
  }

  const listen = async (): Promise<boolean> => {
    misses += 1
    for await (const view of api.changes(outTradeNo, seen, signal)) {
      misses = 0
      if (take(view)) return true
    }
    return false
  }

  const poll = async (): Promise<boolean> => take(await api.payment(outTradeNo, POLL_SECONDS, signal))

  while (!signal.aborted) {
    try {
      if (await (misses < ENOUGH_MISSES ? listen() : poll())) return
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof StreamStalled) misses = ENOUGH_MISSES
      else if (isProblem(error, 404)) listener.unheard()
      else if (error instanceof Offline || isProblem(error)) listener.offline()
      // The connection broke while the stream was read; a new one tells whether the back end is there.
    }
    await wait(AGAIN_AFTER, signal)
  }
}
