import type { Payment, Refund, RefundStatus } from '@f2f/core'
import type { Kysely } from 'kysely'
import { nextTurn } from '../next-turn.ts'
import { fromRow } from '../rows/payment-row.ts'
import type { Tables } from '../schema/tables.ts'
import type { Read } from './list-payments.ts'

/** Which refunds to list. Every given condition must hold. */
export interface RefundFilter {
  /** Which instant `from` and `to` are about. A refund that is not settled has no `settledAt`. Default `settledAt`. */
  readonly by?: 'requestedAt' | 'settledAt' | undefined
  /** At or after this instant. */
  readonly from?: Date | undefined
  /** Before this instant. */
  readonly to?: Date | undefined
  readonly status?: RefundStatus | undefined
  readonly merchantId?: string | undefined
}

/** A refund and the payment it is of. */
export interface BookedRefund {
  readonly payment: Payment
  readonly refund: Refund
}

interface Position {
  readonly at: number
  readonly outTradeNo: string
  readonly outRequestNo: string
}

/** Rows held in memory at a time while a list is read. */
const PAGE = 200

const COLUMN = { requestedAt: 'f2f_refunds.requested_at', settledAt: 'f2f_refunds.settled_at' } as const

const pageQuery = (db: Kysely<Tables>, filter: RefundFilter, after: Position | undefined) => {
  const { from, to, status, merchantId } = filter
  const time = COLUMN[filter.by ?? 'settledAt']
  let query = db
    .selectFrom('f2f_refunds')
    .innerJoin('f2f_payments', 'f2f_payments.out_trade_no', 'f2f_refunds.out_trade_no')
    .selectAll('f2f_payments')
    .select(['f2f_refunds.out_request_no', `${time} as position`])
    .where(time, 'is not', null)
  if (from !== undefined) query = query.where(time, '>=', from.getTime())
  if (to !== undefined) query = query.where(time, '<', to.getTime())
  if (status !== undefined) query = query.where('f2f_refunds.status', '=', status)
  if (merchantId !== undefined) query = query.where('f2f_payments.merchant_id', '=', merchantId)
  if (after !== undefined) {
    const { at, outTradeNo, outRequestNo } = after
    query = query
      .where(time, '>=', at)
      .where(({ or, and, eb }) =>
        or([
          eb(time, '>', at),
          eb('f2f_refunds.out_trade_no', '>', outTradeNo),
          and([eb('f2f_refunds.out_trade_no', '=', outTradeNo), eb('f2f_refunds.out_request_no', '>', outRequestNo)]),
        ]),
      )
  }
  return query.orderBy(time).orderBy('f2f_refunds.out_trade_no').orderBy('f2f_refunds.out_request_no').limit(PAGE)
}

/** Reads page by page, oldest first. */
export async function* listRefunds(
  db: Kysely<Tables>,
  read: Read,
  filter: RefundFilter,
): AsyncGenerator<BookedRefund, void, void> {
  let after: Position | undefined
  for (;;) {
    const query = pageQuery(db, filter, after)
    const rows = await read(() => query.execute())
    for (const row of rows) {
      const payment = fromRow(row)
      after = { at: Number(row.position), outTradeNo: row.out_trade_no, outRequestNo: row.out_request_no }
      const refund = payment.refunds.find(({ outRequestNo }) => outRequestNo === row.out_request_no)
      if (refund !== undefined) yield { payment, refund }
    }
    if (rows.length < PAGE) return
    // As for a list of payments: SQLite answers without waiting.
    await nextTurn()
  }
}
