import { type Kysely, sql } from 'kysely'
import type { DialectName } from '../../dialect.ts'
import type { Tables } from '../tables.ts'
import { createWithIndices, exactText, type Index } from './columns.ts'

const PAYMENT_INDICES: readonly Index[] = [
  { name: 'f2f_payments_due', columns: ['due_at'], where: 'due_at is not null' },
  {
    name: 'f2f_payments_unfinished',
    columns: ['unfinished_since', 'out_trade_no'],
    where: 'unfinished_since is not null',
  },
  { name: 'f2f_payments_created', columns: ['created_at', 'out_trade_no'] },
  { name: 'f2f_payments_status', columns: ['status', 'created_at', 'out_trade_no'] },
  {
    name: 'f2f_payments_store',
    columns: ['store_id', 'created_at', 'out_trade_no'],
    where: 'store_id is not null',
  },
  {
    name: 'f2f_payments_merchant',
    columns: ['merchant_id', 'created_at', 'out_trade_no'],
    where: 'merchant_id is not null',
  },
]

const REFUND_INDICES: readonly Index[] = [
  { name: 'f2f_refunds_requested', columns: ['requested_at'] },
  { name: 'f2f_refunds_settled', columns: ['settled_at'], where: 'settled_at is not null' },
]

/** MySQL's `text` ends at 64 KB. */
const longText = (dialect: DialectName) => (dialect === 'mysql' ? sql<string>`longtext` : sql<string>`text`)

const paymentsTable = (db: Kysely<Tables>, dialect: DialectName) =>
  db.schema
    .createTable('f2f_payments')
    .ifNotExists()
    .addColumn('out_trade_no', exactText(dialect), (column) => column.notNull().primaryKey())
    .addColumn('kind', 'varchar(16)', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('total_amount', 'bigint', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('body', 'text')
    .addColumn('store_id', 'varchar(255)')
    .addColumn('terminal_id', 'text')
    .addColumn('operator_id', 'text')
    .addColumn('seller_id', 'text')
    .addColumn('merchant_id', 'varchar(255)')
    .addColumn('masked_auth_code', 'text')
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('qr_code', 'text')
    .addColumn('trade_no', 'text')
    .addColumn('buyer_logon_id', 'text')
    .addColumn('buyer_user_id', 'text')
    .addColumn('receipt_amount', 'bigint')
    .addColumn('buyer_pay_amount', 'bigint')
    .addColumn('paid_at', 'bigint')
    .addColumn('needs_attention', 'integer', (column) => column.notNull())
    .addColumn('late_success', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('settled_at', 'bigint')
    .addColumn('deadline_at', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('unfinished_since', 'bigint')
    .addColumn('next_at', 'bigint')
    .addColumn('pay_unknown', 'integer', (column) => column.notNull())
    .addColumn('rechecks', 'integer', (column) => column.notNull())
    .addColumn('ask_from', 'integer', (column) => column.notNull())
    .addColumn('nested', longText(dialect), (column) => column.notNull())

// The smaller tables have no foreign key to the payments: they are only ever written together with them, so the check
// would cost every write and find nothing.
const historyTable = (db: Kysely<Tables>, dialect: DialectName) =>
  db.schema
    .createTable('f2f_payment_history')
    .ifNotExists()
    .addColumn('out_trade_no', exactText(dialect), (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('why', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('f2f_payment_history_key', ['out_trade_no', 'seq'])

const refundsTable = (db: Kysely<Tables>, dialect: DialectName) =>
  db.schema
    .createTable('f2f_refunds')
    .ifNotExists()
    .addColumn('out_trade_no', exactText(dialect), (column) => column.notNull())
    .addColumn('out_request_no', exactText(dialect), (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('refund_amount', 'bigint', (column) => column.notNull())
    .addColumn('requested_at', 'bigint', (column) => column.notNull())
    .addColumn('settled_at', 'bigint')
    .addPrimaryKeyConstraint('f2f_refunds_key', ['out_trade_no', 'out_request_no'])

export const createTables = async (db: Kysely<Tables>, dialect: DialectName): Promise<void> => {
  await createWithIndices(db, dialect, 'f2f_payments', paymentsTable(db, dialect), PAYMENT_INDICES)
  await createWithIndices(db, dialect, 'f2f_payment_history', historyTable(db, dialect), [])
  await createWithIndices(db, dialect, 'f2f_refunds', refundsTable(db, dialect), REFUND_INDICES)
}
