import type { Kysely } from 'kysely'
import type { DialectName } from './dialect.ts'
import type { HotStatements, Statement } from './hot-statements.ts'
import type { HistoryRow, RefundRow } from './rows/ledger-rows.ts'
import type { PaymentRow } from './rows/payment-row.ts'
import { HISTORY_COLUMNS, PAYMENT_COLUMNS, REFUND_COLUMNS } from './schema/columns.ts'
import type { Tables } from './schema/tables.ts'

type Db = Kysely<Tables>

/** A payment's row and the version that must be there for it to be written. */
export type Replacement = PaymentRow & { readonly expected_version: number }

export const REPLACEMENT_VALUES = [...PAYMENT_COLUMNS, 'expected_version'] as const

/** Journals a payment unless its number is taken. MySQL: fails when it is, for its "ignore" ignores far more. */
export const insertPayment = (db: Db, row: PaymentRow, dialect: DialectName) => {
  const insert = db.insertInto('f2f_payments').values(row)
  return dialect === 'mysql' ? insert : insert.onConflict((conflict) => conflict.column('out_trade_no').doNothing())
}

/** Writes a payment when its stored version is the expected one. */
export const updatePayment = (db: Db, { out_trade_no, expected_version, ...values }: Replacement) =>
  db
    .updateTable('f2f_payments')
    .set(values)
    .where('out_trade_no', '=', out_trade_no)
    .where('version', '=', expected_version)

/** Adds a line to the audit trail; a line that is there stays as it is. */
const addHistory = (db: Db, row: HistoryRow, dialect: DialectName) => {
  const insert = db.insertInto('f2f_payment_history').values(row)
  return dialect === 'mysql'
    ? insert.onDuplicateKeyUpdate({ seq: row.seq })
    : insert.onConflict((conflict) => conflict.columns(['out_trade_no', 'seq']).doNothing())
}

/** Brings the line a refund is looked up by up to date. */
const putRefund = (db: Db, row: RefundRow, dialect: DialectName) => {
  const { out_trade_no: _, out_request_no: __, ...values } = row
  const insert = db.insertInto('f2f_refunds').values(row)
  return dialect === 'mysql'
    ? insert.onDuplicateKeyUpdate(values)
    : insert.onConflict((conflict) => conflict.columns(['out_trade_no', 'out_request_no']).doUpdateSet(values))
}

/** What one payment's row is written and read with, one statement each. */
export interface WriteStatements {
  readonly insertPayment: Statement<PaymentRow>
  readonly updatePayment: Statement<Replacement>
  readonly addHistory: Statement<HistoryRow>
  readonly putRefund: Statement<RefundRow>
}

export const writeStatements = (db: Db, dialect: DialectName, hot: HotStatements): WriteStatements => ({
  insertPayment: hot.add(PAYMENT_COLUMNS, (row: PaymentRow) => insertPayment(db, row, dialect).compile()),
  updatePayment: hot.add(REPLACEMENT_VALUES, (row: Replacement) => updatePayment(db, row).compile()),
  addHistory: hot.add(HISTORY_COLUMNS, (row: HistoryRow) => addHistory(db, row, dialect).compile()),
  putRefund: hot.add(REFUND_COLUMNS, (row: RefundRow) => putRefund(db, row, dialect).compile()),
})

export interface ReadStatements {
  readonly find: Statement<{ readonly outTradeNo: string }>
  readonly due: Statement<{ readonly before: number; readonly limit: number }>
}

export const readStatements = (db: Db, hot: HotStatements): ReadStatements => ({
  // Columns by name: a prepared statement does not survive a column that a later version adds to "all".
  find: hot.add(['outTradeNo'], ({ outTradeNo }: { readonly outTradeNo: string }) =>
    db.selectFrom('f2f_payments').select(PAYMENT_COLUMNS).where('out_trade_no', '=', outTradeNo).compile(),
  ),
  due: hot.add(['before', 'limit'], ({ before, limit }: { readonly before: number; readonly limit: number }) =>
    db
      .selectFrom('f2f_payments')
      .select('out_trade_no')
      .where('due_at', '<=', before)
      .orderBy('due_at')
      .limit(limit)
      .compile(),
  ),
})
