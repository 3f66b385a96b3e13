import { F2fError, isF2fError } from '../errors.ts'
import { type Answer, answer } from './call.ts'
import { isUnknownName } from './refuse.ts'

/** `application/problem+json` (RFC 9457), as every error of the API is answered. */
export interface ProblemView {
  /** `urn:f2f:error:` and the code. */
  readonly type: string
  /** The code in words. */
  readonly title: string
  readonly status: number
  /** One of `ERROR_CODES`. */
  readonly code: string
  readonly detail: string
  /** True when the same request may succeed later without being changed. */
  readonly retryable: boolean
  /** True when money may have moved all the same: look at the payment, never guess. */
  readonly moneyMayHaveMoved: boolean
  /** The member, parameter or path segment that was refused. */
  readonly field?: string | undefined
}

/** Names on Alipay's wire that are called otherwise here; all others only change their case. */
const OUR_NAMES: Readonly<Record<string, string>> = { refund_reason: 'reason' }

const ourName = (field: string): string =>
  OUR_NAMES[field] ?? field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** A refusal of the request, with the name its field has in this API. */
const inOurWords = (error: F2fError): F2fError => {
  const { field, rule } = error.details
  if (error.code !== 'REQUEST_INVALID' || typeof field !== 'string' || typeof rule !== 'string') return error
  if (isUnknownName(error)) return error
  const name = ourName(field)
  return new F2fError('REQUEST_INVALID', `${name} ${rule}.`, { details: { field: name, rule } })
}

const titleOf = (code: string): string => {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What a client may know of an error. */
export const problemView = (error: F2fError): ProblemView => {
  const { code, message, status, retryable, moneyMayHaveMoved, details } = inOurWords(error)
  const { field } = details
  return {
    type: `urn:f2f:error:${code}`,
    title: titleOf(code),
    status,
    code,
    detail: message,
    retryable,
    moneyMayHaveMoved,
    ...(typeof field === 'string' ? { field } : {}),
  }
}

/** What a client without, with a wrong or with too weak a token is told (RFC 6750 §3). */
const challenge = ({ code, details: { scope } }: F2fError): string => {
  if (scope !== undefined) return `Bearer error="insufficient_scope", scope="${scope}"`
  return code === 'AUTH_REQUIRED' ? 'Bearer' : 'Bearer error="invalid_token"'
}

const headersFor = (error: F2fError): Record<string, string> => {
  const { status, details } = error
  if (status === 401 || details.scope !== undefined) return { 'www-authenticate': challenge(error) }
  if (status === 405) return { allow: String(details.allow) }
  if (status === 429) return { 'retry-after': String(details.retryAfter) }
  return status === 503 ? { 'retry-after': '1' } : {}
}

/** An error as the answer to a request. */
export const problem = (error: F2fError): Answer => {
  const headers = { 'content-type': 'application/problem+json', ...headersFor(error) }
  return answer(error.status, headers, JSON.stringify(problemView(error)))
}

/** True for a fault in how this back end is put together, which its maker must see. */
const isWiring = ({ code }: F2fError): boolean => code === 'HTTP_BODY_CONSUMED' || code === 'NOTIFY_BODY_PARSED'

/** The answer to an error nobody planned for; says nothing of it, except how to mend the wiring. */
export const unexpectedAnswer = (error: unknown, report: () => void, movesMoney = false): Answer => {
  const shown =
    isF2fError(error) && isWiring(error)
      ? error
      : new F2fError('INTERNAL_ERROR', 'This back end failed.', { movesMoney })
  return { ...problem(shown), unexpected: { error, report } }
}

/** The answer to any error. `report` is called for those that are this side's fault. */
export const refusal = (error: unknown, report: (error: unknown) => void, movesMoney: boolean): Answer => {
  if (!isF2fError(error) || isWiring(error)) return unexpectedAnswer(error, () => report(error), movesMoney)
  if (error.status >= 500) report(error)
  return problem(error)
}
