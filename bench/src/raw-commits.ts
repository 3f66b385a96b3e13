import Database from 'better-sqlite3'
import pg from 'pg'

/** Writes one payment as two commits, as the cashier does: journalled, then settled. Nothing else. */
export interface RawCommits {
  readonly pay: (outTradeNo: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** About what a payment's row holds. */
const ROW = JSON.stringify({ subject: 'Coffee', history: 'x'.repeat(600) })

const TABLE = 'create table payments (out_trade_no text primary key, version integer not null, row text not null)'
const INSERT = 'insert into payments values ($1, 1, $2)'
const UPDATE = 'update payments set version = 2, row = $2 where out_trade_no = $1 and version = 1'

export const rawSqlite = (path: string): RawCommits => {
  const db = new Database(path)
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = full')
  db.exec(TABLE)
  const insert = db.prepare('insert into payments values (?, 1, ?)')
  const update = db.prepare('update payments set version = 2, row = ? where out_trade_no = ? and version = 1')
  return {
    pay: async (outTradeNo) => {
      insert.run(outTradeNo, ROW)
      update.run(ROW, outTradeNo)
    },
    close: async () => void db.close(),
  }
}

export const rawPostgres = async (url: string, connections: number): Promise<RawCommits> => {
  const pool = new pg.Pool({ connectionString: url, max: connections })
  // `end()` may resolve before the server has closed a connection, and the database is dropped next.
  pool.on('error', () => undefined)
  await pool.query(TABLE)
  return {
    pay: async (outTradeNo) => {
      await pool.query({ name: 'insert', text: INSERT, values: [outTradeNo, ROW] })
      await pool.query({ name: 'update', text: UPDATE, values: [outTradeNo, ROW] })
    },
    close: () => pool.end(),
  }
}
