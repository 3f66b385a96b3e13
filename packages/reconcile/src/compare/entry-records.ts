import type { OurEntry } from '../books/our-entry.ts'
import type { SpillRecord } from '../spill/spill.ts'
import type { BillEntry } from './bill-entry.ts'

/** Both sides' rows as they are set aside: the order number, the side, the rest as a list. */
export type EntryRecord = SpillRecord & readonly [key: string, side: 0 | 1, ...fields: unknown[]]

export const KINDS = ['payment', 'refund', 'other'] as const
const STATES = ['money', 'none', 'open'] as const

const BILL = 0
const OURS = 1

/** Rows without an order number belong together by Alipay's. No order number begins with a blank. */
export const groupKey = ({ outTradeNo, tradeNo }: BillEntry): string => (outTradeNo === '' ? ` ${tradeNo}` : outTradeNo)

/** The order number that a key stands for; empty when it stands for none. */
export const orderNumber = (key: string): string => (key.startsWith(' ') ? '' : key)

export const billRecord = (entry: BillEntry): EntryRecord => [
  groupKey(entry),
  BILL,
  KINDS.indexOf(entry.kind),
  entry.tradeNo,
  entry.outRequestNo,
  entry.amount,
  entry.receiptAmount,
  entry.fee,
  entry.expectedFee ?? null,
  entry.at,
  entry.storeId,
  entry.terminalId,
  entry.subject,
  entry.businessType,
  entry.line,
]

export const ourRecord = (entry: OurEntry): EntryRecord => [
  entry.outTradeNo,
  OURS,
  KINDS.indexOf(entry.kind),
  entry.outRequestNo,
  STATES.indexOf(entry.state),
  entry.status,
  entry.amount,
  entry.receiptAmount ?? null,
  entry.tradeNo ?? null,
  entry.earliest,
  entry.latest,
  entry.slack,
]

type BillFields = readonly [
  string,
  0,
  number,
  string,
  string,
  number,
  number,
  number,
  number | null,
  number,
  string,
  string,
  string,
  string,
  number,
]

type OurFields = readonly [
  string,
  1,
  number,
  string,
  number,
  string,
  number,
  number | null,
  string | null,
  number,
  number,
  number,
]

const billEntryOf = (fields: BillFields): BillEntry => ({
  outTradeNo: orderNumber(fields[0]),
  kind: KINDS[fields[2]] ?? 'other',
  tradeNo: fields[3],
  outRequestNo: fields[4],
  amount: fields[5],
  receiptAmount: fields[6],
  fee: fields[7],
  expectedFee: fields[8] ?? undefined,
  at: fields[9],
  storeId: fields[10],
  terminalId: fields[11],
  subject: fields[12],
  businessType: fields[13],
  line: fields[14],
})

const ourEntryOf = (fields: OurFields): OurEntry => ({
  outTradeNo: fields[0],
  kind: fields[2] === 0 ? 'payment' : 'refund',
  outRequestNo: fields[3],
  state: STATES[fields[4]] ?? 'open',
  status: fields[5],
  amount: fields[6],
  receiptAmount: fields[7] ?? undefined,
  tradeNo: fields[8] ?? undefined,
  earliest: fields[9],
  latest: fields[10],
  slack: fields[11],
})

/** Everything under one order number. */
export interface Group {
  /** Empty when the rows have none. */
  readonly outTradeNo: string
  readonly bill: BillEntry[]
  readonly ours: OurEntry[]
}

/** The records of one part by order number. */
export const groupsOf = (records: readonly EntryRecord[]): readonly Group[] => {
  const groups = new Map<string, Group>()
  for (const record of records) {
    const [key, side] = record
    let group = groups.get(key)
    if (group === undefined) {
      group = { outTradeNo: orderNumber(key), bill: [], ours: [] }
      groups.set(key, group)
    }
    if (side === BILL) group.bill.push(billEntryOf(record as unknown as BillFields))
    else group.ours.push(ourEntryOf(record as unknown as OurFields))
  }
  return [...groups.values()]
}
