import type { ColumnNames } from './columns.ts'
import type { RecordReader } from './record.ts'
import type { AccountRow } from './types.ts'

export type AccountField = Exclude<keyof AccountRow, 'bill' | 'line' | 'extra'>

/** Protocol §9.3. The order of the columns differs from file to file. */
export const ACCOUNT_COLUMNS: ColumnNames<AccountField> = {
  serialNo: ['账务流水号'],
  businessNo: ['业务流水号'],
  outTradeNo: ['商户订单号'],
  subject: ['商品名称'],
  at: ['发生时间'],
  counterparty: ['对方账号', '对方账户'],
  income: ['收入金额(+元)', '收入金额(元)'],
  expense: ['支出金额(-元)', '支出金额(元)'],
  balance: ['账户余额(元)'],
  channel: ['交易渠道'],
  businessType: ['业务类型'],
  remark: ['备注'],
}

export const ACCOUNT_REQUIRED: readonly AccountField[] = ['serialNo', 'outTradeNo', 'at', 'income', 'expense']

/** Columns in which a comma may be part of the text. */
export const ACCOUNT_FREE_TEXT: readonly AccountField[] = ['subject', 'remark', 'counterparty']

/** @throws F2fError `BILL_FORMAT`, naming line and column */
export const readAccountRow = (record: RecordReader<AccountField>, line: number): AccountRow => ({
  bill: 'signcustomer',
  line,
  serialNo: record.number('serialNo'),
  businessNo: record.number('businessNo'),
  outTradeNo: record.number('outTradeNo'),
  subject: record.text('subject'),
  at: record.time('at'),
  counterparty: record.text('counterparty'),
  income: record.amount('income'),
  expense: Math.abs(record.amount('expense')),
  balance: record.optionalAmount('balance'),
  channel: record.text('channel'),
  businessType: record.text('businessType'),
  remark: record.text('remark'),
  extra: record.extra(),
})
