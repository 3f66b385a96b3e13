import type { Books } from '../books/books.ts'
import type { OurEntry } from '../books/our-entry.ts'
import type { Comparison } from './buckets.ts'
import { type AbsenceRule, compareGroup } from './compare-group.ts'
import { keyOf } from './day-edges.ts'
import type { Group } from './entry-records.ts'

/** Look-ups under way at once. */
const TOGETHER = 32

const isIncomplete = ({ verdicts }: Comparison): boolean =>
  verdicts.some(({ bucket, bill }) => bucket === 'onlyAlipay' && bill?.kind !== 'other')

/** What was looked up, and what only the first look had. */
const united = (found: readonly OurEntry[], ours: readonly OurEntry[]): readonly OurEntry[] => {
  const keys = new Set(found.map(keyOf))
  return [...found, ...ours.filter((entry) => !keys.has(keyOf(entry)))]
}

/**
 * Compares groups one after another. A bill row without a partner is looked up in the books whatever its time, so that
 * a refund of an old payment, or a payment our books call failed, is known for what it is.
 *
 * @param take - told of every group; its promise is waited for
 */
export const compareGroups = async (
  groups: readonly Group[],
  absence: AbsenceRule,
  lookUp: Books['lookUp'],
  take: (comparison: Comparison) => Promise<void> | undefined,
): Promise<void> => {
  const incomplete: Group[] = []
  for (const group of groups) {
    const comparison = compareGroup(group.bill, group.ours, absence)
    if (lookUp !== undefined && group.outTradeNo !== '' && isIncomplete(comparison)) {
      incomplete.push(group)
      continue
    }
    const taken = take(comparison)
    if (taken !== undefined) await taken
  }
  if (lookUp === undefined) return
  const completed = async ({ outTradeNo, bill, ours }: Group): Promise<Comparison> => {
    const found = await lookUp(outTradeNo)
    return compareGroup(bill, united(found, ours), absence)
  }
  for (let at = 0; at < incomplete.length; at += TOGETHER) {
    const comparisons = await Promise.all(incomplete.slice(at, at + TOGETHER).map(completed))
    for (const comparison of comparisons) await take(comparison)
  }
}
