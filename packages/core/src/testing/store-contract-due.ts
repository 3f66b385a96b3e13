import type { PaymentStore } from '../store/payment-store.ts'
import { assertEqual } from './assert.ts'
import { at, changed, newPayment } from './store-contract-payments.ts'
import type { StoreRule } from './store-contract-rule.ts'

const put = (store: PaymentStore, outTradeNo: string, dueAt: Date | undefined) =>
  store.insert(newPayment(outTradeNo, { dueAt, createdAt: at(outTradeNo.length) }))

/** Rules about `due`. */
export const DUE_RULES: readonly StoreRule[] = [
  {
    name: 'MUST name what is due, the longest due first',
    async check(store) {
      await put(store, 'A1', at(3_000))
      await put(store, 'A2', at(1_000))
      await put(store, 'A3', at(2_000))
      assertEqual(await store.due(at(9_000), 10), ['A2', 'A3', 'A1'], 'due')
    },
  },
  {
    name: 'MUST count a payment due at exactly the given instant, and not one millisecond before',
    async check(store) {
      await put(store, 'A1', at(1_000))
      assertEqual(await store.due(at(999), 10), [], 'due one millisecond early')
      assertEqual(await store.due(at(1_000), 10), ['A1'], 'due on time')
    },
  },
  {
    name: 'MUST name at most `limit`, those longest due',
    async check(store) {
      for (let index = 0; index < 12; index++) await put(store, `A${index}`, at(12 - index))
      assertEqual(await store.due(at(100), 3), ['A11', 'A10', 'A9'], 'due with a limit')
    },
  },
  {
    name: 'MUST leave out what is finished, and follow every change',
    async check(store) {
      await put(store, 'A1', at(1_000))
      await put(store, 'A2', undefined)
      const first = newPayment('A1', { dueAt: at(1_000), createdAt: at(2) })
      const later = changed(first, { dueAt: at(5_000) })
      await store.replace(later, 1)
      assertEqual(await store.due(at(4_999), 10), [], 'due after it was put off')
      assertEqual(await store.due(at(5_000), 10), ['A1'], 'due at the later time')
      const finished = changed(later, { dueAt: undefined, nextAt: undefined, status: 'paid' })
      await store.replace(finished, 2)
      assertEqual(await store.due(at(1e12), 10), [], 'due after the end')
      await store.replace(changed(finished, { dueAt: at(6_000) }), 3)
      assertEqual(await store.due(at(6_000), 10), ['A1'], 'due again, as for a refund')
    },
  },
  {
    name: 'MUST name each of many payments due at the same instant once',
    async check(store) {
      const numbers = Array.from({ length: 60 }, (_, index) => `A${index}`)
      await Promise.all(numbers.map((number) => put(store, number, at(1_000))))
      assertEqual([...(await store.due(at(1_000), 100))].sort(), numbers.sort(), 'due')
    },
  },
]
