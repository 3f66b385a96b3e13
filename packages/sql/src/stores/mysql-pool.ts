import type { MysqlPool, MysqlPoolConnection, MysqlQueryResult } from 'kysely'
import { driverCode } from '../failure.ts'
import type { HotStatements } from '../hot-statements.ts'

type Callback = (error: unknown, result: MysqlQueryResult) => void

/** What the connections of `mysql2` have beyond what Kysely needs. */
interface Mysql2Connection extends MysqlPoolConnection {
  query: MysqlPoolConnection['query'] &
    ((
      statement: { sql: string; timeout: number },
      values: unknown,
      callback?: Callback,
    ) => ReturnType<MysqlPoolConnection['query']>)
}

/** No further use: no answer came, so what is said next would wait behind it; or it leads to what is a replica now. */
const USELESS = new Set([
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  'ER_READ_ONLY_MODE',
])

const adopt = (connection: Mysql2Connection, hot: HotStatements, timeout: number): MysqlPoolConnection => {
  return {
    config: connection.config,
    threadId: connection.threadId,
    connect: (callback) => connection.connect(callback),
    destroy: () => connection.destroy(),
    query(sql, values, callback) {
      if (!hot.has(sql)) return connection.query(sql, values, callback)
      return connection.query({ sql, timeout }, values, (error, result) => {
        if (USELESS.has(driverCode(error) ?? '')) connection.destroy()
        callback?.(error, result)
      })
    },
    release: () => connection.release(),
  }
}

/**
 * The pool as the store uses it: hot statements are given up after `timeout`, and their connection with them.
 *
 * @param timeout - milliseconds
 */
export const mysqlPool = (pool: MysqlPool, hot: HotStatements, timeout: number): MysqlPool => {
  const adopted = new WeakMap<MysqlPoolConnection, MysqlPoolConnection>()
  return {
    end: (callback) => pool.end(callback),
    getConnection(callback) {
      pool.getConnection((error, connection) => {
        // Without a connection there is an error.
        if (error != null || connection === undefined) return callback(error, connection)
        const known = adopted.get(connection) ?? adopt(connection as Mysql2Connection, hot, timeout)
        adopted.set(connection, known)
        callback(error, known)
      })
    },
  }
}
