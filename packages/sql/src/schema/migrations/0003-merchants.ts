import type { Kysely } from 'kysely'
import type { DialectName } from '../../dialect.ts'
import type { Tables } from '../tables.ts'
import { createWithIndices, exactText } from './columns.ts'

const merchants = (db: Kysely<Tables>, dialect: DialectName) =>
  db.schema
    .createTable('f2f_merchants')
    .ifNotExists()
    .addColumn('merchant_id', exactText(dialect), (column) => column.notNull().primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('tokens', 'text', (column) => column.notNull())
    .addColumn('seller_id', 'text', (column) => column.notNull())
    .addColumn('auth_app_id', 'text')
    .addColumn('authorised_at', 'bigint', (column) => column.notNull())
    .addColumn('refresh_before', 'bigint')

const authorisations = (db: Kysely<Tables>, dialect: DialectName) =>
  db.schema
    .createTable('f2f_authorisations')
    .ifNotExists()
    .addColumn('state_hash', exactText(dialect), (column) => column.notNull().primaryKey())
    .addColumn('merchant_id', exactText(dialect), (column) => column.notNull())
    .addColumn('opened_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())

export const createMerchantTables = async (db: Kysely<Tables>, dialect: DialectName): Promise<void> => {
  await createWithIndices(db, dialect, 'f2f_merchants', merchants(db, dialect), [])
  await createWithIndices(db, dialect, 'f2f_authorisations', authorisations(db, dialect), [
    { name: 'f2f_authorisations_expires', columns: ['expires_at'] },
  ])
}
