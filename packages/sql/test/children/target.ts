import { mysqlStore, postgresStore, type SqlStore, sqliteStore } from '../../src/index.ts'

/** A database as it is named to another process. */
export type Target = { readonly sqlite: string } | { readonly postgres: string } | { readonly mysql: string }

export const openTarget = (target: Target): SqlStore => {
  if ('sqlite' in target) return sqliteStore(target.sqlite)
  if ('postgres' in target) return postgresStore({ url: target.postgres })
  return mysqlStore({ url: target.mysql })
}
