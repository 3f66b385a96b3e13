import type { Kysely } from 'kysely'
import type { DialectName } from '../../dialect.ts'
import type { Tables } from '../tables.ts'
import { createTables } from './0001-tables.ts'
import { createTerminalTables } from './0002-terminals.ts'
import { createMerchantTables } from './0003-merchants.ts'

/** One step of the schema. Never changed once published: a later step changes what it made. */
export type MigrationStep = (db: Kysely<Tables>, dialect: DialectName) => Promise<void>

/** Every step, by name; the names sort in the order of the steps. A change of what `nested` holds is a step too. */
export const MIGRATIONS: Readonly<Record<string, MigrationStep>> = {
  '0001-tables': createTables,
  '0002-terminals': createTerminalTables,
  '0003-merchants': createMerchantTables,
}
