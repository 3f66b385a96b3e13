import type { OurEntry } from '../books/our-entry.ts'
import type { BillEntry } from './bill-entry.ts'
import type { Absence, Bucket, Comparison, Excused, Verdict } from './buckets.ts'
import { isAnotherTrade, pairUp } from './pairing.ts'

/** Why the bill need not have an entry of ours that moved money; undefined when it must have it. */
export type AbsenceRule = (ours: OurEntry) => Absence | undefined

/** 商家实收 is what replies call `receipt_amount`, so it must agree, too. */
const amountsDiffer = (bill: BillEntry, ours: OurEntry): boolean =>
  bill.amount !== ours.amount || (ours.receiptAmount !== undefined && bill.receiptAmount !== ours.receiptAmount)

const bucketOf = (bill: BillEntry, ours: OurEntry): Bucket => {
  if (ours.state !== 'money') return 'statusDiffers'
  if (amountsDiffer(bill, ours)) return 'amountDiffers'
  return bill.expectedFee === undefined ? 'matched' : 'feeUnexpected'
}

/** Alipay took money and gave it back, and its bill has neither: nothing is left on either side. */
const isUndone = (entry: OurEntry, bill: readonly BillEntry[]): boolean =>
  entry.status === 'reversed' && bill.length === 0

/** Our payment is another trade and stands in another bill: the buyer paid the order once more. */
const paidElsewhere = (bill: BillEntry, ours: OurEntry, absence: AbsenceRule): boolean =>
  ours.kind === 'payment' && ours.state === 'money' && isAnotherTrade(bill, ours) && absence(ours) === 'elsewhere'

/**
 * Compares what both sides have under one order number. Every row of either side comes out exactly once.
 *
 * @param absence - about entries of ours that the bill does not have
 */
export const compareGroup = (
  bill: readonly BillEntry[],
  ours: readonly OurEntry[],
  absence: AbsenceRule,
): Comparison => {
  const pairing = pairUp(bill, ours)
  const isSecondPayment = (theirs: BillEntry): boolean =>
    theirs.kind === 'payment' && pairing.oursAlone.some((mine) => paidElsewhere(theirs, mine, absence))
  const verdicts: Verdict[] = [
    ...pairing.pairs.map(([theirs, mine]) => ({ bucket: bucketOf(theirs, mine), bill: theirs, ours: mine })),
    ...pairing.billAlone.map((theirs) => ({
      bucket: isSecondPayment(theirs) ? ('duplicate' as const) : ('onlyAlipay' as const),
      bill: theirs,
      ours: undefined,
    })),
    ...pairing.billRepeats.map((theirs) => ({ bucket: 'duplicate' as const, bill: theirs, ours: undefined })),
  ]
  const excused: Excused[] = []
  const judge = (mine: OurEntry, bucket: 'onlyOurs' | 'duplicate'): void => {
    const why = mine.state !== 'money' || isUndone(mine, bill) ? 'nothing' : absence(mine)
    if (why === undefined) verdicts.push({ bucket, bill: undefined, ours: mine })
    else excused.push({ why, ours: mine })
  }
  for (const mine of pairing.oursAlone) judge(mine, 'onlyOurs')
  for (const mine of pairing.ourRepeats) judge(mine, 'duplicate')
  return { verdicts, excused }
}
