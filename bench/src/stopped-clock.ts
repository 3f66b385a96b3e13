import type { Clock } from '@f2f/core'

/** Time stands still, so that nothing planned comes due; the timers set on it are counted. */
export const stoppedClock = (at: number): Clock & { readonly timers: ReadonlySet<object> } => {
  const timers = new Set<object>()
  return {
    timers,
    now: () => at,
    setTimeout(fn) {
      const timer = { fn }
      timers.add(timer)
      return () => timers.delete(timer)
    },
  }
}
