import {
  ACCOUNT_COLUMNS,
  ACCOUNT_FREE_TEXT,
  ACCOUNT_REQUIRED,
  type AccountField,
  readAccountRow,
} from './account-row.ts'
import type { ColumnNames } from './columns.ts'
import type { RecordReader } from './record.ts'
import {
  ACCOUNT_SUMMARY_COLUMNS,
  type AccountSummaryField,
  readAccountSummaryRow,
  readTradeSummaryRow,
  TRADE_SUMMARY_COLUMNS,
  type TradeSummaryField,
} from './summary-row.ts'
import { readTradeRow, TRADE_COLUMNS, TRADE_FREE_TEXT, TRADE_REQUIRED, type TradeField } from './trade-row.ts'
import type { AccountRow, AccountSummaryRow, TradeRow, TradeSummaryRow } from './types.ts'

/** What one kind of sheet has in its columns, and how a record of it becomes a row. */
export interface SheetKind<Field extends string, Row> {
  readonly columns: ColumnNames<Field>
  readonly required: readonly Field[]
  /** Columns in which a comma may be part of the text, the likeliest first. */
  readonly freeText: readonly Field[]
  readonly read: (record: RecordReader<Field>, line: number) => Row
  /** Whether a row whose line had to be put back together looks right, beyond being readable. */
  readonly isLikely: (row: Row) => boolean
}

/** Kinds of business are Chinese words; a cell that slipped there from another column is not. */
const isChinese = (text: string): boolean => /^\p{Script=Han}+$/u.test(text)

export const TRADE_DETAIL: SheetKind<TradeField, TradeRow> = {
  columns: TRADE_COLUMNS,
  required: TRADE_REQUIRED,
  freeText: TRADE_FREE_TEXT,
  read: readTradeRow,
  isLikely: ({ businessType }) => isChinese(businessType),
}

export const ACCOUNT_DETAIL: SheetKind<AccountField, AccountRow> = {
  columns: ACCOUNT_COLUMNS,
  required: ACCOUNT_REQUIRED,
  freeText: ACCOUNT_FREE_TEXT,
  read: readAccountRow,
  isLikely: () => true,
}

export const TRADE_SUMMARY: SheetKind<TradeSummaryField, TradeSummaryRow> = {
  columns: TRADE_SUMMARY_COLUMNS,
  required: ['payments', 'refunds', 'orderAmount', 'receiptAmount'],
  freeText: ['storeName'],
  read: readTradeSummaryRow,
  isLikely: () => true,
}

export const ACCOUNT_SUMMARY: SheetKind<AccountSummaryField, AccountSummaryRow> = {
  columns: ACCOUNT_SUMMARY_COLUMNS,
  required: ['businessType', 'incomes', 'income', 'expenses', 'expense'],
  freeText: ['businessType'],
  read: readAccountSummaryRow,
  isLikely: () => true,
}
