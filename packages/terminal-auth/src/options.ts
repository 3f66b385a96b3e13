import { F2fError } from '@f2f/core'

const wrong = (field: string, rule: string): F2fError =>
  new F2fError('CONFIG_INVALID', `${field} must be ${rule}.`, { details: { field, rule } })

/** ms. What is kept about a token is kept that long after its end, because a verifier may still take it. */
export const LONGEST_TOLERANCE = 300_000

/** A year: nothing here lives longer without being asked again. */
const LONGEST = 31_536_000_000

/** @throws F2fError `CONFIG_INVALID` */
export const duration = (field: string, value: number, least: number, most: number = LONGEST): number => {
  if (!(value >= least && value <= most)) throw wrong(field, `${least} to ${most} ms`)
  return value
}

/** @throws F2fError `CONFIG_INVALID` */
export const count = (field: string, value: number): number => {
  if (!Number.isSafeInteger(value) || value < 1) throw wrong(field, 'a whole number above 0')
  return value
}

/** @throws F2fError `CONFIG_INVALID` */
export const name = (field: string, value: string): string => {
  if (typeof value !== 'string' || value === '') throw wrong(field, 'a string that is not empty')
  return value
}

/** @throws F2fError `CONFIG_INVALID` */
export const oneOf = (field: string, value: string, choices: readonly string[]): void => {
  if (!choices.includes(value)) throw wrong(field, `one of ${choices.join(', ')}`)
}

/** NumericDate of a JWT: whole seconds, rounded down. */
export const seconds = (ms: number): number => Math.floor(ms / 1_000)
