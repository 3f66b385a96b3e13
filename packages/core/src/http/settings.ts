import { F2fError, isF2fError } from '../errors.ts'
import { warn } from '../warn.ts'
import type { Shop } from './route.ts'

/** Longest body taken, when nothing else is said. A notification of Alipay has about 2,000 bytes. */
export const MAX_BODY_BYTES = 65_536

const wrong = (field: string, rule: string): F2fError =>
  new F2fError('CONFIG_INVALID', `${field} ${rule}.`, { details: { field, rule } })

/** @throws F2fError `CONFIG_INVALID` */
export const checkFunction = (field: string, value: unknown): void => {
  if (typeof value !== 'function') throw wrong(field, 'must be a function')
}

/** @throws F2fError `CONFIG_INVALID` */
export const checkBasePath = (basePath: string): void => {
  const isPath =
    typeof basePath === 'string' && /^(?:\/[\w~.-]+)*$/.test(basePath) && !/\/\.{1,2}(?:\/|$)/.test(basePath)
  if (!isPath) throw wrong('basePath', 'must be empty or such as /pay, without a slash at the end')
}

/** @throws F2fError `CONFIG_INVALID` */
export const wholeNumberOr = (field: string, value: number | undefined, otherwise: number): number => {
  if (value === undefined) return otherwise
  if (Number.isSafeInteger(value) && value > 0) return value
  throw wrong(field, 'must be a whole number above 0')
}

/** True for what the maker of this back end should see. Closing while somebody waits is no fault. */
const isFault = (error: unknown): boolean =>
  !isF2fError(error) || (error.status >= 500 && error.code !== 'CASHIER_CLOSED' && error.code !== 'WAIT_CASHIER_CLOSED')

/** The caller's `onProblem`; without one, this side's faults become warnings. */
export const reporting = (onProblem: Shop['onProblem'] | undefined): Shop['onProblem'] =>
  onProblem ?? ((error) => (isFault(error) ? warn(error) : undefined))
