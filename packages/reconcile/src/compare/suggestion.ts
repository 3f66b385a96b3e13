import type { OurEntry } from '../books/our-entry.ts'
import type { BillEntry } from './bill-entry.ts'
import type { DifferenceKind, Verdict } from './buckets.ts'

/**
 * What to do about a difference.
 *
 * - `query`: ask Alipay how it stands now.
 * - `refund`: give the buyer the money back.
 * - `deliver`: the buyer has paid; let the shop hand over what was bought.
 * - `ask`: a person must decide.
 */
export type RepairAction = 'query' | 'refund' | 'deliver' | 'ask'

/** Why something is suggested, and the words for it. */
export const REASONS = {
  orderUnknown: 'Alipay took money under an order number our books do not have. Another system of yours may have.',
  refundUnknown: 'Money went back that our books know nothing of. Somebody may have refunded it in the console.',
  kindUnknown: 'A kind of business our books do not have.',
  paymentMissing: 'Our books have money that Alipay does not have.',
  refundMissing: 'Our books gave money back that Alipay has not.',
  amounts: 'Both have it, with different amounts.',
  fee: 'The fee is not what was agreed.',
  paidUnnoticed: 'The buyer has paid; our books did not know yet.',
  paidButClosed:
    'Alipay took money for an order our books call unpaid. Unless the shop delivers after all, it must go back.',
  takenAndReturned: 'Alipay took the money and gave it back; our books say nothing was taken.',
  refundUnnoticed: 'Alipay gave the money back; our books do not say so yet.',
  paidTwice: 'The buyer paid twice for one order number.',
  rowTwice: 'The bill has the same row twice.',
  bookedTwice: 'Our books have it twice.',
} as const

export type Reason = keyof typeof REASONS

export interface Suggestion {
  readonly action: RepairAction
  readonly reason: Reason
  /** The reason in words. */
  readonly why: string
}

const suggestion = (action: RepairAction, reason: Reason): Suggestion => ({ action, reason, why: REASONS[reason] })

const ONLY_ALIPAY: Readonly<Record<BillEntry['kind'], Suggestion>> = {
  payment: suggestion('ask', 'orderUnknown'),
  refund: suggestion('ask', 'refundUnknown'),
  other: suggestion('ask', 'kindUnknown'),
}

/** What the bill gave back of the order. */
const returned = (verdicts: readonly Verdict[]): number =>
  verdicts.reduce((sum, { bill }) => sum + (bill?.kind === 'refund' ? bill.amount : 0), 0)

const aboutStatus = (bill: BillEntry, ours: OurEntry, verdicts: readonly Verdict[]): Suggestion => {
  if (bill.kind !== 'payment') return suggestion('query', 'refundUnnoticed')
  if (ours.state === 'open') return suggestion('deliver', 'paidUnnoticed')
  return returned(verdicts) >= bill.amount
    ? suggestion('query', 'takenAndReturned')
    : suggestion('refund', 'paidButClosed')
}

const aboutRepeat = (bill: BillEntry | undefined, verdicts: readonly Verdict[]): Suggestion => {
  if (bill === undefined) return suggestion('ask', 'bookedTwice')
  const first = verdicts.find((verdict) => verdict.bill?.kind === bill.kind && verdict.bucket !== 'duplicate')
  return bill.kind === 'payment' && first?.bill?.tradeNo !== bill.tradeNo
    ? suggestion('refund', 'paidTwice')
    : suggestion('ask', 'rowTwice')
}

const aboutPair = (verdict: Verdict, verdicts: readonly Verdict[]): Suggestion => {
  const { bucket, bill, ours } = verdict
  if (bucket === 'statusDiffers' && bill !== undefined && ours !== undefined) return aboutStatus(bill, ours, verdicts)
  return bucket === 'amountDiffers' ? suggestion('ask', 'amounts') : suggestion('ask', 'fee')
}

/** @param verdicts - everything under the same order number */
export const suggest = (
  verdict: Verdict & { readonly bucket: DifferenceKind },
  verdicts: readonly Verdict[],
): Suggestion => {
  const { bucket, bill, ours } = verdict
  switch (bucket) {
    case 'onlyAlipay':
      return ONLY_ALIPAY[bill?.kind ?? 'other']
    case 'onlyOurs':
      return suggestion('query', ours?.kind === 'refund' ? 'refundMissing' : 'paymentMissing')
    case 'duplicate':
      return aboutRepeat(bill, verdicts)
    default:
      return aboutPair(verdict, verdicts)
  }
}
