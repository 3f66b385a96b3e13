import type { Payment } from '../payment/payment.ts'
import type { PaymentFilter, PaymentStore } from '../store/payment-store.ts'
import { assert, assertEqual } from './assert.ts'
import { at, changed, newPayment } from './store-contract-payments.ts'
import type { StoreRule } from './store-contract-rule.ts'

const collect = async (store: PaymentStore, filter?: PaymentFilter): Promise<Payment[]> => {
  const found: Payment[] = []
  for await (const payment of store.list(filter)) found.push(payment)
  return found
}

const numbers = async (store: PaymentStore, filter?: PaymentFilter): Promise<string[]> =>
  (await collect(store, filter)).map(({ outTradeNo }) => outTradeNo)

const put = async (store: PaymentStore, payments: Readonly<Record<string, Partial<Payment>>>): Promise<void> => {
  for (const [outTradeNo, patch] of Object.entries(payments)) await store.insert(newPayment(outTradeNo, patch))
}

/** So many that no store reads them in one go, with runs of the same instant across every page border. */
const putMany = async (store: PaymentStore, count: number): Promise<string[]> => {
  const make = (index: number): Payment =>
    newPayment(`A${String(index).padStart(5, '0')}`, { createdAt: at(Math.floor(index / 700)) })
  const payments = Array.from({ length: count }, (_, index) => make(index))
  for (let start = 0; start < count; start += 200) {
    await Promise.all(payments.slice(start, start + 200).map((payment) => store.insert(payment)))
  }
  return payments.map(({ outTradeNo }) => outTradeNo).reverse()
}

const page = async (store: PaymentStore, size: number, after: Payment | undefined): Promise<Payment[]> =>
  collect(store, { limit: size, after })

/** Rules about `list`. */
export const LIST_RULES: readonly StoreRule[] = [
  {
    name: 'MUST list nothing from an empty store',
    async check(store) {
      assertEqual(await numbers(store), [], 'list')
    },
  },
  {
    name: 'MUST list newest first, and by descending number within one instant',
    async check(store) {
      await put(store, { A2: { createdAt: at(1) }, A9: { createdAt: at(0) }, B1: { createdAt: at(2) } })
      await put(store, { A3: { createdAt: at(1) }, A1: { createdAt: at(1) }, a0: { createdAt: at(1) } })
      assertEqual(await numbers(store), ['B1', 'a0', 'A3', 'A2', 'A1', 'A9'], 'list')
      assertEqual(await numbers(store, {}), ['B1', 'a0', 'A3', 'A2', 'A1', 'A9'], 'list without conditions')
    },
  },
  {
    name: 'MUST list from `from` on and before `to`',
    async check(store) {
      await put(store, { A1: { createdAt: at(1) }, A2: { createdAt: at(2) }, A3: { createdAt: at(3) } })
      assertEqual(await numbers(store, { from: at(2) }), ['A3', 'A2'], 'from')
      assertEqual(await numbers(store, { to: at(2) }), ['A1'], 'to')
      assertEqual(await numbers(store, { from: at(2), to: at(3) }), ['A2'], 'from and to')
      assertEqual(await numbers(store, { from: at(3), to: at(3) }), [], 'an empty stretch')
    },
  },
  {
    name: 'MUST list one store or one merchant, exactly',
    async check(store) {
      await put(store, { A1: { storeId: 'S1', merchantId: 'M1' }, A2: { storeId: 's1', merchantId: 'm1' } })
      await put(store, { A3: { storeId: 'S1', merchantId: 'M2' }, A4: {}, A5: { storeId: 'S_', merchantId: 'M_' } })
      assertEqual(await numbers(store, { storeId: 'S1' }), ['A3', 'A1'], 'storeId')
      assertEqual(await numbers(store, { storeId: 'S_' }), ['A5'], 'storeId with _')
      assertEqual(await numbers(store, { merchantId: 'M1' }), ['A1'], 'merchantId')
      assertEqual(await numbers(store, { merchantId: 'none' }), [], 'a merchant without payments')
    },
  },
  {
    name: 'MUST list one status or several',
    async check(store) {
      await put(store, { A1: { status: 'paid' }, A2: { status: 'failed' }, A3: { status: 'reversed' } })
      assertEqual(await numbers(store, { status: 'paid' }), ['A1'], 'one status')
      assertEqual(await numbers(store, { status: ['failed', 'paid'] }), ['A2', 'A1'], 'two')
      assertEqual(await numbers(store, { status: [] }), [], 'none')
    },
  },
  {
    name: 'MUST list what is unfinished, or what is finished',
    async check(store) {
      await put(store, { A1: { status: 'paid', dueAt: at(1) }, A2: { status: 'paid', dueAt: undefined }, A3: {} })
      assertEqual(await numbers(store, { unfinished: true }), ['A3', 'A1'], 'unfinished')
      assertEqual(await numbers(store, { unfinished: false }), ['A2'], 'finished')
      await store.replace(changed(newPayment('A3'), { dueAt: undefined }), 1)
      assertEqual(await numbers(store, { unfinished: true }), ['A1'], 'unfinished after one was finished')
    },
  },
  {
    name: 'MUST demand every given condition, and none given as undefined',
    async check(store) {
      const wanted = { createdAt: at(5), storeId: 'S1', merchantId: 'M1', status: 'paid', dueAt: at(9) } as const
      await put(store, { A1: wanted, A2: { ...wanted, createdAt: at(6) }, A3: { ...wanted, storeId: 'S2' } })
      await put(store, { A4: { ...wanted, merchantId: 'M2' }, A5: { ...wanted, status: 'closed' } })
      await put(store, { A6: { ...wanted, dueAt: undefined } })
      const exact = {
        from: at(5),
        to: at(6),
        storeId: 'S1',
        merchantId: 'M1',
        status: 'paid',
        unfinished: true,
      } as const
      assertEqual(await numbers(store, exact), ['A1'], 'all conditions')
      const absent = { from: undefined, to: undefined, storeId: undefined, merchantId: undefined, status: undefined }
      const all = await numbers(store, { ...absent, unfinished: undefined, after: undefined, limit: undefined })
      assertEqual(all.length, 6, 'no condition')
    },
  },
  {
    name: 'MUST list at most `limit`',
    async check(store) {
      await put(store, { A1: {}, A2: {}, A3: {} })
      assertEqual(await numbers(store, { limit: 2 }), ['A3', 'A2'], 'limit 2')
      assertEqual(await numbers(store, { limit: 99 }), ['A3', 'A2', 'A1'], 'limit 99')
      assertEqual(await numbers(store, { limit: 0 }), [], 'limit 0')
    },
  },
  {
    name: 'MUST go on after the last payment of a page, without gap or repetition, also within one instant',
    async check(store) {
      const expected = await putMany(store, 25)
      const seen: string[] = []
      let last: Payment | undefined
      for (let next = await page(store, 4, last); next.length > 0; next = await page(store, 4, last)) {
        seen.push(...next.map(({ outTradeNo }) => outTradeNo))
        last = next.at(-1)
      }
      assertEqual(seen, expected, 'the pages')
    },
  },
  {
    name: 'MUST page by position, so that a payment that came or left since does no harm',
    async check(store) {
      await put(store, { A1: { createdAt: at(1) }, A3: { createdAt: at(3) }, A5: { createdAt: at(5) } })
      const gone = { createdAt: at(4), outTradeNo: 'never journalled' }
      assertEqual(await numbers(store, { after: gone }), ['A3', 'A1'], 'after a payment that is not there')
      await put(store, { A9: { createdAt: at(9) } })
      assertEqual(await numbers(store, { after: { createdAt: at(3), outTradeNo: 'A3' } }), ['A1'], 'after A3')
      assertEqual(await numbers(store, { after: gone, storeId: 'S1' }), [], 'after, with a condition')
    },
  },
  {
    name: 'MUST stream thousands of payments in order while other calls go on',
    async check(store) {
      const expected = await putMany(store, 2_000)
      const seen: string[] = []
      for await (const payment of store.list({ from: at(0) })) {
        seen.push(payment.outTradeNo)
        if (seen.length % 500 === 0) {
          assert(await store.replace(changed(payment, { needsAttention: true }), 1), 'a change in the middle of a list')
        }
      }
      assertEqual(seen, expected, 'the list')
    },
  },
  {
    name: 'MUST hold nothing up while lists stand still half read or are left',
    async check(store) {
      await putMany(store, 30)
      const open = Array.from({ length: 40 }, () => store.list()[Symbol.asyncIterator]())
      const first = await Promise.all(open.map((iterator) => iterator.next()))
      assertEqual(new Set(first.map(({ value }) => value?.outTradeNo)), new Set(['A00029']), 'the first of each list')
      assertEqual((await store.insert(newPayment('B1'))).inserted, true, 'insert beside 40 half-read lists')
      await Promise.all(open.map((iterator) => iterator.return?.()))
      for await (const payment of store.list()) {
        assert(payment.outTradeNo !== '', 'a payment without number')
        break
      }
      assertEqual((await store.find('B1'))?.outTradeNo, 'B1', 'find after lists were left')
    },
  },
]
