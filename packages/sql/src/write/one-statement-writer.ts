import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { HotStatements, Statement } from '../hot-statements.ts'
import type { HistoryRow, LedgerRows, RefundRow } from '../rows/ledger-rows.ts'
import type { Tables } from '../schema/tables.ts'
import { insertPayment, REPLACEMENT_VALUES, type Replacement, updatePayment } from '../statements.ts'
import type { Writer } from './writer.ts'

/** All rows of a write as lists, a list for each column, because the number of rows must not change the statement. */
interface Lists {
  readonly seq: readonly number[]
  readonly at: readonly number[]
  readonly entered: readonly HistoryRow['status'][]
  readonly why: readonly string[]
  readonly refund_no: readonly string[]
  readonly refund_status: readonly RefundRow['status'][]
  readonly refund_amount: readonly number[]
  readonly requested_at: readonly number[]
  readonly refunded_at: readonly (number | null)[]
}

type Values = Replacement & Lists

const LISTS: readonly (keyof Lists)[] = [
  'seq',
  'at',
  'entered',
  'why',
  'refund_no',
  'refund_status',
  'refund_amount',
  'requested_at',
  'refunded_at',
]

const lists = (history: readonly HistoryRow[], refunds: readonly RefundRow[]): Lists => ({
  seq: history.map(({ seq }) => seq),
  at: history.map(({ at }) => at),
  entered: history.map(({ status }) => status),
  why: history.map(({ why }) => why),
  refund_no: refunds.map(({ out_request_no }) => out_request_no),
  refund_status: refunds.map(({ status }) => status),
  refund_amount: refunds.map(({ refund_amount }) => refund_amount),
  requested_at: refunds.map(({ requested_at }) => requested_at),
  refunded_at: refunds.map(({ settled_at }) => settled_at ?? null),
})

const addHistory = ({ seq, at, entered, why }: Lists): RawBuilder<unknown> => sql`history as (
  insert into f2f_payment_history (out_trade_no, seq, at, status, why)
  select written.out_trade_no, line.* from written cross join
    unnest(${seq}::integer[], ${at}::bigint[], ${entered}::text[], ${why}::text[]) as line
  on conflict (out_trade_no, seq) do nothing)`

const putRefunds = (values: Lists): RawBuilder<unknown> => sql`refunds as (
  insert into f2f_refunds (out_trade_no, out_request_no, status, refund_amount, requested_at, settled_at)
  select written.out_trade_no, line.* from written cross join
    unnest(${values.refund_no}::text[], ${values.refund_status}::text[], ${values.refund_amount}::bigint[],
      ${values.requested_at}::bigint[], ${values.refunded_at}::bigint[]) as line
  on conflict (out_trade_no, out_request_no) do update set
    status = excluded.status, refund_amount = excluded.refund_amount,
    requested_at = excluded.requested_at, settled_at = excluded.settled_at)`

/** PostgreSQL only: a statement may hold others that write, and they commit together. */
export const oneStatementWriter = (db: Kysely<Tables>, hot: HotStatements): Writer => {
  const compiled = new Map<string, Statement<Values>>()

  const statement = (kind: 'insert' | 'update', hasHistory: boolean, hasRefunds: boolean): Statement<Values> =>
    hot.add([...REPLACEMENT_VALUES, ...LISTS], ({ expected_version, ...values }: Values) => {
      const { seq, at, entered, why, refund_no, refund_status, refund_amount, requested_at, refunded_at, ...row } =
        values
      const put =
        kind === 'insert'
          ? insertPayment(db, row, 'postgres').returning('out_trade_no')
          : updatePayment(db, { ...row, expected_version }).returning('out_trade_no')
      const parts = [
        sql`written as (${put})`,
        ...(hasHistory ? [addHistory(values)] : []),
        ...(hasRefunds ? [putRefunds(values)] : []),
      ]
      return sql`with ${sql.join(parts)} select out_trade_no from written`.compile(db)
    })

  const write = async (kind: 'insert' | 'update', rows: LedgerRows, expected_version: number): Promise<boolean> => {
    const { payment, history, refunds } = rows
    const key = `${kind} ${history.length > 0} ${refunds.length > 0}`
    const known = compiled.get(key) ?? statement(kind, history.length > 0, refunds.length > 0)
    compiled.set(key, known)
    const values: Values = { ...payment, expected_version, ...lists(history, refunds) }
    return (await db.executeQuery(known(values))).rows.length === 1
  }

  return {
    insert: (rows) => write('insert', rows, 0),
    replace: (rows, expectedVersion) => write('update', rows, expectedVersion),
  }
}
