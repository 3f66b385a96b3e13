import type { Payment } from '../payment/payment.ts'
import type { PaymentStore } from '../store/payment-store.ts'
import { assertEqual } from './assert.ts'
import { at, changed, entered, fullPayment, newPayment, newRefund } from './store-contract-payments.ts'
import type { StoreRule } from './store-contract-rule.ts'

const listed = async (store: PaymentStore, outTradeNo: string): Promise<Payment | undefined> => {
  for await (const payment of store.list()) if (payment.outTradeNo === outTradeNo) return payment
  return undefined
}

/** Inserts it, and demands it back from `find` and from `list`, with the very same fields. */
const comesBack = async (store: PaymentStore, payment: Payment): Promise<void> => {
  await store.insert(payment)
  assertEqual(await store.find(payment.outTradeNo), payment, 'what find gives back')
  assertEqual(await listed(store, payment.outTradeNo), payment, 'what list gives back')
}

/** Writes it over a bare payment, and demands it back. */
const comesBackReplaced = async (store: PaymentStore, payment: Payment): Promise<void> => {
  await store.insert(newPayment(payment.outTradeNo, { version: payment.version - 1 }))
  assertEqual(await store.replace(payment, payment.version - 1), true, 'replace')
  assertEqual(await store.find(payment.outTradeNo), payment, 'what find gives back after replace')
}

const TEXTS: readonly string[] = [
  '',
  ' blanks around ',
  '星巴克咖啡，大杯（去冰）',
  '𠮷野家 👨‍👩‍👧‍👦 🇨🇳 é é',
  '🍵'.repeat(256),
  `it's "quoted" \\ with \\n, 100% and _wildcards_; -- ? $1 :name {}`,
  'line\nbreak\ttab\r\n and \u2028 and \u00a0',
  '2026-03-29T01:02:03.000Z',
  '{"at":"2026-03-29T01:02:03.000Z"}',
  'null',
  '0012',
]

/** Milliseconds since 1970 around every rounding a database might do, daylight-saving changes included. */
const INSTANTS: readonly number[] = [
  1,
  999,
  Date.UTC(2026, 2, 29, 0, 59, 59, 999),
  Date.UTC(2026, 2, 29, 1, 30, 0, 1),
  Date.UTC(2026, 9, 25, 0, 30, 0, 500),
  Date.UTC(2024, 1, 29, 23, 59, 59, 999),
  Date.UTC(2038, 0, 19, 3, 14, 8, 7),
  Date.UTC(2099, 11, 31, 15, 59, 59, 999),
]

/** Rules about giving back exactly what was written. */
export const ROUND_TRIP_RULES: readonly StoreRule[] = [
  {
    name: 'MUST give back every field of a payment, as inserted',
    check: (store) => comesBack(store, fullPayment('A1')),
  },
  {
    name: 'MUST give back every field of a payment, as replaced',
    check: (store) => comesBackReplaced(store, fullPayment('A1')),
  },
  {
    name: 'MUST give back absent fields as undefined, none left out',
    check: (store) => comesBack(store, newPayment('A1', { dueAt: undefined, nextAt: undefined, history: [] })),
  },
  {
    name: 'MUST forget what a change made absent',
    async check(store) {
      const full = fullPayment('A1')
      await store.insert(full)
      const { outTradeNo, version, ...cleared } = newPayment('A1', { dueAt: undefined, nextAt: undefined })
      const next = changed(full, cleared)
      await store.replace(next, full.version)
      assertEqual(await store.find(outTradeNo), next, `version ${version} without the optional fields`)
    },
  },
  {
    name: 'MUST keep instants to the millisecond',
    async check(store) {
      for (const [index, ms] of INSTANTS.entries()) {
        const instant = new Date(ms)
        const times = { createdAt: instant, updatedAt: instant, settledAt: instant, deadlineAt: instant }
        const more = { dueAt: instant, nextAt: instant, paidAt: instant }
        const history = [{ at: instant, status: 'paid', why: 'reply' }] as const
        await comesBack(store, newPayment(`A${index}`, { ...times, ...more, history }))
      }
    },
  },
  {
    name: 'MUST keep every text as it is: Chinese, emoji, quotes, line ends, texts that look like data',
    async check(store) {
      for (const [index, text] of TEXTS.entries()) {
        const problem = { code: text, subCode: text, message: text, at: at(1) }
        const texts = { subject: text, body: text, buyerLogonId: text, qrCode: text, operatorId: text, problem }
        const refunds = [newRefund(`R${index}`, { reason: text, operatorId: text, failure: problem })]
        const history = [{ at: at(0), status: 'paying', why: text }] as const
        const { at: _, ...failure } = problem
        await comesBack(
          store,
          newPayment(`A${index}`, { ...texts, failure, history, refunds: refunds.map((one) => ({ ...one, failure })) }),
        )
      }
    },
  },
  {
    name: 'MUST keep amounts to the fen',
    async check(store) {
      const amounts = ['0.01', '0.10', '1.00', '88.88', '9007199.25', '99999999.99', '100000000.00']
      for (const [index, amount] of amounts.entries()) {
        const all = { totalAmount: amount, receiptAmount: amount, buyerPayAmount: amount }
        await comesBack(
          store,
          newPayment(`A${index}`, { ...all, refunds: [newRefund('R1', { refundAmount: amount })] }),
        )
      }
    },
  },
  {
    name: 'MUST keep refunds through every change of theirs, in their order',
    async check(store) {
      let payment = newPayment('A1', { status: 'paid' })
      await store.insert(payment)
      const step = async (refunds: Payment['refunds'], what: string): Promise<void> => {
        const next = changed(payment, { refunds })
        assertEqual(await store.replace(next, payment.version), true, what)
        payment = next
        assertEqual(await store.find('A1'), payment, what)
      }
      const [first, second] = [newRefund('R_2'), newRefund('R_1', { reason: '退货' })]
      const done = { status: 'succeeded', settledAt: at(9_999), next: undefined, dueAt: undefined } as const
      await step([first], 'a refund is journalled')
      await step([first, second], 'a second one is journalled')
      await step([{ ...first, attempts: 1, next: 'ask' }, second], 'the first is unknown')
      await step([{ ...first, attempts: 1, ...done }, second], 'the first is done')
      await step(
        [
          { ...first, attempts: 1, ...done },
          { ...second, ...done, status: 'failed' },
        ],
        'the second failed',
      )
    },
  },
  {
    name: 'MUST let two payments use the same refund number',
    async check(store) {
      const payments = ['A1', 'A2'].map((number) => newPayment(number, { refunds: [newRefund('R1')] }))
      for (const payment of payments) await store.insert(payment)
      for (const payment of payments) assertEqual(await store.find(payment.outTradeNo), payment, payment.outTradeNo)
    },
  },
  {
    name: 'MUST keep the whole history in its order, lines of the same instant included',
    async check(store) {
      let payment = newPayment('A1')
      await store.insert(payment)
      for (const status of ['confirming', 'cancelling', 'closed', 'cancelling', 'reversed'] as const) {
        const next = entered(entered(payment, status, 'first'), status, 'again')
        const both = {
          ...next,
          version: payment.version + 1,
          history: next.history.map((one) => ({ ...one, at: at(0) })),
        }
        assertEqual(await store.replace(both, payment.version), true, `replace at ${status}`)
        payment = both
      }
      assertEqual((await store.find('A1'))?.history, payment.history, 'the history')
    },
  },
]
