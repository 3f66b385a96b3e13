import { Problem } from './problem.ts'
import { text } from './text.ts'

/** @throws Problem `USAGE` */
export const wholeNumber = (name: string, given: string, least: number, most: number): number => {
  const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN
  if (value >= least && value <= most) return value
  throw new Problem(
    'USAGE',
    text(`--${name} 必须是 ${least} 到 ${most} 的整数。`, `--${name} is a whole number from ${least} to ${most}.`),
  )
}
