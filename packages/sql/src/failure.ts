import { F2fError, isF2fError } from '@f2f/core'
import { DATABASE, type DialectName } from './dialect.ts'

/** The driver's own code of a failure: a SQLSTATE, `ER_…`, `SQLITE_…` or Node's, such as `ECONNREFUSED`. */
export const driverCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

const MISSING = new Set(['42P01', '42703', 'ER_NO_SUCH_TABLE', 'ER_BAD_FIELD_ERROR'])

/** A table or column is not there. */
export const isMissing = (error: unknown): boolean =>
  MISSING.has(driverCode(error) ?? '') || (error instanceof Error && /^no such (table|column): /.test(error.message))

/** Deadlocks, and refusals of the stricter isolation levels: the same transaction may well succeed next time. */
const CONTENTION = new Set(['40001', '40P01', 'ER_LOCK_DEADLOCK', 'ER_CHECKREAD'])

export const isContention = (error: unknown): boolean => CONTENTION.has(driverCode(error) ?? '')

/** A failure of the driver as the one error of this toolkit; its text carries no address and no password. */
export const storeFailure = (dialect: DialectName, doing: string, cause: unknown): F2fError => {
  if (isF2fError(cause)) return cause
  const code = driverCode(cause)
  const database = DATABASE[dialect]
  const options = { cause, details: { database, driverCode: code } }
  const what = `${database} could not ${doing}${code === undefined ? '' : ` (${code})`}.`
  if (isMissing(cause)) return new F2fError('STORE_SCHEMA_OUTDATED', what, options)
  return new F2fError(isContention(cause) ? 'STORE_CONTENDED' : 'STORE_UNAVAILABLE', what, options)
}
