import type { Trade } from '../ledger/trade.ts'
import { accountDetail, accountSummary } from './account-bill.ts'
import { zipTexts } from './archive.ts'
import { billEntries } from './entries.ts'
import type { BillFile } from './links.ts'
import { movements } from './movements.ts'
import { isWithin, type Period } from './period.ts'
import { accountNumber, renderSheet, type Sheet } from './sheet.ts'
import { tradeDetail, tradeSummary } from './trade-bill.ts'

/** What a bill is made from. */
interface BillOrder {
  readonly type: 'trade' | 'signcustomer'
  readonly period: Period
  /** Every trade of the merchant. */
  readonly trades: readonly Trade[]
  /** The merchant's PID. */
  readonly account: string
  readonly at: number
  readonly settings: { readonly feeRate: number }
}

interface Bill extends BillFile {
  /** Nothing happened in the period. */
  readonly isEmpty: boolean
  /** What the link says of the file. */
  readonly query: Readonly<Record<string, string>>
}

/** The archive with the two sheets of a bill, computed from the books. */
export const makeBill = (order: BillOrder): Bill => {
  const { type, period, account, at } = order
  const [detail, summary] = sheets(order)
  const base = `${accountNumber(account)}_${period.label}`
  const fileName = `${base}.csv.zip`
  const bytes = zipTexts(
    [
      { name: `${base}_${detail.title}.csv`, text: renderSheet(detail) },
      { name: `${base}_${detail.title}(汇总).csv`, text: renderSheet(summary) },
    ],
    at,
  )
  const query = { bizType: type, userId: accountNumber(account), fileType: 'csv.zip', bizDates: period.label }
  return { fileName, bytes, isEmpty: detail.rows.length === 0, query: { ...query, downloadFileName: fileName } }
}

const sheets = ({ type, period, trades, account, at, settings }: BillOrder): readonly [Sheet, Sheet] => {
  const frame = { account, period, exportedAt: at }
  const within = (one: { readonly at: number }) => isWithin(period, one.at)
  if (type === 'trade') {
    const entries = billEntries(trades, settings.feeRate).filter(within)
    return [tradeDetail(frame, entries), tradeSummary(frame, entries)]
  }
  const changes = movements(trades, settings.feeRate).filter(within)
  return [accountDetail(frame, changes), accountSummary(frame, changes)]
}
