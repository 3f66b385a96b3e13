import { join } from 'node:path'
import { F2fError, parseBeijing } from '@f2f/core'
import type { BillAwaited, ReconciledDay, ReconciliationDesk } from '@f2f/core/http'
import { carriedBefore, readIfThere } from '../day/carried-before.ts'
import type { DayOptions } from '../day/options.ts'
import { comparisonOf, runDay } from '../day/run-day.ts'
import { type Period, readPeriod, usuallyReadyAt } from '../period.ts'
import { WORDS } from '../report/words.ts'
import { dayView } from './day-view.ts'

/** Options of {@link reconciliationDesk}. The directory must be its own. */
export type ReconciliationDeskOptions = DayOptions & {
  /** The merchant's only store, when it has but one: then callers limited to that store may reconcile, too. */
  readonly storeId?: string | undefined
}

/** A reconciliation desk that can be closed. */
export interface Desk extends ReconciliationDesk {
  /** Calls off what is under way; resolves when it has ended. */
  close(): Promise<void>
}

/** @throws F2fError `REQUEST_INVALID` */
const dayOf = (label: string): Period => {
  if (parseBeijing(`${label} 00:00:00`) !== undefined) return readPeriod(label)
  throw new F2fError('REQUEST_INVALID', 'day must be a day that exists, written yyyy-MM-dd.', {
    details: { field: 'day' },
  })
}

class DirectoryDesk implements Desk {
  readonly merchantId: string | undefined
  readonly storeId: string | undefined
  readonly #options: ReconciliationDeskOptions
  readonly #abort = new AbortController()
  readonly #underWay = new Map<string, Promise<ReconciledDay | BillAwaited>>()
  /** Settled when the day begun last has ended: one at a time is heavy enough. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: ReconciliationDeskOptions) {
    comparisonOf(options)
    this.#options = options
    this.merchantId = options.merchantId
    this.storeId = options.storeId
  }

  async reconcile(label: string): Promise<ReconciledDay | BillAwaited> {
    const period = dayOf(label)
    this.#abort.signal.throwIfAborted()
    const running = this.#underWay.get(label)
    if (running !== undefined) return running
    const run = this.#last.then(() => this.#run(period)).finally(() => this.#underWay.delete(label))
    this.#underWay.set(label, run)
    this.#last = run.catch(() => undefined)
    return run
  }

  async reportCsv(label: string): Promise<string | undefined> {
    return readIfThere(join(this.#options.directory, `${dayOf(label).label}.csv`))
  }

  async close(): Promise<void> {
    this.#abort.abort(new F2fError('BILL_UNAVAILABLE', 'The reconciliation desk has been closed.'))
    await this.#last
  }

  async #run(period: Period): Promise<ReconciledDay | BillAwaited> {
    const { alipay, clock = alipay.clock, locale = 'en' } = this.#options
    const { signal } = this.#abort
    signal.throwIfAborted()
    const carried = await carriedBefore(this.#options.directory, period.label)
    const done = await runDay(this.#options, period.label, carried, clock, signal)
    if (done !== undefined) return dayView(done.result, WORDS[locale])
    const readyAt = new Date(usuallyReadyAt(period)).toISOString()
    return { day: period.label, status: 'notReady', usuallyReadyAt: readyAt }
  }
}

/**
 * Reconciles days for `createHandler` of `@f2f/core/http`: downloads the day's bill, holds it against the books, and
 * keeps bill and reports in a directory, so that asking again reads the books again but downloads nothing. Days are
 * done one at a time; who asks for a day that is under way gets the same answer.
 *
 * ```ts
 * const reconciliations = reconciliationDesk({ alipay, store, directory: '/var/lib/shop/bills' })
 * const handler = createHandler({ cashier, authenticate, reconciliations })
 * ```
 *
 * Its methods throw F2fError as `downloadBill` and `reconcile` do; `REQUEST_INVALID` for what is no day.
 *
 * @throws F2fError `CONFIG_INVALID` when it is given no books
 */
export const reconciliationDesk = (options: ReconciliationDeskOptions): Desk => new DirectoryDesk(options)
