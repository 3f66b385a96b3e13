import type { Payment } from '../payment/payment.ts'
import type { PaymentStore } from '../store/payment-store.ts'
import { assertEqual } from './assert.ts'
import { at, entered, fullPayment, newPayment } from './store-contract-payments.ts'
import { openBy, type StoreRule } from './store-contract-rule.ts'

const subscribed = (store: PaymentStore): { readonly told: Payment[]; readonly unsubscribe: () => void } => {
  const told: Payment[] = []
  if (store.subscribe === undefined) throw new Error('The store has no `subscribe`: add it, or declare the difference.')
  return { told, unsubscribe: store.subscribe((payment) => told.push(payment)) }
}

/** Rules about what outlives a handle and what several handles see of each other. */
export const LASTING_RULES: readonly StoreRule[] = [
  {
    name: 'MUST still have everything after a restart',
    needs: 'reopen',
    async check(store, opened) {
      const full = fullPayment('A1')
      const paid = entered(newPayment('A2'), 'paid', 'reply')
      await store.insert(full)
      await store.insert(newPayment('A2'))
      await store.replace(paid, 1)
      const again = await openBy(opened, 'reopen')
      assertEqual(await again.find('A1'), full, 'the inserted payment')
      assertEqual(await again.find('A2'), paid, 'the replaced payment')
      assertEqual(await again.due(at(12_000), 10), ['A1', 'A2'], 'what is due')
      assertEqual(await again.replace(entered(paid, 'closed', 'later'), 2), true, 'a change after the restart')
    },
  },
  {
    name: 'MUST show at once what another process wrote',
    needs: 'another',
    async check(store, opened) {
      const other = await openBy(opened, 'another')
      const first = newPayment('A1')
      await store.insert(first)
      assertEqual(await other.find('A1'), first, 'the other sees the insert')
      const paid = entered(first, 'paid', 'reply')
      assertEqual(await other.replace(paid, 1), true, 'the other changes it')
      assertEqual(await store.find('A1'), paid, 'the first sees the change')
      assertEqual(await store.replace(entered(first, 'closed', 'late'), 1), false, 'the first works from old news')
      assertEqual(await store.insert(first), { inserted: false, payment: paid }, 'the first inserts again')
    },
  },
  {
    name: 'MUST let exactly one win when two processes race',
    needs: 'another',
    async check(store, opened) {
      const stores = [store, await openBy(opened, 'another')]
      const both = <T>(work: (one: typeof store) => Promise<T>): Promise<T[]> =>
        Promise.all([0, 1, 0, 1, 0, 1, 0, 1, 0, 1].map((index) => work(stores[index] ?? store)))
      const first = newPayment('A1')
      const inserts = await both((one) => one.insert(first))
      assertEqual(inserts.filter(({ inserted }) => inserted).length, 1, 'inserts that won')
      const replaces = await both((one) => one.replace(entered(first, 'paid', 'reply'), 1))
      assertEqual(replaces.filter(Boolean).length, 1, 'replaces that won')
    },
  },
  {
    name: 'MUST tell subscribers of every change, and of nothing else, until they leave',
    needs: 'subscribe',
    async check(store) {
      const { told, unsubscribe } = subscribed(store)
      const first = newPayment('A1')
      const paid = entered(first, 'paid', 'reply')
      await store.insert(first)
      await store.insert(newPayment('A1', { subject: 'again' }))
      await store.replace(paid, 1)
      await store.replace(entered(first, 'closed', 'too late'), 1)
      assertEqual(told, [first, paid], 'what the subscriber was told')
      unsubscribe()
      await store.insert(newPayment('A2'))
      assertEqual(told.length, 2, 'changes told, one of them after leaving')
    },
  },
]
