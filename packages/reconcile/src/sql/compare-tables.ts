import { type Kysely, type RawBuilder, sql } from 'kysely'
import { ALIPAY_SLACK } from '../books/payment-entries.ts'
import type { Period } from '../period.ts'
import type { Tables, Whole } from './tables.ts'

/** What decides which of our rows belong to a bill. */
export interface Scope {
  readonly period: Period
  readonly merchantId: string | undefined
  readonly slack: number
  readonly lookBack: number
}

/** Pairs that agree, of one kind. */
export interface MatchedPairs {
  readonly kind: 'payment' | 'refund'
  readonly count: number
  readonly amount: number
}

const ofMerchant = ({ merchantId }: Scope): RawBuilder<unknown> =>
  merchantId === undefined ? sql`1 = 1` : sql`p.merchant_id = ${merchantId}`

const sameTrade = sql`(p.trade_no is null or f2f_reconcile_bill.trade_no = ''
  or p.trade_no = f2f_reconcile_bill.trade_no)`

/**
 * Marks the rows whose partner in our books agrees in everything and without doubt belongs to the period: nearly all.
 * What is not marked is compared as everywhere else, so a condition too many here costs time, never truth.
 */
const markPlain = async (db: Kysely<Tables>, scope: Scope): Promise<void> => {
  const { from, to } = scope.period
  await sql`update f2f_reconcile_bill set plain = 1 where kind = 0 and expected_fee is null and exists (
    select 1 from f2f_payments p where p.out_trade_no = f2f_reconcile_bill.order_key
      and p.status = 'paid' and p.total_amount = f2f_reconcile_bill.amount
      and (p.receipt_amount is null or p.receipt_amount = f2f_reconcile_bill.receipt)
      and ${sameTrade} and ${ofMerchant(scope)}
      and p.paid_at >= ${from + ALIPAY_SLACK} and p.paid_at < ${to - ALIPAY_SLACK})`.execute(db)
  await sql`update f2f_reconcile_bill set plain = 1 where kind = 1 and request_no <> '' and expected_fee is null
    and exists (
      select 1 from f2f_refunds r join f2f_payments p on p.out_trade_no = r.out_trade_no
      where r.out_trade_no = f2f_reconcile_bill.order_key and r.out_request_no = f2f_reconcile_bill.request_no
        and r.status = 'succeeded' and r.refund_amount = f2f_reconcile_bill.amount
        and ${sameTrade} and ${ofMerchant(scope)}
        and r.requested_at >= ${from + scope.slack} and r.settled_at < ${to - scope.slack})`.execute(db)
}

/** Order numbers with a row that is not plain, or with the same payment or refund twice. */
const noteOddBillRows = async (db: Kysely<Tables>): Promise<void> => {
  await sql`insert into f2f_reconcile_odd select order_key from f2f_reconcile_bill where plain = 0`.execute(db)
  await sql`insert into f2f_reconcile_odd select order_key from f2f_reconcile_bill
    group by order_key, kind, request_no having count(*) > 1`.execute(db)
}

/** Order numbers of payments of ours that may belong to the period and have no row. */
const noteMissingPayments = async (db: Kysely<Tables>, scope: Scope): Promise<void> => {
  const { period, slack, lookBack } = scope
  const { from, to } = period
  await sql`insert into f2f_reconcile_odd select p.out_trade_no from f2f_payments p
    where p.created_at >= ${from - lookBack} and p.created_at < ${to + slack} and ${ofMerchant(scope)}
      and ((p.paid_at >= ${from - ALIPAY_SLACK} and p.paid_at < ${to + ALIPAY_SLACK})
        or (p.paid_at is null and (p.settled_at is null or p.settled_at >= ${from - slack})))
      and not exists (select 1 from f2f_reconcile_bill b where b.order_key = p.out_trade_no and b.kind = 0)`.execute(db)
  await sql`insert into f2f_reconcile_odd select p.out_trade_no from f2f_payments p
    where p.created_at >= ${from - lookBack} and p.created_at < ${to + slack} and ${ofMerchant(scope)}
      and p.status = 'reversed' and p.settled_at >= ${from - slack}`.execute(db)
}

/** Order numbers of refunds of ours that may belong to the period and have no row. */
const noteMissingRefunds = async (db: Kysely<Tables>, scope: Scope): Promise<void> => {
  const { period, slack, lookBack } = scope
  const { from, to } = period
  const missing = sql`not exists (select 1 from f2f_reconcile_bill b
    where b.order_key = r.out_trade_no and b.kind = 1 and b.request_no = r.out_request_no)`
  const ours = sql`select r.out_trade_no from f2f_refunds r join f2f_payments p on p.out_trade_no = r.out_trade_no
    where r.requested_at < ${to + slack} and ${ofMerchant(scope)} and ${missing}`
  await sql`insert into f2f_reconcile_odd ${ours} and r.settled_at >= ${from - slack}`.execute(db)
  await sql`insert into f2f_reconcile_odd ${ours} and r.settled_at is null
    and r.requested_at >= ${from - lookBack} and p.created_at >= ${from - lookBack}`.execute(db)
}

const KIND = { 0: 'payment', 1: 'refund' } as const

const matchedPairs = async (db: Kysely<Tables>): Promise<readonly MatchedPairs[]> => {
  const { rows } = await sql<{ readonly kind: 0 | 1; readonly pairs: Whole; readonly amount: Whole }>`
    select b.kind as kind, count(*) as pairs, sum(b.amount) as amount from f2f_reconcile_bill b
    where not exists (select 1 from f2f_reconcile_odd o where o.order_key = b.order_key) group by b.kind`.execute(db)
  return rows.map(({ kind, pairs, amount }) => ({ kind: KIND[kind], count: Number(pairs), amount: Number(amount) }))
}

/**
 * Lets the database find what agrees, and note the order numbers of everything else.
 *
 * @param also - order numbers that must be looked at in any case
 */
export const compareTables = async (
  db: Kysely<Tables>,
  scope: Scope,
  also: readonly string[],
): Promise<readonly MatchedPairs[]> => {
  await markPlain(db, scope)
  await noteOddBillRows(db)
  await noteMissingPayments(db, scope)
  await noteMissingRefunds(db, scope)
  for (const order_key of also) await db.insertInto('f2f_reconcile_odd').values({ order_key }).execute()
  return matchedPairs(db)
}
