import type { Kysely } from 'kysely'
import type { DialectName } from '../dialect.ts'
import { HotStatements } from '../hot-statements.ts'
import type { Tables } from '../schema/tables.ts'
import { createSqlStore, type SqlStore } from '../sql-store.ts'

export interface KyselyStoreOptions {
  /** Creates the tables or brings them up to date when first used. Default false: call `migrate()`. */
  readonly migrate?: boolean | undefined
}

/**
 * Payments beside your own tables, through your own Kysely instance. Its plugins do not apply to them. The instance
 * stays yours: `close()` does not destroy it.
 *
 * @param dialect - what the database speaks; `mysql` for MariaDB too
 */
export const kyselyStore = <Db>(db: Kysely<Db>, dialect: DialectName, options: KyselyStoreOptions = {}): SqlStore =>
  createSqlStore({
    db: db.withoutPlugins() as unknown as Kysely<Tables>,
    dialect,
    migrate: options.migrate ?? false,
    release: async () => undefined,
    hot: new HotStatements(),
    busyTries: 1,
  })
