import type { WakeupPlan, Wakeups } from './wakeups.ts'

/** Plans many payments, in one piece where the wake-ups can. Rejects when any of them could not be planned. */
export const scheduleAll = async (wakeups: Wakeups, plans: readonly WakeupPlan[]): Promise<void> => {
  if (wakeups.scheduleMany !== undefined) return wakeups.scheduleMany(plans)
  await Promise.all(plans.map(async ({ outTradeNo, at }) => wakeups.schedule(outTradeNo, at)))
}
