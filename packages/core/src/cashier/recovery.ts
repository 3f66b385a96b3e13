import type { Clock } from '../clock.ts'
import type { Payment } from '../payment/payment.ts'
import type { PaymentStore } from '../store/payment-store.ts'
import { scheduleAll } from '../wakeups/schedule-all.ts'
import type { WakeupPlan, Wakeups } from '../wakeups/wakeups.ts'
import { endsWithin } from './ends-within.ts'

export interface RecoveryOptions {
  readonly store: PaymentStore
  readonly wakeups: Wakeups
  readonly clock: Clock
  /** Milliseconds that planning one lot may take, before the rest is left to the sweep. */
  readonly patience: number
  readonly planOf: (payment: Payment) => WakeupPlan | undefined
  readonly onProblem: (error: unknown) => void
}

/** Payments planned together. One lot is planned while the next is read, so no more than two are in memory. */
const LOT = 1_000

/**
 * Plans every unfinished payment of the store and resolves with how many there are. What cannot be planned is told, and
 * woken by the sweep once it is overdue: a queue that is away must not keep a back end from starting.
 *
 * @throws F2fError `STORE_*`
 */
export const planUnfinished = async (options: RecoveryOptions): Promise<number> => {
  const { store, wakeups, clock, patience, planOf, onProblem } = options
  let unfinished = 0
  let lot: WakeupPlan[] = []
  let isQueueSlow = false
  let planning = Promise.resolve()

  const plan = async (plans: readonly WakeupPlan[]): Promise<void> => {
    try {
      if (await endsWithin(scheduleAll(wakeups, plans), patience, clock)) return
      isQueueSlow = true
      onProblem(new Error(`The wake-ups were not planned within ${patience} ms; the sweep wakes what is overdue.`))
    } catch (error) {
      onProblem(error)
    }
  }
  const handOver = async (): Promise<void> => {
    await planning
    if (lot.length > 0 && !isQueueSlow) planning = plan(lot)
    lot = []
  }

  try {
    for await (const payment of store.list({ unfinished: true })) {
      unfinished++
      const next = planOf(payment)
      if (next !== undefined) lot.push(next)
      if (lot.length >= LOT) await handOver()
    }
  } finally {
    await handOver()
    await planning
  }
  return unfinished
}
