export type { DialectName } from './dialect.ts'
export type { EncryptionKey } from './merchants/seal.ts'
export type { BookedRefund, RefundFilter } from './read/list-refunds.ts'
export type { SqlMerchantsOptions, SqlStore, SqlTerminalsOptions } from './sql-store.ts'
export { type KyselyStoreOptions, kyselyStore } from './stores/kysely-store.ts'
export { type MysqlStoreOptions, mysqlStore } from './stores/mysql-store.ts'
export { type PostgresStoreOptions, postgresStore } from './stores/postgres-store.ts'
export { type SqliteStoreOptions, sqliteStore } from './stores/sqlite-store.ts'
export type {
  SqlEnrolmentStore,
  SqlReplayGuard,
  SqlRevocationList,
  SqlTerminals,
  StoredGrant,
  StoredInvitation,
  StoredKey,
  StoredTerminal,
} from './terminals/types.ts'
