import { F2fError } from '@f2f/core'
import type { Books } from './books.ts'
import { NEVER, type OurEntry, type OurState } from './our-entry.ts'

/** One payment or refund of books that are not a `PaymentStore`. */
export interface OurRow {
  readonly kind: 'payment' | 'refund'
  readonly outTradeNo: string
  /** The refund's number; only for refunds. */
  readonly outRequestNo?: string | undefined
  /** Whole fen, never negative. */
  readonly amount: number
  /** Whole fen the merchant receives, if your books know. */
  readonly receiptAmount?: number | undefined
  /** Alipay's number of the trade, if your books know. */
  readonly tradeNo?: string | undefined
  /** When the money moved; of a row that is not `succeeded`, when it was ordered. */
  readonly at: Date
  /** `failed`: no money moved. `pending`: not known yet. Default `succeeded`. */
  readonly status?: 'succeeded' | 'failed' | 'pending' | undefined
}

const STATE: Readonly<Record<NonNullable<OurRow['status']>, OurState>> = {
  succeeded: 'money',
  failed: 'none',
  pending: 'open',
}

const isFen = (amount: unknown): boolean => Number.isSafeInteger(amount) && Number(amount) >= 0

const breachOf = (row: OurRow): string | undefined => {
  if (row.kind !== 'payment' && row.kind !== 'refund') return 'kind'
  if (typeof row.outTradeNo !== 'string' || row.outTradeNo === '') return 'outTradeNo'
  if (row.kind === 'refund' && (typeof row.outRequestNo !== 'string' || row.outRequestNo === '')) return 'outRequestNo'
  if (!isFen(row.amount)) return 'amount'
  if (row.receiptAmount !== undefined && !isFen(row.receiptAmount)) return 'receiptAmount'
  if (!(row.at instanceof Date) || Number.isNaN(row.at.getTime())) return 'at'
  if (row.status !== undefined && !Object.hasOwn(STATE, row.status)) return 'status'
  return undefined
}

const check = (row: OurRow): void => {
  const field = breachOf(row)
  if (field === undefined) return
  throw new F2fError('REQUEST_INVALID', `A row of our books has no proper ${field}.`, {
    details: { field, outTradeNo: String(row.outTradeNo) },
  })
}

const entryOf = (row: OurRow, slack: number): OurEntry => {
  const at = row.at.getTime()
  const status = row.status ?? 'succeeded'
  return {
    kind: row.kind,
    outTradeNo: row.outTradeNo,
    outRequestNo: row.kind === 'refund' ? (row.outRequestNo ?? '') : '',
    state: STATE[status],
    status,
    amount: row.amount,
    receiptAmount: row.receiptAmount,
    tradeNo: row.tradeNo,
    earliest: at,
    latest: status === 'pending' ? NEVER : at,
    slack,
  }
}

/**
 * Books given as rows. Each iteration throws F2fError `REQUEST_INVALID` at a row that cannot be understood.
 *
 * @param slack - how far the times of the rows may differ from Alipay's, ms
 */
export const rowBooks = (rows: AsyncIterable<OurRow> | Iterable<OurRow>, slack: number): Books => ({
  async *entries() {
    for await (const row of rows) {
      check(row)
      yield entryOf(row, slack)
    }
  },
  lookUp: undefined,
})
