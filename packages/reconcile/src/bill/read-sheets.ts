import type { Member } from '../archive/archive.ts'
import { type BillCharset, csvRecords } from './csv.ts'
import { badBill } from './failure.ts'
import { readHead } from './head.ts'
import type { Sheets } from './members.ts'
import { ACCOUNT_DETAIL, ACCOUNT_SUMMARY, type SheetKind, TRADE_DETAIL, TRADE_SUMMARY } from './sheet-kind.ts'
import { SheetReader } from './sheet-reader.ts'
import { accountTotals, type Totals, tradeTotals } from './totals.ts'
import type {
  AccountRow,
  AccountSummaryRow,
  BillHead,
  BillRow,
  SummaryRow,
  TradeRow,
  TradeSummaryRow,
} from './types.ts'

/** What is needed to read the bills of one type. */
interface Layout<Row extends BillRow, Summary extends SummaryRow, D extends string, S extends string> {
  readonly detail: SheetKind<D, Row>
  readonly summary: SheetKind<S, Summary>
  readonly totals: () => Totals<Row, Summary>
}

async function* readSheet<Field extends string, Row>(
  reader: SheetReader<Field, Row>,
  member: Member,
  charset: BillCharset,
): AsyncGenerator<readonly Row[]> {
  for await (const { records, isUnfinished } of csvRecords(member.open(), charset)) {
    const rows: Row[] = []
    for (const cells of records) {
      const row = isUnfinished ? reader.takeUnfinished(cells) : reader.take(cells)
      if (row !== undefined) rows.push(row)
    }
    if (rows.length > 0) yield rows
  }
  reader.end()
}

const readSummaries = async <Field extends string, Row>(
  kind: SheetKind<Field, Row>,
  members: readonly Member[],
  charset: BillCharset,
): Promise<readonly Row[]> => {
  const all: Row[] = []
  for (const member of members) {
    for await (const rows of readSheet(new SheetReader(kind), member, charset)) all.push(...rows)
  }
  return all
}

/** Whether two lists are of one bill: of the same account and period, as far as they say. */
const checkSameBill = (one: BillHead, other: BillHead): void => {
  if (one.account !== undefined && other.account !== undefined && one.account !== other.account) {
    throw badBill('BILL_FORMAT', 'The archive holds bills of two accounts.')
  }
  if (one.from?.getTime() !== other.from?.getTime() || one.to?.getTime() !== other.to?.getTime()) {
    throw badBill('BILL_FORMAT', 'The archive holds bills of two periods.')
  }
}

async function* readDetails<Row extends BillRow, Summary extends SummaryRow, D extends string, S extends string>(
  layout: Layout<Row, Summary, D, S>,
  sheets: Sheets,
  charset: BillCharset,
): AsyncGenerator<readonly Row[]> {
  const totals = layout.totals()
  let first: BillHead | undefined
  for (const member of sheets.details) {
    const reader = new SheetReader(layout.detail)
    for await (const rows of readSheet(reader, member, charset)) {
      for (const row of rows) totals.add(row)
      yield rows
    }
    const head = readHead(sheets.type, reader.head)
    first ??= head
    checkSameBill(first, head)
    totals.checkFoot(reader.foot)
  }
  if (sheets.summaries.length > 0) totals.checkSummary(await readSummaries(layout.summary, sheets.summaries, charset))
}

const TRADE: Layout<TradeRow, TradeSummaryRow, keyof typeof TRADE_DETAIL.columns, keyof typeof TRADE_SUMMARY.columns> =
  {
    detail: TRADE_DETAIL,
    summary: TRADE_SUMMARY,
    totals: tradeTotals,
  }

const ACCOUNT: Layout<
  AccountRow,
  AccountSummaryRow,
  keyof typeof ACCOUNT_DETAIL.columns,
  keyof typeof ACCOUNT_SUMMARY.columns
> = { detail: ACCOUNT_DETAIL, summary: ACCOUNT_SUMMARY, totals: accountTotals }

/** Every row of the lists, in batches; at the end the rows are held against the bill's own totals. */
export const detailRows = (sheets: Sheets, charset: BillCharset): AsyncGenerator<readonly BillRow[]> =>
  sheets.type === 'trade' ? readDetails(TRADE, sheets, charset) : readDetails(ACCOUNT, sheets, charset)

/** Every row of the summaries. */
export const summaryRows = (sheets: Sheets, charset: BillCharset): Promise<readonly SummaryRow[]> =>
  sheets.type === 'trade'
    ? readSummaries(TRADE_SUMMARY, sheets.summaries, charset)
    : readSummaries(ACCOUNT_SUMMARY, sheets.summaries, charset)
