import type { DayOptions, DayResult } from '../day/options.ts'
import type { DailyState } from './daily-state.ts'

/**
 * Something a person should know.
 *
 * - `differences`: a day is done, and the books differ from the bill.
 * - `late`: the bill should be there by now and is not; it is asked for again until it comes.
 * - `failed`: something went wrong; it is tried again. Told once for each day and code.
 * - `skipped`: the run was stopped for so long that the days from `day` until before `until` are left out.
 */
export type DailyAlert =
  | ({ readonly kind: 'differences'; readonly day: string } & DayResult)
  | { readonly kind: 'late'; readonly day: string; readonly since: Date }
  | { readonly kind: 'failed'; readonly day: string; readonly error: unknown }
  | { readonly kind: 'skipped'; readonly day: string; readonly until: string }

/** Options of the daily run. */
export type DailyReconcileOptions = DayOptions & {
  /** When yesterday's bill is asked for: ms after midnight in Beijing. Default 09:00. */
  readonly startAt?: number | undefined
  /** Between two attempts, ms. Default 600,000. */
  readonly retryEvery?: number | undefined
  /** How late a bill may be before somebody is told, ms. Default 10,800,000 (noon). */
  readonly lateAfter?: number | undefined
  /** Missed days done after a stop, at most. Default 7. */
  readonly catchUp?: number | undefined
  /** Default: a file in `directory`. */
  readonly state?: DailyState | undefined
  /** Told of every day, at least once. */
  readonly onResult?: ((result: DayResult) => void | Promise<void>) | undefined
  readonly onAlert: (alert: DailyAlert) => void | Promise<void>
}
