import { F2fError, parseBeijing } from '@f2f/core'

/** The day or month of a bill, as a stretch of Beijing time. */
export interface Period {
  /** `yyyy-MM-dd` or `yyyy-MM`. */
  readonly label: string
  readonly isMonth: boolean
  /** First instant, and the first one after it; ms since 1970. */
  readonly from: number
  readonly to: number
}

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

const LABEL = /^(\d{4})-(\d{2})(-\d{2})?$/

const midnight = (day: string): number | undefined => parseBeijing(`${day} 00:00:00`)?.getTime()

const nextMonth = (year: number, month: number): string =>
  month === 12
    ? `${String(year + 1).padStart(4, '0')}-01-01`
    : `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}-01`

/**
 * Reads `yyyy-MM-dd` or `yyyy-MM`.
 *
 * @throws F2fError `CONFIG_INVALID` when it is neither, or does not exist
 */
export const readPeriod = (label: string): Period => {
  const [, year = '', month = '', day] = LABEL.exec(String(label)) ?? []
  const isMonth = day === undefined
  const from = midnight(isMonth ? `${year}-${month}-01` : label)
  const to = isMonth ? midnight(nextMonth(Number(year), Number(month))) : (from ?? 0) + DAY
  if (from === undefined || to === undefined) {
    throw new F2fError('CONFIG_INVALID', 'The day of a bill is written yyyy-MM-dd, its month yyyy-MM.', {
      details: { field: 'day' },
    })
  }
  return { label, isMonth, from, to }
}

/** When Alipay has usually made the file: 09:00 of the next day; a month's on the third (protocol §6.8). */
export const usuallyReadyAt = ({ isMonth, to }: Period): number => to + (isMonth ? 2 * DAY : 0) + 9 * HOUR
