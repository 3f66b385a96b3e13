import { signedYuan } from '../amount.ts'
import { BUCKETS } from '../compare/buckets.ts'
import type { Reconciliation } from '../compare/reconciliation.ts'
import { netAmount } from '../compare/tallies.ts'
import type { Words } from './words.ts'

export interface SummaryLine {
  readonly label: string
  readonly count: string
  /** Payments less refunds, yuan. */
  readonly alipay: string
  readonly ours: string
}

const rows = ({ payments, refunds, others }: Reconciliation['bill']): number => payments + refunds + others

/** The buckets, then the whole. */
export const summaryLines = (result: Reconciliation, words: Words): readonly SummaryLine[] => [
  ...BUCKETS.map((bucket) => {
    const { count, bill, ours } = result.buckets[bucket]
    return {
      label: words.buckets[bucket],
      count: String(count),
      alipay: signedYuan(netAmount(bill)),
      ours: signedYuan(netAmount(ours)),
    }
  }),
  {
    label: words.total,
    count: `${rows(result.bill)} / ${rows(result.ours)}`,
    alipay: signedYuan(netAmount(result.bill)),
    ours: signedYuan(netAmount(result.ours)),
  },
]

/** Sentences about what the table does not show. */
export const remarks = (result: Reconciliation, words: Words): readonly string[] => {
  const { excused, ignored, omitted } = result
  const maybe = (count: number, say: (count: number) => string) => (count === 0 ? [] : [say(count)])
  return [
    result.isClean ? words.clean : words.unclean(result.differenceCount),
    ...maybe(omitted, words.omitted),
    ...maybe(excused.waiting, words.waiting),
    ...maybe(excused.nothing, words.nothing),
    ...maybe(ignored, words.ignored),
  ]
}
