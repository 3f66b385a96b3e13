import { F2fError } from '@f2f/core'
import { badBill } from '../bill/failure.ts'
import { type Bill, readBill } from '../bill/read-bill.ts'
import type { BillHead, BillRow, TradeRow } from '../bill/types.ts'
import { type Period, readPeriod } from '../period.ts'

/** A trade bill: what `readBill` gives, a file, or rows; an empty list for a day without business. */
export type BillInput = Bill | Bill<TradeRow> | AsyncIterable<BillRow> | Iterable<BillRow> | string | Uint8Array

/** A bill as the comparison reads it. */
export interface BillSource {
  readonly period: Period
  readonly account: string | undefined
  readonly batches: () => AsyncIterable<readonly TradeRow[]>
}

const isBill = (input: object): input is Bill => 'batches' in input && 'head' in input

const opened = (input: BillInput): Exclude<BillInput, string | Uint8Array> =>
  typeof input === 'string' || input instanceof Uint8Array ? readBill(input, { type: 'trade' }) : input

const labelOf = ({ from, to }: BillHead): string | undefined => {
  if (from === undefined || to === undefined) return undefined
  const beijing = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString()
  const day = readPeriod(beijing(from).slice(0, 10))
  if (day.to === to.getTime()) return day.label
  const month = readPeriod(beijing(from).slice(0, 7))
  return month.to === to.getTime() ? month.label : undefined
}

const checkPeriod = (head: BillHead, period: Period): void => {
  if (head.from === undefined || head.to === undefined) return
  if (head.from.getTime() === period.from && head.to.getTime() === period.to) return
  throw badBill('BILL_MISMATCH', `The bill is not of ${period.label}.`, { wanted: period.label, found: labelOf(head) })
}

const checkAccount = ({ account }: BillHead, sellerId: string | undefined): void => {
  if (account === undefined || sellerId === undefined || account.startsWith(sellerId)) return
  throw badBill('BILL_MISMATCH', 'The bill is of another account.', { account, sellerId })
}

const onlyTrade = (rows: readonly BillRow[]): readonly TradeRow[] => {
  const other = rows.find(({ bill }) => bill !== 'trade')
  if (other === undefined) return rows as readonly TradeRow[]
  throw badBill('BILL_MISMATCH', 'Books are compared with a trade bill.', { type: other.bill })
}

const BATCH = 1_000

async function* inBatches(rows: AsyncIterable<BillRow> | Iterable<BillRow>): AsyncGenerator<readonly BillRow[]> {
  let batch: BillRow[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  yield batch
}

/**
 * @param day - which day or month it must be of; undefined for the one its first lines name
 * @throws F2fError `BILL_MISMATCH`, `CONFIG_INVALID`, and what reading a bill throws
 */
export const billSource = async (
  input: BillInput,
  day: string | undefined,
  sellerId: string | undefined,
): Promise<BillSource> => {
  const bill = opened(input)
  const head = isBill(bill) ? await bill.head() : undefined
  if (head !== undefined && head.type !== 'trade') {
    throw badBill('BILL_MISMATCH', 'Books are compared with a trade bill.', { type: head.type })
  }
  const label = day ?? (head && labelOf(head))
  if (label === undefined) {
    throw new F2fError('CONFIG_INVALID', 'The bill does not say which day it is of.', { details: { field: 'day' } })
  }
  const period = readPeriod(label)
  if (head !== undefined) {
    checkPeriod(head, period)
    checkAccount(head, sellerId)
  }
  return {
    period,
    account: head?.account,
    async *batches() {
      for await (const rows of isBill(bill) ? bill.batches() : inBatches(bill)) yield onlyTrade(rows)
    },
  }
}
