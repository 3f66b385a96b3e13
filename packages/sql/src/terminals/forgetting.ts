import { createHash } from 'node:crypto'
import type { Clock } from '@f2f/core'

const EVERY = 60_000

/** Text of any length and any letters as a key that all databases tell apart exactly. */
export const keyOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** Calls `forget` with the time in ms, at most once a minute. */
export const forgetting = (clock: Clock, forget: (now: number) => Promise<unknown>): (() => Promise<void>) => {
  let next = 0
  return async () => {
    const now = clock.now()
    if (now < next) return
    next = now + EVERY
    await forget(now)
  }
}
