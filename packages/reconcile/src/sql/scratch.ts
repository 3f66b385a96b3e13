import { type Kysely, sql } from 'kysely'
import { badBill } from '../bill/failure.ts'
import type { BillEntry } from '../compare/bill-entry.ts'
import { groupKey, KINDS } from '../compare/entry-records.ts'
import type { Tables } from './tables.ts'

/** Which SQL a database speaks. MariaDB speaks `mysql`. */
export type SqlDialect = 'sqlite' | 'postgres' | 'mysql'

/** Order numbers compare byte by byte, as in the tables of `@f2f/sql`. */
const NUMBER = {
  sqlite: sql`varchar(255)`,
  postgres: sql`varchar(255) collate "C"`,
  mysql: sql`varchar(255) character set utf8mb4 collate utf8mb4_bin`,
}

/** Worded so that a lasting table of the same name stays. */
const DROP = {
  sqlite: sql`drop table if exists temp.`,
  postgres: sql`drop table if exists pg_temp.`,
  mysql: sql`drop temporary table if exists `,
}

const TABLE_NAMES = ['f2f_reconcile_bill', 'f2f_reconcile_odd'] as const

/** The temporary tables go with their connection, but a pool keeps its connections. */
export const dropScratch = async (db: Kysely<Tables>, dialect: SqlDialect): Promise<void> => {
  for (const name of TABLE_NAMES) await sql`${DROP[dialect]}${sql.table(name)}`.execute(db)
}

/** Temporary tables, seen only by this connection. */
export const createScratch = async (db: Kysely<Tables>, dialect: SqlDialect): Promise<void> => {
  const number = NUMBER[dialect]
  const text = dialect === 'mysql' ? sql`text character set utf8mb4` : sql`text`
  await dropScratch(db, dialect)
  await sql`create temporary table f2f_reconcile_bill (
    order_key ${number} not null, kind integer not null, trade_no ${number} not null, request_no ${number} not null,
    amount bigint not null, receipt bigint not null, fee bigint not null, expected_fee bigint,
    happened_at bigint not null, store_id ${text} not null, terminal_id ${text} not null, subject ${text} not null,
    business_type ${text} not null, line bigint not null
  )`.execute(db)
  await sql`create temporary table f2f_reconcile_odd (order_key ${number} not null)`.execute(db)
}

/** Alipay's numbers have at most 64 characters. */
const LONGEST = 255

/** Some databases would refuse the row, and all others with it. */
const checkTexts = (entry: BillEntry): void => {
  const { outTradeNo, tradeNo, outRequestNo, storeId, terminalId, subject, businessType, line } = entry
  const numbers = [outTradeNo, tradeNo, outRequestNo]
  if (numbers.some((number) => number.length >= LONGEST)) {
    throw badBill('BILL_FORMAT', 'A number in the bill is longer than any number of Alipay.', { line })
  }
  if ([...numbers, storeId, terminalId, subject, businessType].some((text) => text.includes('\0'))) {
    throw badBill('BILL_FORMAT', 'There is a NUL character in the bill.', { line })
  }
}

/** Rows in one statement: all databases take sixteen thousand values. */
export const ROWS = 1_000

/** Puts rows of the bill into their table. */
export const loadBill = async (db: Kysely<Tables>, entries: readonly BillEntry[]): Promise<void> => {
  entries.forEach(checkTexts)
  for (let at = 0; at < entries.length; at += ROWS) {
    const rows = entries.slice(at, at + ROWS).map((entry) => ({
      order_key: groupKey(entry),
      kind: KINDS.indexOf(entry.kind),
      trade_no: entry.tradeNo,
      request_no: entry.outRequestNo,
      amount: entry.amount,
      receipt: entry.receiptAmount,
      fee: entry.fee,
      expected_fee: entry.expectedFee ?? null,
      happened_at: entry.at,
      store_id: entry.storeId,
      terminal_id: entry.terminalId,
      subject: entry.subject,
      business_type: entry.businessType,
      line: entry.line,
    }))
    await db.insertInto('f2f_reconcile_bill').values(rows).execute()
  }
}

/** Indices, once all rows are there. */
export const finishBill = async (db: Kysely<Tables>, dialect: SqlDialect): Promise<void> => {
  await sql`create index f2f_reconcile_bill_key on f2f_reconcile_bill (order_key)`.execute(db)
  await sql`create index f2f_reconcile_odd_key on f2f_reconcile_odd (order_key)`.execute(db)
  await planAnew(db, dialect, 'f2f_reconcile_bill')
}

/** What PostgreSQL's planner wants to know of a table that nobody analyses for it. */
export const planAnew = async (
  db: Kysely<Tables>,
  dialect: SqlDialect,
  table: (typeof TABLE_NAMES)[number],
): Promise<void> => {
  if (dialect === 'postgres') await sql`analyze ${sql.table(table)}`.execute(db)
}
