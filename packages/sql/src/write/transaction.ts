import { CompiledQuery, type Kysely } from 'kysely'
import type { DialectName } from '../dialect.ts'
import type { Tables } from '../schema/tables.ts'

/** Runs statements so that all of them are committed, or none. */
export type Atomically = <T>(work: (db: Kysely<Tables>) => Promise<T>) => Promise<T>

type Words = readonly [begin: string, commit: string, rollback: string]

/** SQLite takes its write lock at once: it can be waited for then, and later it cannot. */
export const TRANSACTION_WORDS: Readonly<Record<DialectName, Words>> = {
  sqlite: ['begin immediate', 'commit', 'rollback'],
  postgres: ['begin', 'commit', 'rollback'],
  mysql: ['begin', 'commit', 'rollback'],
}

/** Each work in a transaction of its own. What it or the commit throws is thrown, not what a rollback says after it. */
export const inTransactions =
  (db: Kysely<Tables>, dialect: DialectName): Atomically =>
  (work) =>
    db.connection().execute(async (connection) => {
      const say = (word: string) => connection.executeQuery(CompiledQuery.raw(word))
      const [begin, commit, rollback] = TRANSACTION_WORDS[dialect]
      await say(begin)
      try {
        const result = await work(connection)
        await say(commit)
        return result
      } catch (error) {
        await say(rollback).catch(() => undefined)
        throw error
      }
    })
