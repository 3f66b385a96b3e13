import { findPostgres, findRedis } from '@f2f/test-services'
import pg from 'pg'

/** Databases that blocks need, as this machine has them. */
export interface Services {
  /** Why a block cannot run here; undefined when it can. */
  missing(needs: string): string | undefined
  /** Addresses for one page, by scheme. */
  forPage(index: number, needs: readonly string[]): Promise<Readonly<Record<string, string>>>
  stop(): Promise<void>
}

const execute = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}

/** Each page gets a PostgreSQL database of its own, and one of Redis's numbered ones. */
export const findServices = async (needs: readonly string[]): Promise<Services> => {
  const postgres = needs.includes('postgres') ? await findPostgres() : undefined
  const redis = needs.includes('redis') ? await findRedis() : undefined
  const databases: string[] = []
  return {
    missing: (need) => (need.includes('redis') && redis === undefined ? 'no Redis on this machine' : undefined),
    async forPage(index, wanted) {
      const found: Record<string, string> = {}
      if (redis !== undefined && wanted.includes('redis')) found.redis = new URL(`/${1 + (index % 15)}`, redis.url).href
      if (postgres !== undefined && wanted.includes('postgres')) {
        const name = `f2f_docs_${process.pid}_${index}`
        await execute(postgres.url, `create database ${name}`)
        databases.push(name)
        found.postgres = new URL(`/${name}`, postgres.url).href
      }
      return found
    },
    async stop() {
      for (const name of databases) await execute(postgres?.url ?? '', `drop database ${name} with (force)`)
      await postgres?.stop()
      await redis?.stop()
    },
  }
}
