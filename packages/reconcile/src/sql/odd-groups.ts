import type { Kysely, Selectable } from 'kysely'
import type { OurEntry } from '../books/our-entry.ts'
import { type BookedPayment, type BookedRefund, entriesOf, entriesWithin } from '../books/payment-entries.ts'
import { bringsUp } from '../books/store-books.ts'
import type { BillEntry } from '../compare/bill-entry.ts'
import { type Group, KINDS, orderNumber } from '../compare/entry-records.ts'
import type { Scope } from './compare-tables.ts'
import type { BillTable, Tables, Whole } from './tables.ts'

/** Order numbers held in memory at a time. */
const PAGE = 500

const whole = (value: Whole | null): number | undefined => (value === null ? undefined : Number(value))

const billEntryOf = (row: Selectable<BillTable>): BillEntry => ({
  kind: KINDS[row.kind] ?? 'other',
  tradeNo: row.trade_no,
  outTradeNo: orderNumber(row.order_key),
  outRequestNo: row.request_no,
  amount: Number(row.amount),
  receiptAmount: Number(row.receipt),
  fee: Number(row.fee),
  expectedFee: whole(row.expected_fee),
  at: Number(row.happened_at),
  storeId: row.store_id,
  terminalId: row.terminal_id,
  subject: row.subject,
  businessType: row.business_type,
  line: Number(row.line),
})

const byKey = <T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

const readRefunds = async (
  db: Kysely<Tables>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, readonly BookedRefund[]>> => {
  const rows = await db.selectFrom('f2f_refunds').selectAll().where('out_trade_no', 'in', keys).execute()
  const groups = byKey(rows, ({ out_trade_no }) => out_trade_no)
  return new Map(
    [...groups].map(([key, refunds]) => [
      key,
      refunds.map((row) => ({
        outRequestNo: row.out_request_no,
        status: row.status,
        amount: Number(row.refund_amount),
        requestedAt: Number(row.requested_at),
        settledAt: whole(row.settled_at),
      })),
    ]),
  )
}

const readPayments = async (
  db: Kysely<Tables>,
  keys: readonly string[],
  { merchantId }: Scope,
): Promise<ReadonlyMap<string, BookedPayment>> => {
  const all = db
    .selectFrom('f2f_payments')
    .select(['out_trade_no', 'status', 'total_amount', 'receipt_amount', 'trade_no', 'created_at', 'paid_at'])
    .select('settled_at')
    .where('out_trade_no', 'in', keys)
  const rows = await (merchantId === undefined ? all : all.where('merchant_id', '=', merchantId)).execute()
  const refunds = await readRefunds(db, keys)
  return new Map(
    rows.map((row) => [
      row.out_trade_no,
      {
        outTradeNo: row.out_trade_no,
        status: row.status,
        amount: Number(row.total_amount),
        receiptAmount: whole(row.receipt_amount),
        tradeNo: row.trade_no ?? undefined,
        createdAt: Number(row.created_at),
        paidAt: whole(row.paid_at),
        settledAt: whole(row.settled_at),
        refunds: refunds.get(row.out_trade_no) ?? [],
      },
    ]),
  )
}

/** Some groups, and everything our books have under their numbers. */
export interface OddPage {
  readonly groups: readonly Group[]
  readonly lookUp: (outTradeNo: string) => Promise<readonly OurEntry[]>
}

const nextKeys = async (db: Kysely<Tables>, after: string | undefined): Promise<readonly string[]> => {
  const all = db.selectFrom('f2f_reconcile_odd').select('order_key').distinct().orderBy('order_key').limit(PAGE)
  // The first key may be a single blank, which for some databases is not more than nothing.
  const rows = await (after === undefined ? all : all.where('order_key', '>', after)).execute()
  return rows.map(({ order_key }) => order_key)
}

/** Whether a store's lists would have it without a bill row that asks for it. */
const isListed = ({ createdAt, refunds }: BookedPayment, { period, slack, lookBack }: Scope): boolean =>
  createdAt < period.from - lookBack
    ? refunds.some((refund) => bringsUp(refund, slack, period))
    : createdAt < period.to + slack

/**
 * What the database could not settle, a page at a time.
 *
 * @param also - rows of ours that the database does not have, by order number
 */
export async function* oddGroups(
  db: Kysely<Tables>,
  scope: Scope,
  also: ReadonlyMap<string, readonly OurEntry[]>,
): AsyncGenerator<OddPage> {
  const { period, slack, lookBack } = scope
  for (let keys = await nextKeys(db, undefined); keys.length > 0; keys = await nextKeys(db, keys.at(-1))) {
    const rows = await db.selectFrom('f2f_reconcile_bill').selectAll().where('order_key', 'in', keys).execute()
    const bill = byKey(rows, ({ order_key }) => order_key)
    const payments = await readPayments(db, keys, scope)
    const within = (key: string): readonly OurEntry[] => {
      const payment = payments.get(key)
      return payment === undefined || !isListed(payment, scope)
        ? []
        : entriesWithin(payment, slack, period, period.from - lookBack)
    }
    yield {
      groups: keys.map((key) => ({
        outTradeNo: orderNumber(key),
        bill: (bill.get(key) ?? []).map(billEntryOf),
        ours: [...within(key), ...(also.get(key) ?? [])],
      })),
      lookUp: async (outTradeNo) => {
        const payment = payments.get(outTradeNo)
        return payment === undefined ? [] : entriesOf(payment, slack)
      },
    }
  }
}
