import type { Kysely } from 'kysely'
import type { Tables } from '../schema/tables.ts'
import { readTerminal } from './rows.ts'
import type { StoredTerminal } from './types.ts'

/** Every enrolled till, in the order of their terminal ids. */
export const listTerminals = async (db: Kysely<Tables>): Promise<readonly StoredTerminal[]> =>
  (await db.selectFrom('f2f_terminals').selectAll().orderBy('terminal_id').execute()).map(readTerminal)
