import type { ColumnNames } from './columns.ts'
import type { RecordReader } from './record.ts'
import type { AccountSummaryRow, TradeSummaryRow } from './types.ts'

export type TradeSummaryField = Exclude<keyof TradeSummaryRow, 'bill' | 'isTotal'>
export type AccountSummaryField = Exclude<keyof AccountSummaryRow, 'bill' | 'isTotal'>

/** Protocol §9.2. */
export const TRADE_SUMMARY_COLUMNS: ColumnNames<TradeSummaryField> = {
  storeId: ['门店编号'],
  storeName: ['门店名称'],
  payments: ['交易订单总笔数'],
  refunds: ['退款订单总笔数'],
  orderAmount: ['订单金额(元)'],
  receiptAmount: ['商家实收(元)'],
  serviceFee: ['服务费(元)'],
  netAmount: ['实收净额(元)'],
}

/** Protocol §9.3. */
export const ACCOUNT_SUMMARY_COLUMNS: ColumnNames<AccountSummaryField> = {
  businessType: ['类型', '业务类型'],
  incomes: ['收入笔数'],
  income: ['收入金额(+元)', '收入金额(元)'],
  expenses: ['支出笔数'],
  expense: ['支出金额(-元)', '支出金额(元)'],
}

const TOTAL = '合计'

/** @throws F2fError `BILL_FORMAT`, naming line and column */
export const readTradeSummaryRow = (record: RecordReader<TradeSummaryField>): TradeSummaryRow => ({
  bill: 'trade',
  isTotal: record.text('storeId') === TOTAL || record.text('storeName') === TOTAL,
  storeId: record.text('storeId'),
  storeName: record.text('storeName'),
  payments: record.count('payments'),
  refunds: record.count('refunds'),
  orderAmount: record.amount('orderAmount'),
  receiptAmount: record.amount('receiptAmount'),
  serviceFee: record.amount('serviceFee'),
  netAmount: record.amount('netAmount'),
})

/** @throws F2fError `BILL_FORMAT`, naming line and column */
export const readAccountSummaryRow = (record: RecordReader<AccountSummaryField>): AccountSummaryRow => ({
  bill: 'signcustomer',
  isTotal: record.text('businessType') === TOTAL,
  businessType: record.text('businessType'),
  incomes: record.count('incomes'),
  income: record.amount('income'),
  expenses: record.count('expenses'),
  expense: Math.abs(record.amount('expense')),
})
