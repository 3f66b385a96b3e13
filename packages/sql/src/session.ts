import type { CompiledQuery, InsertQueryBuilder, Kysely } from 'kysely'
import type { DialectName } from './dialect.ts'
import { driverCode } from './failure.ts'
import type { HotStatements } from './hot-statements.ts'
import type { Tables } from './schema/tables.ts'
import type { Atomically } from './write/transaction.ts'

/** What everything in the database is read and written with. */
export interface Session {
  readonly db: Kysely<Tables>
  readonly dialect: DialectName
  readonly hot: HotStatements
  readonly atomically: Atomically
  /** Does work on tables that are up to date, again after contention, with the store's errors. */
  readonly using: <T>(doing: string, work: () => Promise<T>) => Promise<T>
}

/** The insert as a statement that leaves a row with the same key as it is; MySQL's fails, as {@link wrote} expects. */
export const unlessTaken = <T extends keyof Tables, O>(
  query: InsertQueryBuilder<Tables, T, O>,
  dialect: DialectName,
): CompiledQuery => (dialect === 'mysql' ? query : query.onConflict((on) => on.doNothing())).compile()

/** Runs a statement that writes at most one row; says whether it did. A number that is taken is no failure. */
export const wrote = async (db: Kysely<Tables>, statement: CompiledQuery): Promise<boolean> => {
  try {
    return (await db.executeQuery(statement)).numAffectedRows === 1n
  } catch (error) {
    // So MySQL says that a number is taken; the transaction goes on.
    if (driverCode(error) === 'ER_DUP_ENTRY') return false
    throw error
  }
}
