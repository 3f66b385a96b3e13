import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beijingTimestamp } from '@f2f/core'
import type { CarryOver } from '../compare/day-edges.ts'
import type { Reconciliation } from '../compare/reconciliation.ts'
import { DAY, readPeriod } from '../period.ts'

/** The text of a file; undefined when there is none. */
export const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * What the day before handed on, from its report that `writeReports` left: for `carried` of `reconcile`.
 *
 * @param folder - where the reports are
 * @param day - `yyyy-MM-dd`, or `yyyy-MM` for the last day of the month before
 * @returns undefined when that day has not been done there
 * @throws F2fError `CONFIG_INVALID` when it is no day; what reading the report throws
 */
export const carriedBefore = async (folder: string, day: string): Promise<CarryOver | undefined> => {
  const dayBefore = beijingTimestamp(readPeriod(day).from - DAY).slice(0, 10)
  const report = await readIfThere(join(folder, `${dayBefore}.json`))
  return report === undefined ? undefined : (JSON.parse(report) as Reconciliation).carried
}
