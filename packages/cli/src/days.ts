import { parseBeijing } from '@f2f/core'
import { Problem } from './problem.ts'
import { text } from './text.ts'

const DAY = 24 * 3_600_000

const notADay = (): Problem =>
  new Problem('USAGE', text('日期格式为 yyyy-MM-dd（北京时间）。', 'A day is yyyy-MM-dd, Beijing time.'))

/**
 * A day in Beijing.
 *
 * @throws Problem `USAGE`
 */
export const dayOf = (given: string): { readonly from: Date; readonly to: Date } => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given)) throw notADay()
  const from = parseBeijing(`${given} 00:00:00`)
  if (from === undefined) throw notADay()
  return { from, to: new Date(from.getTime() + DAY) }
}
