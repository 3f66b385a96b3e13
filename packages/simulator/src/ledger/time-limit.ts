import { beijingTimestamp, parseBeijing } from '@f2f/core'
import { Refusal } from './refusal.ts'

const MINUTE = 60_000
const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: 60 * MINUTE, d: 24 * 60 * MINUTE }
const RELATIVE = /^([1-9]\d{0,4})([mhd])$/
const LONGEST = 15 * 24 * 60 * MINUTE

/** An unpaid Face-to-Face trade lives this long when the merchant says nothing (protocol §6.1). */
export const DEFAULT_TIMEOUT = '3h'

/** A QR lives this long when the merchant says nothing (protocol §6.2). */
export const DEFAULT_QR_TIMEOUT = '2h'

/**
 * When a `timeout_express` such as `90m`, or `1c` (till midnight in Beijing), that starts at `from` ends.
 *
 * @throws Refusal `ACQ.INVALID_PARAMETER` for anything but 1m–15d or `1c`
 */
export const relativeLimit = (text: string, from: number): number => {
  if (text === '1c') return nextMidnight(from)
  const [, amount = '', unit = ''] = RELATIVE.exec(text) ?? []
  const length = Number(amount) * (UNITS[unit] ?? 0)
  if (length === 0 || length > LONGEST) throw new Refusal('ACQ.INVALID_PARAMETER', 'timeout_express')
  return from + length
}

/**
 * When a `time_expire` ends: `yyyy-MM-dd HH:mm` with or without seconds.
 *
 * @throws Refusal `ACQ.INVALID_PARAMETER` when unreadable, `ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR` when past
 */
export const absoluteLimit = (text: string, at: number): number => {
  const instant = parseBeijing(text.length === 16 ? `${text}:00` : text)?.getTime()
  if (instant === undefined) throw new Refusal('ACQ.INVALID_PARAMETER', 'time_expire')
  if (instant <= at) throw new Refusal('ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR')
  return instant
}

const nextMidnight = (from: number): number => {
  const midnight = parseBeijing(`${beijingTimestamp(from).slice(0, 10)} 00:00:00`)
  return (midnight?.getTime() ?? from) + 24 * 60 * MINUTE
}
