import type { Kysely } from 'kysely'
import type { DialectName } from '../../dialect.ts'
import type { Tables } from '../tables.ts'
import { createWithIndices, exactText } from './columns.ts'

const invitations = (db: Kysely<Tables>, dialect: DialectName) =>
  db.schema
    .createTable('f2f_invitations')
    .ifNotExists()
    .addColumn('id', exactText(dialect), (column) => column.notNull().primaryKey())
    .addColumn('terminal_id', exactText(dialect), (column) => column.notNull())
    .addColumn('code_hash', 'text', (column) => column.notNull())
    .addColumn('grant_json', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())

const terminals = (db: Kysely<Tables>, dialect: DialectName) =>
  db.schema
    .createTable('f2f_terminals')
    .ifNotExists()
    .addColumn('terminal_id', exactText(dialect), (column) => column.notNull().primaryKey())
    .addColumn('grant_json', 'text', (column) => column.notNull())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('enrolled_at', 'bigint', (column) => column.notNull())

const revokedTerminals = (db: Kysely<Tables>, dialect: DialectName) =>
  db.schema
    .createTable('f2f_revoked_terminals')
    .ifNotExists()
    .addColumn('terminal_id', exactText(dialect), (column) => column.notNull().primaryKey())
    .addColumn('issued_before', 'bigint', (column) => column.notNull())

const revokedTokens = (db: Kysely<Tables>, dialect: DialectName) =>
  db.schema
    .createTable('f2f_revoked_tokens')
    .ifNotExists()
    .addColumn('token_hash', exactText(dialect), (column) => column.notNull().primaryKey())
    .addColumn('forget_at', 'bigint', (column) => column.notNull())

const claims = (db: Kysely<Tables>, dialect: DialectName) =>
  db.schema
    .createTable('f2f_claims')
    .ifNotExists()
    .addColumn('key_hash', exactText(dialect), (column) => column.notNull().primaryKey())
    .addColumn('claimed_for', 'text', (column) => column.notNull())
    .addColumn('forget_at', 'bigint', (column) => column.notNull())

export const createTerminalTables = async (db: Kysely<Tables>, dialect: DialectName): Promise<void> => {
  await createWithIndices(db, dialect, 'f2f_invitations', invitations(db, dialect), [
    { name: 'f2f_invitations_terminal', columns: ['terminal_id'] },
    { name: 'f2f_invitations_expires', columns: ['expires_at'] },
  ])
  await createWithIndices(db, dialect, 'f2f_terminals', terminals(db, dialect), [])
  await createWithIndices(db, dialect, 'f2f_revoked_terminals', revokedTerminals(db, dialect), [])
  await createWithIndices(db, dialect, 'f2f_revoked_tokens', revokedTokens(db, dialect), [
    { name: 'f2f_revoked_tokens_forget', columns: ['forget_at'] },
  ])
  await createWithIndices(db, dialect, 'f2f_claims', claims(db, dialect), [
    { name: 'f2f_claims_forget', columns: ['forget_at'] },
  ])
}
