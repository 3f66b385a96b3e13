import { F2fError, fen, yuan } from '@f2f/core'
import type { Scope } from '@f2f/core/http'

/** Who a till is and what it may do. */
export interface TerminalGrant {
  /** Unique in the whole back end. At most 32 characters, as Alipay has it; no blanks, ASCII only; so are the others. */
  readonly terminalId: string
  /** At most 32 characters. */
  readonly storeId: string
  /** At most 28 characters. */
  readonly operatorId?: string | undefined
  /** At most 64 characters. */
  readonly merchantId?: string | undefined
  /** At least one. */
  readonly scopes: readonly Scope[]
  /**
   * Yuan, such as `'200.00'`: the most that the refunds of one payment may come to by this token. Required with the
   * `refund` scope.
   */
  readonly refundLimit?: string | undefined
}

const LENGTHS = { terminalId: 32, storeId: 32, operatorId: 28, merchantId: 64 } as const

/** Every scope there is. */
export const SCOPES: readonly Scope[] = ['pay', 'refund', 'reconcile', 'watch']

const invalid = (field: string, rule: string): F2fError =>
  new F2fError('REQUEST_INVALID', `${field} ${rule}.`, { details: { field, rule } })

/** Whether it can be an id of that kind at all. */
export const isId = (field: keyof typeof LENGTHS, value: unknown): value is string =>
  typeof value === 'string' && value.length <= LENGTHS[field] && /^[!-~]+$/.test(value)

const checkId = (field: keyof typeof LENGTHS, value: string | undefined): void => {
  if (!isId(field, value)) throw invalid(field, `must be 1 to ${LENGTHS[field]} ASCII characters without blanks`)
}

const limitOf = ({ scopes, refundLimit }: TerminalGrant): string | undefined => {
  if (refundLimit !== undefined) return yuan(fen(refundLimit))
  if (scopes.includes('refund')) throw invalid('refundLimit', 'is required with the refund scope')
  return undefined
}

/**
 * A copy of the grant with nothing else in it.
 *
 * @throws F2fError `REQUEST_INVALID`, naming the field
 */
export const checkGrant = (grant: TerminalGrant): TerminalGrant => {
  const { terminalId, storeId, operatorId, merchantId, scopes } = grant
  checkId('terminalId', terminalId)
  checkId('storeId', storeId)
  if (operatorId !== undefined) checkId('operatorId', operatorId)
  if (merchantId !== undefined) checkId('merchantId', merchantId)
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every((scope) => SCOPES.includes(scope)))
    throw invalid('scopes', `must be some of ${SCOPES.join(', ')}`)
  return { terminalId, storeId, operatorId, merchantId, scopes: [...new Set(scopes)], refundLimit: limitOf(grant) }
}
