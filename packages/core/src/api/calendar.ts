import { must, type Rule } from './rules.ts'

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/
const TIME_OF_DAY = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/

const daysIn = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const isDate = (value: string): boolean => {
  const match = DATE.exec(value)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

const isMoment = (value: string): boolean =>
  value[10] === ' ' && isDate(value.slice(0, 10)) && TIME_OF_DAY.test(value.slice(11))

/** A day `yyyy-MM-dd` or a month `yyyy-MM` that exists. */
export const dayOrMonth: Rule = must(
  'must be a day or a month that exists, written yyyy-MM-dd or yyyy-MM',
  (value) => typeof value === 'string' && (isDate(value) || MONTH.test(value)),
)

/** A moment that exists, `yyyy-MM-dd HH:mm:ss`; Alipay reads it as UTC+8. */
export const moment: Rule = must(
  'must be a time that exists, written yyyy-MM-dd HH:mm:ss',
  (value) => typeof value === 'string' && isMoment(value),
)
