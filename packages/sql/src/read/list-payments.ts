import type { Payment, PaymentFilter } from '@f2f/core'
import type { Kysely } from 'kysely'
import { nextTurn } from '../next-turn.ts'
import { fromRow } from '../rows/payment-row.ts'
import { PAYMENT_COLUMNS } from '../schema/columns.ts'
import type { Tables } from '../schema/tables.ts'

/** Runs one query of a list, with the store's errors. */
export type Read = <T>(query: () => Promise<T>) => Promise<T>

/** Rows held in memory at a time while a list is read. */
const PAGE = 250

const pageQuery = (db: Kysely<Tables>, filter: PaymentFilter, limit: number) => {
  const { from, to, storeId, merchantId, status, unfinished, after } = filter
  // The same instant, from the column whose index holds nothing else.
  const time = unfinished === true ? 'unfinished_since' : 'created_at'
  let query = db.selectFrom('f2f_payments').select(PAYMENT_COLUMNS)
  if (unfinished !== undefined) query = query.where('unfinished_since', unfinished ? 'is not' : 'is', null)
  if (from !== undefined) query = query.where(time, '>=', from.getTime())
  if (to !== undefined) query = query.where(time, '<', to.getTime())
  if (storeId !== undefined) query = query.where('store_id', '=', storeId)
  if (merchantId !== undefined) query = query.where('merchant_id', '=', merchantId)
  if (status !== undefined) query = query.where('status', 'in', [status].flat())
  if (after !== undefined) {
    const createdAt = after.createdAt.getTime()
    // Written so that every planner starts at the right place of the index; not all do for (a, b) < (x, y).
    query = query
      .where(time, '<=', createdAt)
      .where(({ or, eb }) => or([eb(time, '<', createdAt), eb('out_trade_no', '<', after.outTradeNo)]))
  }
  return query.orderBy(time, 'desc').orderBy('out_trade_no', 'desc').limit(limit)
}

/** Reads page by page, each page a query of its own, so that a reader in no hurry holds no connection. */
export async function* listPayments(
  db: Kysely<Tables>,
  read: Read,
  filter: PaymentFilter,
): AsyncGenerator<Payment, void, void> {
  if (Array.isArray(filter.status) && filter.status.length === 0) return
  let after = filter.after
  let left = filter.limit ?? Number.POSITIVE_INFINITY
  while (left > 0) {
    const size = Math.min(PAGE, left)
    const query = pageQuery(db, { ...filter, after }, size)
    const rows = await read(() => query.execute())
    for (const row of rows) {
      const payment = fromRow(row)
      after = payment
      yield payment
    }
    if (rows.length < size) return
    left -= rows.length
    // SQLite answers without waiting, so a long list would keep everybody else from their turn.
    await nextTurn()
  }
}
