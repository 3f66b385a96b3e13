import { fen, type Payment } from '@f2f/core'
import type { Insertable } from 'kysely'
import type { HistoryTable, RefundTable } from '../schema/tables.ts'
import { type PaymentRow, toRow } from './payment-row.ts'
import { maybeMs, text } from './values.ts'

export type HistoryRow = Insertable<HistoryTable>
export type RefundRow = Insertable<RefundTable>

/** All that one write puts into the tables. */
export interface LedgerRows {
  readonly payment: PaymentRow
  readonly history: readonly HistoryRow[]
  readonly refunds: readonly RefundRow[]
}

/**
 * Tells which lines of a payment's history and which refunds its tables already hold, so that a change writes only
 * what it added. They are recognised as the very objects that were read or written: a payment is immutable, and its
 * next version shares what did not change. What is not recognised is written again, which does no harm.
 */
export class KnownRows {
  readonly #ownerOf = new WeakMap<object, string>()

  /** Everything of this payment is in the tables. */
  note(payment: Payment): Payment {
    for (const part of [...payment.history, ...payment.refunds]) this.#ownerOf.set(part, payment.outTradeNo)
    return payment
  }

  /** What has to be written for this payment. */
  rowsOf(payment: Payment): LedgerRows {
    const { outTradeNo } = payment
    const isNew = (part: object): boolean => this.#ownerOf.get(part) !== outTradeNo
    const history = payment.history.flatMap((entry, seq): HistoryRow[] =>
      isNew(entry)
        ? [{ out_trade_no: outTradeNo, seq, at: entry.at.getTime(), status: entry.status, why: text(entry.why) }]
        : [],
    )
    const refunds = payment.refunds.filter(isNew).map(
      (refund): RefundRow => ({
        out_trade_no: outTradeNo,
        out_request_no: refund.outRequestNo,
        status: refund.status,
        refund_amount: fen(refund.refundAmount),
        requested_at: refund.requestedAt.getTime(),
        settled_at: maybeMs(refund.settledAt),
      }),
    )
    return { payment: toRow(payment), history, refunds }
  }
}
