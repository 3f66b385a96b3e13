import type { Payment } from '../payment/payment.ts'
import { warn } from '../warn.ts'
import type { PaymentFilter, PaymentStore } from './payment-store.ts'

const newestFirst = (
  a: Pick<Payment, 'createdAt' | 'outTradeNo'>,
  b: Pick<Payment, 'createdAt' | 'outTradeNo'>,
): number =>
  b.createdAt.getTime() - a.createdAt.getTime() ||
  (a.outTradeNo < b.outTradeNo ? 1 : a.outTradeNo > b.outTradeNo ? -1 : 0)

const matches = (payment: Payment, filter: PaymentFilter): boolean => {
  const { from, to, storeId, merchantId, status, unfinished, after } = filter
  if (from !== undefined && payment.createdAt < from) return false
  if (to !== undefined && payment.createdAt >= to) return false
  if (storeId !== undefined && payment.storeId !== storeId) return false
  if (merchantId !== undefined && payment.merchantId !== merchantId) return false
  if (status !== undefined && ![status].flat().includes(payment.status)) return false
  if (unfinished !== undefined && (payment.dueAt !== undefined) !== unfinished) return false
  return after === undefined || newestFirst(payment, after) > 0
}

/**
 * Payments in this process's memory: for tests, demos and tills that may forget. A restart loses them, and with them
 * the promise that every payment is finished.
 */
export const memoryStore = (): PaymentStore => {
  const payments = new Map<string, Payment>()
  const subscribers = new Set<(payment: Payment) => void>()
  const put = (payment: Payment): void => {
    payments.set(payment.outTradeNo, payment)
    for (const changed of subscribers) {
      try {
        changed(payment)
      } catch (error) {
        // The payment is written; whoever only listens must not make it look as if it were not.
        warn(error, payment.outTradeNo)
      }
    }
  }
  return {
    subscribe(changed) {
      subscribers.add(changed)
      return () => subscribers.delete(changed)
    },

    async insert(payment) {
      const present = payments.get(payment.outTradeNo)
      if (present !== undefined) return { inserted: false, payment: present }
      put(payment)
      return { inserted: true, payment }
    },

    async find(outTradeNo) {
      return payments.get(outTradeNo)
    },

    async replace(next, expectedVersion) {
      if (payments.get(next.outTradeNo)?.version !== expectedVersion) return false
      put(next)
      return true
    },

    async due(before, limit) {
      const due = [...payments.values()].filter(({ dueAt }) => dueAt !== undefined && dueAt <= before)
      due.sort((a, b) => (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0))
      return due.slice(0, limit).map(({ outTradeNo }) => outTradeNo)
    },

    async *list(filter = {}) {
      const found = [...payments.values()].filter((payment) => matches(payment, filter)).sort(newestFirst)
      yield* found.slice(0, filter.limit ?? found.length)
    },
  }
}
