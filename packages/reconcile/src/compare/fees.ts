import { F2fError } from '@f2f/core'
import type { TradeRow } from '../bill/types.ts'

/** What Alipay may charge. */
export interface FeeRate {
  /** Share of what the merchant receives, such as `0.006`. */
  readonly rate: number
  /** Whether a refund gives its share of the fee back. Default true. */
  readonly returnedOnRefund?: boolean | undefined
  /** A fee this many fen off is still as expected. Default 1, for rounding. */
  readonly tolerance?: number | undefined
}

/**
 * A rate, or your own rule: the fee in fen that a row should have, negative when the merchant pays it; undefined for a
 * row that is not to be checked.
 */
export type FeeRule = FeeRate | ((row: TradeRow) => number | undefined)

/** What the fee of a row should be; undefined when it needs no remark. */
export type FeeCheck = (row: TradeRow) => number | undefined

const byRate =
  ({ rate, returnedOnRefund = true }: FeeRate) =>
  (row: TradeRow): number | undefined => {
    if (row.kind === 'other') return undefined
    if (row.kind === 'refund' && !returnedOnRefund) return 0
    return 0 - Math.round(row.receiptAmount * rate)
  }

/** @throws F2fError `CONFIG_INVALID` */
export const feeCheck = (rule: FeeRule | undefined): FeeCheck => {
  if (rule === undefined) return () => undefined
  if (typeof rule !== 'function' && !(rule.rate >= 0 && rule.rate < 1)) {
    throw new F2fError('CONFIG_INVALID', 'The fee rate is not a share from 0 to 1.', {
      details: { field: 'fees.rate' },
    })
  }
  const [expected, tolerance] = typeof rule === 'function' ? [rule, 0] : [byRate(rule), rule.tolerance ?? 1]
  return (row) => {
    const fee = expected(row)
    return fee === undefined || Math.abs(fee - row.serviceFee) <= tolerance ? undefined : fee
  }
}
