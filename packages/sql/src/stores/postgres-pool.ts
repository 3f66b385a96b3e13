import { createHash } from 'node:crypto'
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { driverCode } from '../failure.ts'
import type { HotStatements } from '../hot-statements.ts'

interface HotQuery {
  readonly name?: string
  readonly text: string
  readonly values: readonly unknown[]
  /** Milliseconds. */
  readonly query_timeout: number
}

/** How the store uses a pool. */
export interface PoolUse {
  readonly hot: HotStatements
  /** Whether hot statements are prepared, once for each connection. */
  readonly prepare: boolean
  /** Milliseconds after which a hot statement is given up, and its connection with it. */
  readonly timeout: number
}

/** What the clients of `pg` have beyond what Kysely needs. */
interface PgClient extends PostgresPoolClient {
  on?(event: 'error', listener: () => void): unknown
  query: PostgresPoolClient['query'] & (<R>(statement: HotQuery) => Promise<PostgresQueryResult<R>>)
}

const names = new Map<string, string>()

/** The same text has the same name on every connection, whoever prepares it. */
const nameOf = (text: string): string => {
  const name = names.get(text) ?? `f2f_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
  names.set(text, name)
  return name
}

/**
 * The server answered, and will again: it is not shutting down (57P…), the connection is not lost (08…), and it has not
 * become the standby of another (25006).
 */
const isAnswer = (error: unknown): boolean => /^(?!57P|08|25006)[0-9A-Z]{5}$/.test(driverCode(error) ?? '')

const adopt = (client: PgClient, { hot, prepare, timeout }: PoolUse): PostgresPoolClient => {
  let broken = false
  // Without a listener a connection that breaks while in use ends the process; the statement under way fails anyway.
  client.on?.('error', () => {
    broken = true
  })
  const query = async <R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> => {
    try {
      if (!hot.has(text)) return await client.query<R>(text, values)
      const name = prepare ? { name: nameOf(text) } : {}
      return await client.query<R>({ ...name, text, values, query_timeout: timeout })
    } catch (error) {
      broken ||= !isAnswer(error)
      throw error
    }
  }
  return {
    query: query as PostgresPoolClient['query'],
    // The pool would hand a broken connection out again until the operating system tells of it.
    release: (destroy = false) => client.release(destroy || broken),
  }
}

/** The pool as the store uses it. A connection that broke, or does not answer, is not used again. */
export const postgresPool = (pool: PostgresPool, use: PoolUse): PostgresPool => {
  const adopted = new WeakMap<PostgresPoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const known = adopted.get(client) ?? adopt(client as PgClient, use)
      adopted.set(client, known)
      return known
    },
  }
}
