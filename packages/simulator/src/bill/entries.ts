import { type Refund, type Trade, wasPaid } from '../ledger/trade.ts'

/** A payment or a refund, as one row of a trade bill. Amounts are fen, as the merchant sees them. */
export interface BillEntry {
  readonly trade: Trade
  /** Undefined for the payment itself. */
  readonly refund: Refund | undefined
  /** When the money moved. */
  readonly at: number
  /** Negative for a refund. */
  readonly amount: number
  /** Negative when the merchant pays it, positive when a refund gives it back. */
  readonly fee: number
}

/** Every payment and refund in the books, oldest first. */
export const billEntries = (trades: readonly Trade[], feeRate: number): readonly BillEntry[] =>
  trades.flatMap((trade) => entriesOf(trade, feeRate)).sort((one, other) => one.at - other.at)

const entriesOf = (trade: Trade, feeRate: number): readonly BillEntry[] => {
  if (!wasPaid(trade)) return []
  const feeOf = (amount: number) => Math.round(amount * feeRate)
  const payment = { trade, refund: undefined, at: trade.paidAt, amount: trade.total, fee: negative(feeOf(trade.total)) }
  let refunded = 0
  const refunds = trade.refunds.map((refund) => {
    const before = feeOf(refunded)
    refunded += refund.amount
    return { trade, refund, at: refund.at, amount: -refund.amount, fee: feeOf(refunded) - before }
  })
  return [payment, ...refunds]
}

/** Without the negative zero. */
export const negative = (amount: number): number => 0 - amount
