import { F2fError, type F2fErrorCode, type F2fErrorDetails } from '@f2f/core'

/** A bill that cannot be trusted, with the place where it went wrong. */
export const badBill = (code: F2fErrorCode, what: string, details: F2fErrorDetails = {}, cause?: unknown): F2fError =>
  new F2fError(code, what, cause === undefined ? { details } : { details, cause })
