const BEIJING_OFFSET = 8 * 60 * 60 * 1000

const SECOND = 1000

/** The second that was written last, and how: many requests are made in one. */
let last = { second: Number.NaN, text: '' }

/**
 * The time as Alipay writes it: `yyyy-MM-dd HH:mm:ss` in UTC+8, whatever the zone of this process
 * (protocol §1.3; China has had no summer time since 1991).
 *
 * @param ms - milliseconds since 1970-01-01T00:00:00Z
 */
export const beijingTimestamp = (ms: number): string => {
  const second = Math.floor(ms / SECOND)
  if (second !== last.second) {
    const iso = new Date(second * SECOND + BEIJING_OFFSET).toISOString()
    last = { second, text: iso.slice(0, 19).replace('T', ' ') }
  }
  return last.text
}

const TIMESTAMP = /^(\d{4}-\d{2}-(\d{2})) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,3}))?$/

/**
 * Reads a time that Alipay wrote. Only `yyyy-MM-dd HH:mm:ss` is taken, with or without Java's `.S` milliseconds
 * (`.5` is 5 ms), as in `gmt_refund` (protocol §8.2).
 *
 * @returns undefined for any other text and for days that do not exist
 */
export const parseBeijing = (text: string): Date | undefined => {
  const match = TIMESTAMP.exec(text)
  if (match === null) return undefined
  const [, date = '', day = '', time = '', millis = ''] = match
  const instant = new Date(`${date}T${time}.${millis.padStart(3, '0')}+08:00`)
  // The 30th of February, and 24:00:00, become another day.
  const isRealDay = new Date(instant.getTime() + BEIJING_OFFSET).getUTCDate() === Number(day)
  return isRealDay ? instant : undefined
}
