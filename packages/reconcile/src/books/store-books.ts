import type { Payment, PaymentStore, Refund } from '@f2f/core'
import { DAY } from '../period.ts'
import type { Books } from './books.ts'
import type { OurEntry, Span } from './our-entry.ts'
import { type BookedRefund, bookedPayment, bookedRefund, entriesOf, entriesWithin } from './payment-entries.ts'

/** A store that can list refunds by when they were settled, as those of `@f2f/sql` can. */
export interface RefundLister {
  refunds(filter: {
    readonly by: 'settledAt'
    readonly from: Date
    readonly to: Date
    readonly merchantId: string | undefined
  }): AsyncIterable<{ readonly payment: Payment; readonly refund: Refund }>
}

export interface StoreBooksOptions {
  readonly store: PaymentStore | (PaymentStore & RefundLister)
  readonly merchantId: string | undefined
  /** How far our clock may differ from Alipay's, ms. */
  readonly slack: number
  /** How long before the period a payment may have been created, ms; undefined for the default. */
  readonly lookBack: number | undefined
}

/** A buyer has at most fifteen days to pay, and a cancel at most one more to work. */
export const PAYMENT_LIFE = 16 * DAY
/** Face-to-Face payments can be refunded for twelve months. */
const REFUND_LIFE = 366 * DAY

/** A refund whose answer was lost may be known to us days after it was done. */
const REFUND_KNOWN = 7 * DAY

/** Whether a refund brings up its payment, though that is older than those that are looked at. */
export const bringsUp = ({ requestedAt, settledAt }: BookedRefund, slack: number, { from, to }: Span): boolean =>
  settledAt !== undefined && settledAt >= from - slack && settledAt < to + REFUND_KNOWN && requestedAt < to + slack

const listsRefunds = (store: PaymentStore | (PaymentStore & RefundLister)): store is PaymentStore & RefundLister =>
  'refunds' in store && typeof store.refunds === 'function'

/** The payments and refunds of a store. */
export const storeBooks = (options: StoreBooksOptions, period: Span): Books => {
  const { store, merchantId, slack } = options
  const lookBack = options.lookBack ?? (listsRefunds(store) ? PAYMENT_LIFE : REFUND_LIFE)
  const from = new Date(period.from - lookBack)
  const to = new Date(period.to + slack)
  const relevant = (payment: Payment): readonly OurEntry[] =>
    entriesWithin(bookedPayment(payment), slack, period, from.getTime())

  async function* recent(): AsyncGenerator<OurEntry> {
    for await (const payment of store.list({ from, to, merchantId })) yield* relevant(payment)
  }

  /** Refunds of payments that are older than those listed. */
  async function* older(lister: RefundLister): AsyncGenerator<OurEntry> {
    const seen = new Set<string>()
    const known = new Date(period.to + REFUND_KNOWN)
    const settled = { by: 'settledAt', from: new Date(period.from - slack), to: known, merchantId } as const
    for await (const { payment, refund } of lister.refunds(settled)) {
      if (payment.createdAt >= from || seen.has(payment.outTradeNo)) continue
      if (!bringsUp(bookedRefund(refund), slack, period)) continue
      seen.add(payment.outTradeNo)
      yield* relevant(payment)
    }
  }

  return {
    async *entries() {
      yield* recent()
      if (listsRefunds(store)) yield* older(store)
    },
    async lookUp(outTradeNo) {
      const payment = await store.find(outTradeNo)
      if (payment === undefined || (merchantId !== undefined && payment.merchantId !== merchantId)) return []
      return entriesOf(bookedPayment(payment), slack)
    },
  }
}
