import type { CompiledQuery, Kysely } from 'kysely'
import type { DialectName } from '../dialect.ts'
import { driverCode } from '../failure.ts'
import type { HotStatements } from '../hot-statements.ts'
import type { LedgerRows } from '../rows/ledger-rows.ts'
import type { Tables } from '../schema/tables.ts'
import { writeStatements } from '../statements.ts'
import type { Atomically } from './transaction.ts'
import type { Writer } from './writer.ts'

const wrote = async (db: Kysely<Tables>, statement: CompiledQuery): Promise<boolean> => {
  try {
    return (await db.executeQuery(statement)).numAffectedRows === 1n
  } catch (error) {
    // So MySQL says that a number is taken; the transaction goes on.
    if (driverCode(error) === 'ER_DUP_ENTRY') return false
    throw error
  }
}

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
