import { F2fError } from '../errors.ts'

/** The error for a member, parameter or segment that breaks a rule; name and rule read as one sentence. */
export const invalid = (field: string, rule: string): F2fError =>
  new F2fError('REQUEST_INVALID', `${field} ${rule}.`, { details: { field, rule } })

const UNKNOWN = 'is not known here'

/** The error for a member or parameter that the API does not have, named as it was sent. */
export const unknownName = (name: string): F2fError => invalid(name.slice(0, 64), UNKNOWN)

/** Whether it came from {@link unknownName}. */
export const isUnknownName = ({ details }: F2fError): boolean => details.rule === UNKNOWN

export const forbidden = (what: string, details: { readonly field?: string; readonly scope?: string } = {}): F2fError =>
  new F2fError('AUTH_FORBIDDEN', what, { details })

/** Says the same of a payment that is not there and of one the caller may not see. */
export const noSuchPayment = (): F2fError => new F2fError('PAYMENT_NOT_FOUND', 'There is no such payment.')
