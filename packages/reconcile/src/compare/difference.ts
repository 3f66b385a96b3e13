import type { OurEntry } from '../books/our-entry.ts'
import { NEVER } from '../books/our-entry.ts'
import type { BillEntry } from './bill-entry.ts'
import type { Comparison, DifferenceKind, Verdict } from './buckets.ts'
import { type Suggestion, suggest } from './suggestion.ts'

/** What the bill says. Amounts are whole fen. */
export interface BillFacts {
  readonly tradeNo: string
  readonly amount: number
  readonly receiptAmount: number
  /** Sign as in the bill: negative when the merchant pays it. */
  readonly fee: number
  /** What the fee should be; undefined when it needs no remark. */
  readonly expectedFee: number | undefined
  readonly at: Date
  readonly storeId: string
  readonly terminalId: string
  readonly subject: string
  /** As in the bill, such as `交易`. */
  readonly businessType: string
  /** Line in the file, from 1. */
  readonly line: number
}

/** What our books say. Amounts are whole fen. */
export interface OurFacts {
  /** As our books call it, such as `paid`. */
  readonly status: string
  readonly amount: number
  readonly receiptAmount: number | undefined
  readonly tradeNo: string | undefined
  /** The money moved no earlier than this, as far as our books can tell. */
  readonly from: Date
  /** And no later; undefined while it is not known. */
  readonly to: Date | undefined
}

/** One thing on which the bill and our books do not agree. */
export interface Difference {
  /** The same for the same difference each time the day is reconciled. */
  readonly id: string
  readonly bucket: DifferenceKind
  readonly kind: 'payment' | 'refund' | 'other'
  readonly outTradeNo: string
  /** The refund's number; empty when there is none. */
  readonly outRequestNo: string
  /** Undefined when only our books have it. */
  readonly bill: BillFacts | undefined
  /** Undefined when only the bill has it. */
  readonly ours: OurFacts | undefined
  readonly suggestion: Suggestion
}

const billFacts = (bill: BillEntry): BillFacts => {
  const { kind: _, outTradeNo: __, outRequestNo: ___, at, ...facts } = bill
  return { ...facts, at: new Date(at) }
}

const ourFacts = ({ status, amount, receiptAmount, tradeNo, earliest, latest }: OurEntry): OurFacts => ({
  status,
  amount,
  receiptAmount,
  tradeNo,
  from: new Date(earliest),
  to: latest >= NEVER ? undefined : new Date(latest),
})

const isDifference = (verdict: Verdict): verdict is Verdict & { readonly bucket: DifferenceKind } =>
  verdict.bucket !== 'matched'

const NONE: readonly Difference[] = []

/** The differences of one order number. */
export const differencesOf = (day: string, { verdicts }: Comparison): readonly Difference[] => {
  if (!verdicts.some(isDifference)) return NONE
  return verdicts.filter(isDifference).flatMap((verdict) => {
    const { bucket, bill, ours } = verdict
    const known = bill ?? ours
    if (known === undefined) return []
    const { kind, outTradeNo } = known
    const outRequestNo = bill?.outRequestNo || (ours?.outRequestNo ?? '')
    const place = bucket === 'duplicate' ? [bill === undefined ? 'ours' : String(bill.line)] : []
    return {
      id: [day, bucket, kind, outTradeNo, outRequestNo, ...place].join('/'),
      bucket,
      kind,
      outTradeNo,
      outRequestNo,
      bill: bill && billFacts(bill),
      ours: ours && ourFacts(ours),
      suggestion: suggest(verdict, verdicts),
    }
  })
}

/** When it happened, as far as anybody knows. */
export const timeOf = ({ bill, ours }: Pick<Difference, 'bill' | 'ours'>): number =>
  (bill?.at ?? ours?.from)?.getTime() ?? 0
