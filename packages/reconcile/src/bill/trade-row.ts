import type { ColumnNames } from './columns.ts'
import type { RecordReader } from './record.ts'
import type { TradeRow } from './types.ts'

export type TradeField = Exclude<keyof TradeRow, 'bill' | 'kind' | 'line' | 'extra'>

/** Protocol §9.1; the second names are those of the 29-column layout. */
export const TRADE_COLUMNS: ColumnNames<TradeField> = {
  tradeNo: ['支付宝交易号', '银联交易号'],
  outTradeNo: ['商户订单号'],
  businessType: ['业务类型'],
  subject: ['商品名称'],
  createdAt: ['创建时间'],
  finishedAt: ['完成时间'],
  storeId: ['门店编号'],
  storeName: ['门店名称'],
  operatorId: ['操作员'],
  terminalId: ['终端号'],
  counterparty: ['对方账户', '对方账号'],
  orderAmount: ['订单金额(元)'],
  receiptAmount: ['商家实收(元)'],
  alipayRedPacket: ['支付宝红包(元)'],
  jifenbao: ['集分宝(元)'],
  alipayDiscount: ['支付宝优惠(元)'],
  merchantDiscount: ['商家优惠(元)'],
  couponAmount: ['券核销金额(元)'],
  couponName: ['券名称'],
  merchantRedPacket: ['商家红包消费金额(元)'],
  cardAmount: ['卡消费金额(元)'],
  outRequestNo: ['退款批次号/请求号', '退款批次号', '退款请求号'],
  serviceFee: ['服务费(元)'],
  royalty: ['分润(元)'],
  remark: ['备注'],
}

export const TRADE_REQUIRED: readonly TradeField[] = [
  'tradeNo',
  'outTradeNo',
  'businessType',
  'finishedAt',
  'orderAmount',
  'receiptAmount',
]

/** Columns in which a comma may be part of the text. */
export const TRADE_FREE_TEXT: readonly TradeField[] = [
  'subject',
  'remark',
  'couponName',
  'storeName',
  'counterparty',
  'operatorId',
]

const kindOf = (businessType: string): TradeRow['kind'] => {
  if (businessType.includes('退款')) return 'refund'
  return businessType === '交易' ? 'payment' : 'other'
}

/** @throws F2fError `BILL_FORMAT`, naming line and column */
export const readTradeRow = (record: RecordReader<TradeField>, line: number): TradeRow => {
  const businessType = record.text('businessType')
  const kind = kindOf(businessType)
  // Files with positive refunds have been seen as well as files with negative ones.
  const signed = kind === 'refund' ? (amount: number) => 0 - Math.abs(amount) : (amount: number) => amount
  return {
    bill: 'trade',
    kind,
    line,
    tradeNo: record.number('tradeNo'),
    outTradeNo: record.number('outTradeNo'),
    businessType,
    subject: record.text('subject'),
    createdAt: record.optionalTime('createdAt'),
    finishedAt: record.time('finishedAt'),
    storeId: record.text('storeId'),
    storeName: record.text('storeName'),
    operatorId: record.text('operatorId'),
    terminalId: record.text('terminalId'),
    counterparty: record.text('counterparty'),
    orderAmount: signed(record.requiredAmount('orderAmount')),
    receiptAmount: signed(record.requiredAmount('receiptAmount')),
    alipayRedPacket: signed(record.amount('alipayRedPacket')),
    jifenbao: signed(record.amount('jifenbao')),
    alipayDiscount: signed(record.amount('alipayDiscount')),
    merchantDiscount: signed(record.amount('merchantDiscount')),
    couponAmount: signed(record.amount('couponAmount')),
    couponName: record.text('couponName'),
    merchantRedPacket: signed(record.amount('merchantRedPacket')),
    cardAmount: signed(record.amount('cardAmount')),
    outRequestNo: record.number('outRequestNo'),
    serviceFee: record.amount('serviceFee'),
    royalty: record.amount('royalty'),
    remark: record.text('remark'),
    extra: record.extra(),
  }
}
