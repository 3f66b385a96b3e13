import { type Kysely, type RawBuilder, sql } from 'kysely'
import { ALIPAY_SLACK } from '../books/payment-entries.ts'
import type { Period } from '../period.ts'
import { planAnew, ROWS, type SqlDialect } from './scratch.ts'
import type { Tables, Whole } from './tables.ts'

/** What decides which of our rows belong to a bill. */
export interface Scope {
  readonly period: Period
  readonly merchantId: string | undefined
  readonly slack: number
  readonly lookBack: number
  readonly signal: AbortSignal | undefined
}

/** Pairs that agree, of one kind. */
export interface MatchedPairs {
  readonly kind: 'payment' | 'refund'
  readonly count: number
  readonly amount: number
}

const ofMerchant = ({ merchantId }: Scope): RawBuilder<unknown> =>
  merchantId === undefined ? sql`1 = 1` : sql`p.merchant_id = ${merchantId}`

const sameTrade = sql`(p.trade_no is null or b.trade_no = '' or p.trade_no = b.trade_no)`

/** Notes order numbers. What is noted without need costs time, never truth. */
type Note = (orderKeys: RawBuilder<unknown>) => Promise<void>

const noter =
  (db: Kysely<Tables>, dialect: SqlDialect, signal: AbortSignal | undefined): Note =>
  async (orderKeys) => {
    signal?.throwIfAborted()
    // For this statement only. Else InnoDB would lock every row it reads, and tills would wait.
    if (dialect === 'mysql') await sql`set transaction isolation level read committed`.execute(db)
    await sql`insert into f2f_reconcile_odd ${orderKeys}`.execute(db)
  }

/**
 * Notes every bill row but those whose partner in our books agrees in everything and without doubt belongs to the
 * period: nearly all.
 */
const noteOddRows = async (note: Note, scope: Scope): Promise<void> => {
  const { period, slack, lookBack } = scope
  const { from, to } = period
  await note(sql`select b.order_key from f2f_reconcile_bill b
    where b.expected_fee is not null or b.kind = 2 or (b.kind = 1 and b.request_no = '')`)
  await note(sql`select b.order_key from f2f_reconcile_bill b where b.kind = 0 and not exists (
    select 1 from f2f_payments p where p.out_trade_no = b.order_key
      and p.status = 'paid' and p.total_amount = b.amount
      and (p.receipt_amount is null or p.receipt_amount = b.receipt)
      and ${sameTrade} and ${ofMerchant(scope)} and p.created_at >= ${from - lookBack}
      and p.paid_at >= ${from + ALIPAY_SLACK} and p.paid_at < ${to - ALIPAY_SLACK})`)
  await note(sql`select b.order_key from f2f_reconcile_bill b where b.kind = 1 and not exists (
    select 1 from f2f_refunds r join f2f_payments p on p.out_trade_no = r.out_trade_no
    where r.out_trade_no = b.order_key and r.out_request_no = b.request_no
      and r.status = 'succeeded' and r.refund_amount = b.amount
      and ${sameTrade} and ${ofMerchant(scope)}
      and r.requested_at >= ${from + slack} and r.settled_at < ${to - slack})`)
}

/** Notes what the bill has twice. */
const noteRepeats = (note: Note): Promise<void> =>
  note(sql`select b.order_key from f2f_reconcile_bill b group by b.order_key, b.kind, b.request_no having count(*) > 1`)

/** Notes payments of ours that may belong to the period and have no row. */
const noteMissingPayments = async (note: Note, scope: Scope): Promise<void> => {
  const { period, slack, lookBack } = scope
  const { from, to } = period
  const ours = sql`select p.out_trade_no from f2f_payments p
    where p.created_at >= ${from - lookBack} and p.created_at < ${to + slack} and ${ofMerchant(scope)}`
  await note(sql`${ours}
    and ((p.paid_at >= ${from - ALIPAY_SLACK} and p.paid_at < ${to + ALIPAY_SLACK})
      or (p.paid_at is null and (p.settled_at is null or p.settled_at >= ${from - slack})))
    and not exists (select 1 from f2f_reconcile_bill b where b.order_key = p.out_trade_no and b.kind = 0)`)
  // What a cancel gave back has no number of ours to look for.
  await note(sql`${ours} and p.status = 'reversed' and p.settled_at >= ${from - slack}`)
}

/** Notes refunds of ours that may belong to the period and have no row. */
const noteMissingRefunds = async (note: Note, scope: Scope): Promise<void> => {
  const { period, slack, lookBack } = scope
  const { from, to } = period
  const ours = sql`select r.out_trade_no from f2f_refunds r join f2f_payments p on p.out_trade_no = r.out_trade_no
    where r.requested_at < ${to + slack} and ${ofMerchant(scope)} and not exists (
      select 1 from f2f_reconcile_bill b
      where b.order_key = r.out_trade_no and b.kind = 1 and b.request_no = r.out_request_no)`
  await note(sql`${ours} and r.settled_at >= ${from - slack}`)
  await note(sql`${ours} and r.settled_at is null
    and r.requested_at >= ${from - lookBack} and p.created_at >= ${from - lookBack}`)
}

const KIND = { 0: 'payment', 1: 'refund' } as const

const matchedPairs = async (db: Kysely<Tables>): Promise<readonly MatchedPairs[]> => {
  const { rows } = await sql<{ readonly kind: 0 | 1; readonly pairs: Whole; readonly amount: Whole }>`
    select b.kind as kind, count(*) as pairs, sum(b.amount) as amount from f2f_reconcile_bill b
    where not exists (select 1 from f2f_reconcile_odd o where o.order_key = b.order_key) group by b.kind`.execute(db)
  return rows.map(({ kind, pairs, amount }) => ({ kind: KIND[kind], count: Number(pairs), amount: Number(amount) }))
}

const noteKeys = async (db: Kysely<Tables>, keys: readonly string[]): Promise<void> => {
  for (let at = 0; at < keys.length; at += ROWS) {
    const rows = keys.slice(at, at + ROWS).map((order_key) => ({ order_key }))
    await db.insertInto('f2f_reconcile_odd').values(rows).execute()
  }
}

/**
 * Lets the database find what agrees; the order numbers of everything else are noted.
 *
 * @param also - order numbers that must be looked at in any case
 */
export const compareTables = async (
  db: Kysely<Tables>,
  dialect: SqlDialect,
  scope: Scope,
  also: readonly string[],
): Promise<readonly MatchedPairs[]> => {
  const note = noter(db, dialect, scope.signal)
  await noteOddRows(note, scope)
  await noteRepeats(note)
  await noteMissingPayments(note, scope)
  await noteMissingRefunds(note, scope)
  await noteKeys(db, also)
  await planAnew(db, dialect, 'f2f_reconcile_odd')
  return matchedPairs(db)
}
