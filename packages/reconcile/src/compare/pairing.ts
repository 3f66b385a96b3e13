import type { OurEntry } from '../books/our-entry.ts'
import type { BillEntry } from './bill-entry.ts'

/** Who belongs to whom among the rows of one order number. */
export interface Pairing {
  readonly pairs: readonly (readonly [BillEntry, OurEntry])[]
  /** The same payment or refund once more. */
  readonly billRepeats: readonly BillEntry[]
  readonly ourRepeats: readonly OurEntry[]
  readonly billAlone: readonly BillEntry[]
  readonly oursAlone: readonly OurEntry[]
}

/** Money before what is not known, before what did not move. */
const WEIGHT = { money: 0, open: 8, none: 16 } as const

/** 0 for the likeliest partners. */
const distance = (bill: BillEntry, ours: OurEntry): number =>
  WEIGHT[ours.state] +
  (isAnotherTrade(bill, ours) ? 32 : 0) +
  (ours.amount === bill.amount ? 0 : 2) +
  (ours.tradeNo === undefined ? 1 : 0)

/** Alipay's number says that this is another trade, though under our order number. */
export const isAnotherTrade = (bill: BillEntry, ours: OurEntry): boolean =>
  ours.tradeNo !== undefined && bill.tradeNo !== '' && ours.tradeNo !== bill.tradeNo

const byWeight = (one: OurEntry, other: OurEntry): number => WEIGHT[one.state] - WEIGHT[other.state]

const inBillOrder = (one: BillEntry, other: BillEntry): number => one.at - other.at || one.line - other.line

/** The likeliest partners; the earliest of those that are equally likely. */
const likeliest = (
  bill: readonly BillEntry[],
  ours: readonly OurEntry[],
): readonly [BillEntry | undefined, OurEntry | undefined] => {
  let best: readonly [BillEntry | undefined, OurEntry | undefined] = [bill[0], ours[0]]
  let least = Number.POSITIVE_INFINITY
  for (const mine of ours) {
    for (const theirs of bill) {
      const likely = distance(theirs, mine)
      if (likely < least) {
        least = likely
        best = [theirs, mine]
      }
    }
  }
  return best
}

const without = <T>(rows: readonly T[], one: T | undefined): readonly T[] => rows.filter((row) => row !== one)

/** Pairs rows that stand for the same payment, or for the same refund. */
const pairSame = (bill: readonly BillEntry[], ours: readonly OurEntry[]): Pairing => {
  const [theirs, mine] = likeliest([...bill].sort(inBillOrder), [...ours].sort(byWeight))
  const isPair = mine !== undefined && theirs !== undefined && !isAnotherTrade(theirs, mine)
  const others = without(ours, mine)
  // Money is no repeat of what did not move.
  const isRepeat = ({ state }: OurEntry): boolean => state !== 'money' || mine?.state === 'money'
  return {
    pairs: isPair ? [[theirs, mine]] : [],
    billRepeats: without(bill, theirs),
    ourRepeats: others.filter(isRepeat),
    billAlone: theirs === undefined || isPair ? [] : [theirs],
    oursAlone: [...(mine === undefined || isPair ? [] : [mine]), ...others.filter((each) => !isRepeat(each))],
  }
}

const together = (pairings: readonly Pairing[]): Pairing => ({
  pairs: pairings.flatMap(({ pairs }) => pairs),
  billRepeats: pairings.flatMap(({ billRepeats }) => billRepeats),
  ourRepeats: pairings.flatMap(({ ourRepeats }) => ourRepeats),
  billAlone: pairings.flatMap(({ billAlone }) => billAlone),
  oursAlone: pairings.flatMap(({ oursAlone }) => oursAlone),
})

/** Money first; what has a number before what would take any. */
const numberedFirst = (one: OurEntry, other: OurEntry): number =>
  byWeight(one, other) || Number(one.outRequestNo === '') - Number(other.outRequestNo === '')

/** What a cancel gave back has no number of ours, and some bills give refunds no number: those pair by amount. */
const pairUnnumbered = (pairing: Pairing): Pairing => {
  const billAlone = [...pairing.billAlone]
  const oursAlone: OurEntry[] = []
  const pairs = [...pairing.pairs]
  for (const ours of [...pairing.oursAlone].sort(numberedFirst)) {
    const place = billAlone.findIndex(
      (bill) => (ours.outRequestNo === '' || bill.outRequestNo === '') && bill.amount === ours.amount,
    )
    const [partner] = place < 0 ? [] : billAlone.splice(place, 1)
    if (partner === undefined) oursAlone.push(ours)
    else pairs.push([partner, ours])
  }
  return { ...pairing, pairs, billAlone, oursAlone }
}

const pairRefunds = (bill: readonly BillEntry[], ours: readonly OurEntry[]): Pairing => {
  const numbers = new Set([...bill, ...ours].map(({ outRequestNo }) => outRequestNo))
  const pairings = [...numbers].map((number): Pairing => {
    const theirs = bill.filter(({ outRequestNo }) => outRequestNo === number)
    const mine = ours.filter(({ outRequestNo }) => outRequestNo === number)
    if (number !== '') return pairSame(theirs, mine)
    return { pairs: [], billRepeats: [], ourRepeats: [], billAlone: theirs, oursAlone: mine }
  })
  return pairUnnumbered(together(pairings))
}

/** One payment on each side: nearly every order number. */
const isPlain = (bill: readonly BillEntry[], ours: readonly OurEntry[]): boolean =>
  bill.length === 1 && ours.length === 1 && bill[0]?.kind === 'payment' && ours[0]?.kind === 'payment'

/** Pairs everything under one order number. */
export const pairUp = (bill: readonly BillEntry[], ours: readonly OurEntry[]): Pairing => {
  if (isPlain(bill, ours)) return pairSame(bill, ours)
  const of = <T extends { readonly kind: string }>(rows: readonly T[], kind: string) =>
    rows.filter((row) => row.kind === kind)
  const others = of(bill, 'other')
  return together([
    pairSame(of(bill, 'payment'), of(ours, 'payment')),
    pairRefunds(of(bill, 'refund'), of(ours, 'refund')),
    { pairs: [], billRepeats: [], ourRepeats: [], billAlone: others, oursAlone: [] },
  ])
}
