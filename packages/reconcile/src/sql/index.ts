export { type ReconcileInDatabaseOptions, reconcileInDatabase } from './reconcile-in-database.ts'
export type { SqlDialect } from './scratch.ts'
