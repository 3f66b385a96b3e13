import type { TradeRow } from '../bill/types.ts'

/** One row of a trade bill, as far as the comparison needs it. */
export interface BillEntry {
  readonly kind: TradeRow['kind']
  readonly tradeNo: string
  readonly outTradeNo: string
  readonly outRequestNo: string
  /** Fen; not negative, neither for payments nor for refunds. */
  readonly amount: number
  readonly receiptAmount: number
  /** Fen, sign as in the bill: negative when the merchant pays it. */
  readonly fee: number
  /** What the fee should be; undefined when it is as it should be, or nobody said what it should be. */
  readonly expectedFee: number | undefined
  /** When the money moved, ms since 1970. */
  readonly at: number
  readonly storeId: string
  readonly terminalId: string
  readonly subject: string
  readonly businessType: string
  readonly line: number
}

/** @param expectedFee - undefined when the fee needs no remark */
export const billEntry = (row: TradeRow, expectedFee: number | undefined): BillEntry => {
  const sign = row.kind === 'refund' ? -1 : 1
  return {
    kind: row.kind,
    tradeNo: row.tradeNo,
    outTradeNo: row.outTradeNo,
    outRequestNo: row.kind === 'refund' ? row.outRequestNo : '',
    amount: row.orderAmount * sign,
    receiptAmount: row.receiptAmount * sign,
    fee: row.serviceFee,
    expectedFee,
    at: row.finishedAt.getTime(),
    storeId: row.storeId,
    terminalId: row.terminalId,
    subject: row.subject,
    businessType: row.businessType,
    line: row.line,
  }
}
