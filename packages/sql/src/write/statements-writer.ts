import type { CompiledQuery, Kysely } from 'kysely'
import type { DialectName } from '../dialect.ts'
import type { HotStatements } from '../hot-statements.ts'
import type { LedgerRows } from '../rows/ledger-rows.ts'
import type { Tables } from '../schema/tables.ts'
import { wrote } from '../session.ts'
import { writeStatements } from '../statements.ts'
import type { Atomically } from './transaction.ts'
import type { Writer } from './writer.ts'

/** One statement for each row, all in one transaction. */
export const statementsWriter = (
  db: Kysely<Tables>,
  dialect: DialectName,
  hot: HotStatements,
  atomically: Atomically,
): Writer => {
  const { insertPayment, updatePayment, addHistory, putRefund } = writeStatements(db, dialect, hot)
  const write = (statement: CompiledQuery, { history, refunds }: LedgerRows): Promise<boolean> =>
    atomically(async (connection) => {
      if (!(await wrote(connection, statement))) return false
      for (const row of history) await connection.executeQuery(addHistory(row))
      for (const row of refunds) await connection.executeQuery(putRefund(row))
      return true
    })
  return {
    insert: (rows) => write(insertPayment(rows.payment), rows),
    replace: (rows, expected_version) => write(updatePayment({ ...rows.payment, expected_version }), rows),
  }
}
