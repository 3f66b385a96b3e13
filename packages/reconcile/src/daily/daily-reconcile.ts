import { join } from 'node:path'
import { beijingTimestamp, type Clock, F2fError, holdingClock, isF2fError } from '@f2f/core'
import { comparisonOf, runDay } from '../day/run-day.ts'
import { DAY, HOUR, readPeriod } from '../period.ts'
import { type DailyProgress, type DailyState, fileState } from './daily-state.ts'
import type { DailyAlert, DailyReconcileOptions } from './options.ts'

/** A daily run that goes on until it is stopped. */
export interface DailyReconcile {
  /** Resolves when what is under way has ended; nothing is begun any more. */
  stop(): Promise<void>
}

const MINUTE = 60_000

const dayOf = (at: number): string => beijingTimestamp(at).slice(0, 10)

const dayAfter = (day: string): string => dayOf(readPeriod(day).to)

const checkDurations = (options: DailyReconcileOptions): void => {
  for (const field of ['startAt', 'retryEvery', 'lateAfter', 'catchUp'] as const) {
    const value = options[field]
    if (value === undefined || (Number.isFinite(value) && value >= (field === 'retryEvery' ? 1 : 0))) continue
    throw new F2fError('CONFIG_INVALID', `${field} is no proper number.`, { details: { field } })
  }
}

class DailyRun implements DailyReconcile {
  readonly #options: DailyReconcileOptions
  readonly #clock: Clock
  readonly #state: DailyState
  readonly #abort = new AbortController()
  readonly #told = new Set<string>()
  /** The day begun with when nothing is known, until it is done: it must not be forgotten at midnight. */
  #first: string | undefined
  #cancelTimer: () => void = () => undefined
  #underWay: Promise<void> = Promise.resolve()

  constructor(options: DailyReconcileOptions) {
    this.#options = options
    this.#clock = options.clock ?? options.alipay.clock
    this.#state = options.state ?? fileState(join(options.directory, 'progress.json'))
    this.#wake(0)
  }

  async stop(): Promise<void> {
    this.#abort.abort(new F2fError('WAIT_ABORTED', 'The daily run has been stopped.'))
    this.#cancelTimer()
    await this.#underWay
  }

  #wake(after: number): void {
    if (this.#abort.signal.aborted) return
    this.#cancelTimer = this.#clock.setTimeout(() => {
      this.#underWay = this.#turn()
    }, after)
  }

  /** Does every day that is due; plans the next turn. */
  async #turn(): Promise<void> {
    const { retryEvery = 10 * MINUTE } = this.#options
    let wait = retryEvery
    try {
      wait = (await this.#catchUp()) ?? retryEvery
    } catch (error) {
      await this.#fail(dayOf(this.#clock.now() - DAY), error)
    }
    this.#wake(wait)
  }

  /** @returns ms until the next day is due; undefined when the day that is due is not done yet */
  async #catchUp(): Promise<number | undefined> {
    let progress = await holdingClock(this.#clock, () => this.#state.load())
    for (;;) {
      const day = await this.#nextDay(progress)
      const wait = this.#dueAt(day) - this.#clock.now()
      if (wait > 0) return wait
      const done = await this.#doDay(day, progress)
      if (done === undefined) return undefined
      progress = done
    }
  }

  #dueAt(day: string): number {
    return readPeriod(day).to + (this.#options.startAt ?? 9 * HOUR)
  }

  /** The day after the last one done; yesterday when nothing is known, and no day too far back. */
  async #nextDay(progress: DailyProgress | undefined): Promise<string> {
    const now = this.#clock.now()
    this.#first ??= dayOf(now - DAY)
    const oldest = dayOf(now - Math.max(1, this.#options.catchUp ?? 7) * DAY)
    const next = progress === undefined ? this.#first : dayAfter(progress.lastDay)
    if (next >= oldest) return next
    if (this.#isNews(`${next} skipped`)) await this.#alert({ kind: 'skipped', day: next, until: oldest })
    return oldest
  }

  async #doDay(day: string, progress: DailyProgress | undefined): Promise<DailyProgress | undefined> {
    const { signal } = this.#abort
    try {
      const done = await runDay(this.#options, day, progress?.carried, this.#clock, signal)
      if (done === undefined) {
        await this.#beLate(day)
        return undefined
      }
      await this.#options.onResult?.(done)
      if (!done.result.isClean) await this.#alert({ kind: 'differences', day, ...done })
      const next = { lastDay: day, carried: done.result.carried }
      await holdingClock(this.#clock, () => this.#state.save(next))
      return next
    } catch (error) {
      await this.#fail(day, error)
      return undefined
    }
  }

  async #beLate(day: string): Promise<void> {
    const since = this.#dueAt(day)
    if (this.#clock.now() - since < (this.#options.lateAfter ?? 3 * HOUR)) return
    if (this.#isNews(`${day} late`)) await this.#alert({ kind: 'late', day, since: new Date(since) })
  }

  async #fail(day: string, error: unknown): Promise<void> {
    if (this.#abort.signal.aborted) return
    const code = isF2fError(error) ? error.code : 'other'
    if (this.#isNews(`${day} ${code}`)) await this.#alert({ kind: 'failed', day, error })
  }

  #isNews(what: string): boolean {
    if (this.#told.has(what)) return false
    this.#told.add(what)
    return true
  }

  /** An alert that cannot be delivered must not stop the run. */
  async #alert(alert: DailyAlert): Promise<void> {
    try {
      await this.#options.onAlert(alert)
    } catch (error) {
      process.emitWarning(`An alert about ${alert.day} could not be delivered: ${String(error)}`, {
        type: 'F2fWarning',
        code: 'F2F_PROBLEM',
      })
    }
  }
}

/**
 * Reconciles every day by itself: after 09:00 Beijing time yesterday's bill is asked for, again and again until it is
 * there, then held against the books; reports are written to the directory, and somebody is told when there is something
 * to tell. What happened near midnight is handed on from day to day. After a stop the missed days are done first.
 *
 * Run it in one process at a time.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const dailyReconcile = (options: DailyReconcileOptions): DailyReconcile => {
  checkDurations(options)
  comparisonOf(options)
  return new DailyRun(options)
}
