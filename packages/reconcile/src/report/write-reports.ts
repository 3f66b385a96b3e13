import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reconciliation } from '../compare/reconciliation.ts'
import { reportCsv } from './report-csv.ts'
import { reportHtml } from './report-html.ts'
import { reportTable } from './report-table.ts'
import type { ReportLocale } from './words.ts'

/** The result as JSON: amounts in whole fen, times in ISO 8601. */
export const reportJson = (result: Reconciliation): string => `${JSON.stringify(result, undefined, 2)}\n`

/** Where the reports of a day are. */
export interface ReportFiles {
  readonly html: string
  readonly csv: string
  readonly json: string
  readonly text: string
}

/** A reader never sees half of a report. */
const write = async (path: string, text: string): Promise<string> => {
  await writeFile(`${path}.part`, text, { mode: 0o600 })
  await rename(`${path}.part`, path)
  return path
}

/** Writes a day's reports to a folder, each named by the day; those of an earlier run are replaced. */
export const writeReports = async (
  result: Reconciliation,
  folder: string,
  locale: ReportLocale = 'en',
): Promise<ReportFiles> => {
  await mkdir(folder, { recursive: true })
  const path = (extension: string) => join(folder, `${result.day}.${extension}`)
  return {
    html: await write(path('html'), reportHtml(result, locale)),
    csv: await write(path('csv'), reportCsv(result, locale)),
    json: await write(path('json'), reportJson(result)),
    text: await write(path('txt'), reportTable(result, locale)),
  }
}
