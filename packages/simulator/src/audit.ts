import { type Payment, refundedAmount } from '@f2f/core'
import type { TradeTruth } from './control/truth.ts'

/** What one book says about an order. Amounts are yuan with two decimals. */
export interface BookEntry {
  /** The book's own word for how the order stands; undefined when the book does not know it. */
  readonly status: string | undefined
  /** What was paid and kept: money that a cancel gave back was never ours. */
  readonly paid: string
  readonly refunded: string
}

/** One order in both books. */
export interface AuditLine {
  readonly outTradeNo: string
  readonly ours: BookEntry
  readonly alipay: BookEntry
  /** How many times `pay` arrived for this number. */
  readonly paysArrived: number
  /** What is wrong, in words; empty when the books agree. */
  readonly differences: readonly string[]
}

const NOTHING = '0.00'

const ourEntry = (payment: Payment | undefined): BookEntry => ({
  status: payment?.status,
  paid: payment?.status === 'paid' ? payment.totalAmount : NOTHING,
  refunded: payment === undefined ? NOTHING : refundedAmount(payment),
})

const alipayEntry = (trade: TradeTruth | undefined): BookEntry => {
  const kept = trade?.paidAt != null && !trade.refunds.some((refund) => refund.by === 'cancel')
  return {
    status: trade?.status ?? undefined,
    paid: kept ? (trade.totalAmount ?? NOTHING) : NOTHING,
    refunded: kept ? trade.refundedAmount : NOTHING,
  }
}

/** A refund by number and amount, so that equal sums of different refunds do not pass for equal books. */
const refundNames = (refunds: readonly { readonly outRequestNo: string; readonly refundAmount: string }[]): string =>
  refunds
    .map(({ outRequestNo, refundAmount }) => `${outRequestNo}=${refundAmount}`)
    .sort()
    .join()

const refundsDiffer = (payment: Payment, trade: TradeTruth): boolean =>
  refundNames(payment.refunds.filter(({ status }) => status === 'succeeded')) !==
  refundNames(trade.refunds.filter(({ by }) => by === 'refund'))

const auditLine = (outTradeNo: string, payment: Payment | undefined, trade: TradeTruth | undefined): AuditLine => {
  const ours = ourEntry(payment)
  const alipay = alipayEntry(trade)
  const paysArrived = trade?.calls.pay ?? 0
  const differences: string[] = []
  if (payment === undefined) differences.push('only Alipay knows it')
  if (ours.paid !== alipay.paid) differences.push(`paid ${ours.paid} here, ${alipay.paid} there`)
  if (ours.refunded !== alipay.refunded) differences.push(`refunded ${ours.refunded} here, ${alipay.refunded} there`)
  else if (payment !== undefined && trade !== undefined && refundsDiffer(payment, trade))
    differences.push('other refunds')
  if (paysArrived > 1) differences.push(`pay arrived ${paysArrived} times`)
  return { outTradeNo, ours, alipay, paysArrived, differences }
}

/**
 * Holds our payments against the simulator's ledger: one line for every number either of them knows, in the order of
 * the numbers. When no line has a difference, both books tell the same of every yuan and every refund.
 */
export const auditBooks = async (
  trades: Iterable<TradeTruth>,
  payments: Iterable<Payment> | AsyncIterable<Payment>,
): Promise<readonly AuditLine[]> => {
  const ours = new Map<string, Payment>()
  for await (const payment of payments) ours.set(payment.outTradeNo, payment)
  const theirs = new Map<string, TradeTruth>()
  for (const trade of trades) theirs.set(trade.outTradeNo, trade)
  const numbers = [...new Set([...ours.keys(), ...theirs.keys()])].sort()
  return numbers.map((outTradeNo) => auditLine(outTradeNo, ours.get(outTradeNo), theirs.get(outTradeNo)))
}
