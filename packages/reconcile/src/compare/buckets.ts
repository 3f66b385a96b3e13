import type { OurEntry } from '../books/our-entry.ts'
import type { BillEntry } from './bill-entry.ts'

/**
 * Where a bill row, an entry of ours, or a pair of them ends up.
 *
 * - `matched`: both say the same.
 * - `onlyAlipay` (长款): money at Alipay that our books do not have.
 * - `onlyOurs` (短款): money in our books that Alipay does not have.
 * - `amountDiffers`: both have it, with different amounts.
 * - `statusDiffers`: Alipay moved the money; our books say it did not, or do not know.
 * - `feeUnexpected`: all is well except the fee.
 * - `duplicate`: the same payment or refund once more, on one side.
 */
export const BUCKETS = [
  'matched',
  'onlyAlipay',
  'onlyOurs',
  'amountDiffers',
  'statusDiffers',
  'feeUnexpected',
  'duplicate',
] as const

export type Bucket = (typeof BUCKETS)[number]

/** A bucket that a person wants to see. */
export type DifferenceKind = Exclude<Bucket, 'matched'>

/** What became of one bill row, one entry of ours, or a pair of them. */
export interface Verdict {
  readonly bucket: Bucket
  readonly bill: BillEntry | undefined
  readonly ours: OurEntry | undefined
}

/**
 * Why an entry of ours without a bill row is no difference.
 *
 * - `nothing`: no money moved, and Alipay says so too.
 * - `waiting`: it may stand in the next bill.
 * - `elsewhere`: it stands in another bill.
 */
export type Absence = 'nothing' | 'waiting' | 'elsewhere'

/** An entry of ours that this bill need not have. */
export interface Excused {
  readonly why: Absence
  readonly ours: OurEntry
}

export interface Comparison {
  readonly verdicts: readonly Verdict[]
  readonly excused: readonly Excused[]
}
