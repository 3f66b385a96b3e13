import { HOUR } from '../period.ts'

/** One hour of the day, Beijing time. Amounts are whole fen. */
export interface HourTotals {
  /** 0 to 23. */
  readonly hour: number
  readonly payments: number
  readonly paymentAmount: number
  readonly refunds: number
  readonly refundAmount: number
  readonly differences: number
}

const BEIJING_OFFSET = 8

const hourOf = (at: number): number => (Math.floor(at / HOUR) + BEIJING_OFFSET) % 24

interface Hour {
  payments: number
  paymentAmount: number
  refunds: number
  refundAmount: number
  differences: number
}

/** Alipay's business, and the differences, by hour. */
export class HourTally {
  readonly #hours: readonly Hour[] = Array.from({ length: 24 }, () => ({
    payments: 0,
    paymentAmount: 0,
    refunds: 0,
    refundAmount: 0,
    differences: 0,
  }))

  add(kind: 'payment' | 'refund' | 'other', at: number, amount: number): void {
    const hour = this.#hours[hourOf(at)]
    if (hour === undefined || kind === 'other') return
    if (kind === 'payment') {
      hour.payments++
      hour.paymentAmount += amount
    } else {
      hour.refunds++
      hour.refundAmount += amount
    }
  }

  differ(at: number): void {
    const hour = this.#hours[hourOf(at)]
    if (hour !== undefined) hour.differences++
  }

  build(): readonly HourTotals[] {
    return this.#hours.map((totals, hour) => ({ hour, ...totals }))
  }
}
