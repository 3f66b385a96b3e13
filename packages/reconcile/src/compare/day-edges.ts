import { mayLieIn, type OurEntry } from '../books/our-entry.ts'
import { DAY, type Period, readPeriod } from '../period.ts'
import type { AbsenceRule } from './compare-group.ts'

/**
 * What one day's reconciliation hands on to the next: which payments and refunds near midnight are settled, and which
 * may still come. Plain JSON; keep it and give it to the next day's `reconcile`.
 */
export interface CarryOver {
  /** The period it is from. */
  readonly day: string
  /** Of ours, found in a bill of this day although our times allow another day; with that bill's day. */
  readonly claimed: readonly { readonly key: string; readonly day: string }[]
  /** Of ours, not in this bill, but perhaps in the next. */
  readonly waiting: readonly string[]
}

/** A claim this old matters to nobody any more. */
const CLAIM_LIFE = 40 * DAY

export const keyOf = ({ kind, outTradeNo, outRequestNo }: OurEntry): string => `${kind} ${outTradeNo} ${outRequestNo}`

/** Our times leave no doubt that the money moved within the period. */
const isInside = ({ earliest, latest, slack }: OurEntry, { from, to }: Period): boolean =>
  earliest - slack >= from && latest + slack < to

/**
 * The rule for what happens around midnight. Our times and Alipay's differ by moments, and a refund whose answer was
 * lost is known to us later than it was done. What the bill does not have is expected of it only when it can stand in
 * no other: not in the next (it waits for that), nor in the one before (`carried` knows that).
 */
export const dayEdges = (period: Period, carried: CarryOver | undefined): AbsenceRule => {
  const claimed = new Set(carried?.claimed.map(({ key }) => key))
  const knowsBefore = carried !== undefined && readPeriod(carried.day).to === period.from
  return (ours) => {
    if (!mayLieIn(ours, period)) return 'elsewhere'
    if (claimed.has(keyOf(ours))) return 'elsewhere'
    if (ours.latest + ours.slack >= period.to) return 'waiting'
    if (isInside(ours, period) || knowsBefore) return undefined
    return ours.earliest < period.from ? 'elsewhere' : undefined
  }
}

/** What the next day needs to know. */
export class CarryBuilder {
  readonly #period: Period
  readonly #claimed: { readonly key: string; readonly day: string }[]
  readonly #waiting: string[] = []

  constructor(period: Period, carried: CarryOver | undefined) {
    this.#period = period
    this.#claimed = (carried?.claimed ?? []).filter(({ day }) => readPeriod(day).to + CLAIM_LIFE > period.from)
  }

  found(ours: OurEntry): void {
    if (!isInside(ours, this.#period)) this.#claimed.push({ key: keyOf(ours), day: this.#period.label })
  }

  waits(ours: OurEntry): void {
    this.#waiting.push(keyOf(ours))
  }

  build(): CarryOver {
    const byKey = (one: { readonly key: string }, other: { readonly key: string }) => (one.key < other.key ? -1 : 1)
    return { day: this.#period.label, claimed: this.#claimed.sort(byKey), waiting: this.#waiting.sort() }
  }
}
