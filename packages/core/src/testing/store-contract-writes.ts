import { assert, assertEqual } from './assert.ts'
import { changed, entered, newPayment } from './store-contract-payments.ts'
import type { StoreRule } from './store-contract-rule.ts'

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Rules about `insert`, `find` and `replace`. */
export const WRITE_RULES: readonly StoreRule[] = [
  {
    name: 'MUST journal a payment and find it again',
    async check(store) {
      const payment = newPayment('A1')
      assertEqual(await store.insert(payment), { inserted: true, payment }, 'insert says what it journalled')
      assertEqual(await store.find('A1'), payment, 'find gives what was journalled')
    },
  },
  {
    name: 'MUST find nothing under a number nobody journalled',
    async check(store) {
      await store.insert(newPayment('A1'))
      assertEqual(await store.find('A2'), undefined, 'find of an unknown number')
    },
  },
  {
    name: 'MUST write nothing on a second insert and return what is there, changes included',
    async check(store) {
      const first = newPayment('A1', { subject: 'first' })
      await store.insert(first)
      const second = newPayment('A1', { subject: 'second' })
      assertEqual(await store.insert(second), { inserted: false, payment: first }, 'the second insert')
      const paid = entered(first, 'paid', 'query')
      await store.replace(paid, 1)
      assertEqual(await store.insert(second), { inserted: false, payment: paid }, 'an insert after a change')
      assertEqual(await store.find('A1'), paid, 'find afterwards')
    },
  },
  {
    name: 'MUST let exactly one of twenty simultaneous inserts win, and tell all of them the winner',
    async check(store) {
      const results = await Promise.all(
        many(20, (index) => store.insert(newPayment('A1', { subject: `from till ${index}` }))),
      )
      const [winner, ...others] = results.filter(({ inserted }) => inserted)
      assert(winner !== undefined && others.length === 0, `${others.length + 1} of 20 inserts say they inserted`)
      for (const { payment } of results) assertEqual(payment, winner.payment, 'what an insert returns')
    },
  },
  {
    name: 'MUST replace a payment whose version is the expected one',
    async check(store) {
      const first = newPayment('A1')
      await store.insert(first)
      const paid = entered(first, 'paid', 'reply')
      assertEqual(await store.replace(paid, 1), true, 'replace says')
      assertEqual(await store.find('A1'), paid, 'find afterwards')
    },
  },
  {
    name: 'MUST write nothing when the version is another, older or newer',
    async check(store) {
      const second = changed(newPayment('A1'), {})
      await store.insert(second)
      const next = changed(second, { subject: 'must not be seen' })
      for (const wrong of [0, 1, 3]) assertEqual(await store.replace(next, wrong), false, `replace expecting ${wrong}`)
      assertEqual(await store.find('A1'), second, 'find afterwards')
    },
  },
  {
    name: 'MUST write nothing when there is no such payment',
    async check(store) {
      assertEqual(await store.replace(changed(newPayment('A1'), {}), 1), false, 'replace says')
      assertEqual(await store.find('A1'), undefined, 'find afterwards')
    },
  },
  {
    name: 'MUST let exactly one of fifty racing replaces win',
    async check(store) {
      const first = newPayment('A1')
      await store.insert(first)
      const candidates = many(50, (index) => entered(first, 'confirming', `worker ${index}`))
      const won = await Promise.all(candidates.map((candidate) => store.replace(candidate, 1)))
      assertEqual(won.filter(Boolean).length, 1, 'replaces that say they wrote')
      assertEqual(await store.find('A1'), candidates[won.indexOf(true)], 'the stored payment is the winner')
    },
  },
  {
    name: 'MUST keep every change when writers retry after a lost race',
    async check(store) {
      const first = newPayment('A1')
      await store.insert(first)
      const increment = async (): Promise<void> => {
        for (;;) {
          const seen = await store.find('A1')
          assert(seen !== undefined, 'the payment vanished')
          if (await store.replace(changed(seen, { rechecks: seen.rechecks + 1 }), seen.version)) return
        }
      }
      await Promise.all(many(8, increment))
      const { rechecks, version } = (await store.find('A1')) ?? {}
      assertEqual({ rechecks, version }, { rechecks: 8, version: 9 }, 'eight increments')
    },
  },
  {
    name: 'MUST keep payments apart when many are written at once',
    async check(store) {
      const payments = many(40, (index) => newPayment(`A${index}`, { totalAmount: `${index}.01` }))
      await Promise.all(payments.map((payment) => store.insert(payment)))
      const paid = payments.map((payment) => entered(payment, 'paid', payment.outTradeNo))
      await Promise.all(paid.map((payment) => store.replace(payment, 1)))
      for (const payment of paid) assertEqual(await store.find(payment.outTradeNo), payment, payment.outTradeNo)
    },
  },
  {
    name: 'MUST tell numbers apart that differ in case only',
    async check(store) {
      const lower = newPayment('a1', { subject: 'lower' })
      const upper = newPayment('A1', { subject: 'upper' })
      await store.insert(lower)
      assertEqual(await store.find('A1'), undefined, 'find of A1 while only a1 is there')
      assertEqual(await store.insert(upper), { inserted: true, payment: upper }, 'insert of A1 beside a1')
      await store.replace(entered(upper, 'paid', 'reply'), 1)
      assertEqual(await store.find('a1'), lower, 'a1 after A1 changed')
    },
  },
  {
    name: 'MUST take numbers of 64 characters and treat `_` as a letter',
    async check(store) {
      const long = 'x'.repeat(63)
      const numbers = [`${long}1`, `${long}2`, 'a_c', 'abc', '_', '0', '00', '1e3', '1000']
      for (const number of numbers) {
        assertEqual((await store.insert(newPayment(number))).inserted, true, `insert of ${number}`)
      }
      for (const number of numbers) assertEqual((await store.find(number))?.outTradeNo, number, `find of ${number}`)
    },
  },
]
