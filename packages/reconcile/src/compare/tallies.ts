import type { OurEntry } from '../books/our-entry.ts'
import type { BillEntry } from './bill-entry.ts'

/** Rows of one side and their money. Amounts are whole fen. */
export interface SideTotals {
  readonly payments: number
  readonly paymentAmount: number
  readonly refunds: number
  readonly refundAmount: number
  /** Kinds of business this package does not know; only at Alipay. */
  readonly others: number
  readonly otherAmount: number
}

/** Adds rows of one side up. */
export class SideTally {
  payments = 0
  paymentAmount = 0
  refunds = 0
  refundAmount = 0
  others = 0
  otherAmount = 0

  add(kind: BillEntry['kind'], amount: number, count = 1): void {
    if (kind === 'payment') {
      this.payments += count
      this.paymentAmount += amount
    } else if (kind === 'refund') {
      this.refunds += count
      this.refundAmount += amount
    } else {
      this.others += count
      this.otherAmount += amount
    }
  }

  build(): SideTotals {
    return { ...this }
  }
}

/** Only what moved counts as money. */
export const ourMoney = ({ state, amount }: OurEntry): number => (state === 'money' ? amount : 0)

/** What came in less what went out. Whole fen. */
export const netAmount = ({ paymentAmount, refundAmount, otherAmount }: SideTotals): number =>
  paymentAmount - refundAmount + otherAmount
