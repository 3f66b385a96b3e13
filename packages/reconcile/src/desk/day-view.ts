import type { ReconciledDay, ReconciledDifference, ReconciledSide } from '@f2f/core/http'
import { signedYuan } from '../amount.ts'
import { type Difference, timeOf } from '../compare/difference.ts'
import type { Reconciliation } from '../compare/reconciliation.ts'
import type { SideTotals } from '../compare/tallies.ts'
import type { Words } from '../report/words.ts'

/** Differences shown; the report has more. */
const MOST_SHOWN = 1_000

const yuan = (fen: number | undefined): string | undefined => (fen === undefined ? undefined : signedYuan(fen))

/** Absent when there is none. */
const text = (value: string | undefined): string | undefined => (value === '' ? undefined : value)

const sideView = ({ payments, paymentAmount, refunds, refundAmount }: SideTotals): ReconciledSide => ({
  payments,
  paymentAmount: signedYuan(paymentAmount),
  refunds,
  refundAmount: signedYuan(refundAmount),
})

const differenceView = (difference: Difference, words: Words): ReconciledDifference => {
  const { id, bucket, kind, outTradeNo, outRequestNo, bill, ours, suggestion } = difference
  return {
    id,
    bucket,
    kind,
    outTradeNo,
    outRequestNo: text(outRequestNo),
    tradeNo: text(bill?.tradeNo) ?? ours?.tradeNo,
    billAmount: yuan(bill?.amount),
    ourAmount: yuan(ours?.amount),
    ourStatus: ours?.status,
    fee: yuan(bill?.fee),
    expectedFee: yuan(bill?.expectedFee),
    at: new Date(timeOf(difference)).toISOString(),
    storeId: text(bill?.storeId),
    terminalId: text(bill?.terminalId),
    subject: text(bill?.subject),
    suggestion: { action: suggestion.action, why: words.reasons[suggestion.reason] },
  }
}

const hasNoRows = ({ bill: { payments, refunds, others }, ignored }: Reconciliation): boolean =>
  payments + refunds + others + ignored === 0

/** A day as the HTTP API shows it. */
export const dayView = (result: Reconciliation, words: Words): ReconciledDay => ({
  day: result.day,
  status: hasNoRows(result) ? 'noData' : 'done',
  isClean: result.isClean,
  matched: result.buckets.matched.count,
  differenceCount: result.differenceCount,
  bill: sideView(result.bill),
  ours: sideView(result.ours),
  differences: result.differences.slice(0, MOST_SHOWN).map((difference) => differenceView(difference, words)),
})
