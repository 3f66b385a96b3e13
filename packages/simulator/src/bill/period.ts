import { beijingTimestamp, parseBeijing } from '@f2f/core'
import { Refusal } from '../ledger/refusal.ts'

/** The day or month of a bill, in Beijing time. */
export interface Period {
  /** As in file names: `20190916` or `201909`. */
  readonly label: string
  /** First instant, and the first one after it; ms since 1970. */
  readonly from: number
  readonly to: number
}

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
const DATE = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/

/**
 * Reads a `bill_date`: `yyyy-MM-dd` or `yyyy-MM`.
 *
 * @param readyHour - hour of the day after the period from which the bill is there
 * @throws Refusal `INVAILID_ARGUMENTS` (Alipay's spelling) for another form, `BILL_NOT_EXIST` while it is not ready
 */
export const readPeriod = (billDate: string, at: number, readyHour: number): Period => {
  const [, year = '', month = '', day] = DATE.exec(billDate) ?? []
  const from = instant(`${year}-${month}-${day ?? '01'}`)
  if (from === undefined) throw new Refusal('INVAILID_ARGUMENTS')
  const to = day === undefined ? nextMonth(Number(year), Number(month)) : from + DAY
  if (at < to + readyHour * HOUR) throw new Refusal('BILL_NOT_EXIST')
  return { label: billDate.replaceAll('-', ''), from, to }
}

const instant = (day: string): number | undefined => parseBeijing(`${day} 00:00:00`)?.getTime()

const nextMonth = (year: number, month: number): number => {
  const [nextYear, next] = month === 12 ? [year + 1, 1] : [year, month + 1]
  return instant(`${String(nextYear).padStart(4, '0')}-${String(next).padStart(2, '0')}-01`) ?? Number.POSITIVE_INFINITY
}

/** A time as it stands in the head of a bill: `2019年09月16日 00:00:00`. */
export const billTime = (ms: number): string => beijingTimestamp(ms).replace(/^(\d+)-(\d+)-(\d+)/, '$1年$2月$3日')

/** True when `at` lies in the period. */
export const isWithin = ({ from, to }: Period, at: number): boolean => from <= at && at < to
