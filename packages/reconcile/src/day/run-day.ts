import { access, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, F2fError, holdingClock, isF2fError } from '@f2f/core'
import { readBill } from '../bill/read-bill.ts'
import type { BillInput } from '../compare/bill-rows.ts'
import type { CarryOver } from '../compare/day-edges.ts'
import { reconcile } from '../compare/reconcile.ts'
import type { Reconciliation } from '../compare/reconciliation.ts'
import { downloadBill } from '../download/download-bill.ts'
import { refundsMade } from '../repair/repair.ts'
import { writeReports } from '../report/write-reports.ts'
import type { CompareDay, DayOptions, DayResult } from './options.ts'

/** A bill to compare with, or that there is none yet. */
type Found =
  | { readonly is: 'bill'; readonly bill: BillInput; readonly path: string | undefined; readonly isCertain: boolean }
  | { readonly is: 'notReady' }

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** Throws away what came with the word that a day is empty, unless it is a bill that can say so itself. */
const keepSheets = async (path: string): Promise<boolean> => {
  const isBill = await readBill(path, { type: 'trade' })
    .head()
    .then(
      () => true,
      () => false,
    )
  if (!isBill) await rm(path, { force: true })
  return isBill
}

const findBill = async (options: DayOptions, day: string, clock: Clock, signal: AbortSignal): Promise<Found> => {
  const { alipay, appAuthToken, fetch, maxBytes } = options
  const path = join(options.directory, `trade-${day}.csv.zip`)
  const isThere = await holdingClock(clock, async () => {
    await mkdir(options.directory, { recursive: true })
    return exists(path)
  })
  const bill = readBill(path, { type: 'trade' })
  if (isThere) return { is: 'bill', bill, path, isCertain: true }
  const download = {
    alipay,
    billType: 'trade',
    billDate: day,
    to: path,
    appAuthToken,
    fetch,
    maxBytes,
    signal,
  } as const
  const found = await downloadBill(download)
  if (found.status === 'notReady') return { is: 'notReady' }
  if (found.status === 'downloaded') return { is: 'bill', bill, path, isCertain: true }
  if (found.path !== undefined && (await holdingClock(clock, () => keepSheets(path)))) {
    return { is: 'bill', bill, path, isCertain: true }
  }
  // "Does not exist" may also mean "not made yet"; our own books tell which.
  return { is: 'bill', bill: [], path: undefined, isCertain: found.reason !== 'BILL_NOT_EXIST' }
}

/**
 * How a day is compared.
 *
 * @throws F2fError `CONFIG_INVALID` when there are no books
 */
export const comparisonOf = (options: DayOptions): CompareDay => {
  const { store, compare, merchantId, sellerId, belongs, fees, edge, keep, audit } = options
  if (compare !== undefined) return compare
  if (store === undefined) {
    throw new F2fError('CONFIG_INVALID', 'Give a store, or a comparison of your own.', { details: { field: 'store' } })
  }
  return async (day) => {
    const also = audit === undefined ? [] : await refundsMade(audit)
    return reconcile({ ...day, store, also, merchantId, sellerId, belongs, fees, edge, keep })
  }
}

/** Money of ours, and a bill that perhaps is only late. */
const isDoubtful = (result: Reconciliation, isCertain: boolean): boolean =>
  !isCertain && result.buckets.onlyOurs.count > 0

/**
 * Does one day: its bill, the comparison, the reports.
 *
 * @returns undefined when the bill is not there yet
 * @throws whatever went wrong; a bill that cannot be trusted is thrown away, to be downloaded again
 */
export const runDay = async (
  options: DayOptions,
  day: string,
  carried: CarryOver | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<DayResult | undefined> => {
  const found = await findBill(options, day, clock, signal)
  if (found.is === 'notReady') return undefined
  const compare = comparisonOf(options)
  return holdingClock(clock, async () => {
    try {
      const result = await compare({ bill: found.bill, day, carried, signal })
      if (isDoubtful(result, found.isCertain)) return undefined
      const reports = await writeReports(result, options.directory, options.locale)
      return { result, reports, billPath: found.path }
    } catch (error) {
      if (isF2fError(error) && error.code.startsWith('BILL_') && found.path !== undefined) {
        await rm(found.path, { force: true })
      }
      throw error
    }
  })
}
