import type { Kysely } from 'kysely'
import type { DialectName } from '../dialect.ts'
import type { HotStatements } from '../hot-statements.ts'
import type { LedgerRows } from '../rows/ledger-rows.ts'
import type { Tables } from '../schema/tables.ts'
import { groupCommit } from './group-commit.ts'
import { oneStatementWriter } from './one-statement-writer.ts'
import { statementsWriter } from './statements-writer.ts'
import { inTransactions } from './transaction.ts'

/** Writes a payment with its history and refunds: all or nothing, durable when it resolves. */
export interface Writer {
  /** Resolves with whether the number was free. */
  insert(rows: LedgerRows): Promise<boolean>
  /** Resolves with whether the stored version was the expected one. */
  replace(rows: LedgerRows, expectedVersion: number): Promise<boolean>
}

/**
 * How each database commits soonest. PostgreSQL does it all in one statement, one round trip. SQLite commits whatever
 * has come together in one turn of the event loop. MySQL needs a transaction for each.
 */
export const writerFor = (db: Kysely<Tables>, dialect: DialectName, hot: HotStatements): Writer => {
  if (dialect === 'postgres') return oneStatementWriter(db, hot)
  const atomically = inTransactions(db, dialect)
  return statementsWriter(db, dialect, hot, dialect === 'sqlite' ? groupCommit(atomically) : atomically)
}
