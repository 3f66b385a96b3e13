import { describe, expect, test } from 'vitest'
import type { Payment } from '../../src/payment/payment.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import type { PaymentFilter, PaymentStore } from '../../src/store/payment-store.ts'
import { storeContract } from '../../src/testing/store-contract.ts'

const ALONE = { forgets: 'memory', alone: 'memory' }

/** The ids of the rules that a store breaks. */
const broken = async (spoil: (store: PaymentStore) => Partial<PaymentStore>): Promise<string[]> => {
  const factory = async () => {
    const store = memoryStore()
    return { store: { ...store, ...spoil(store) }, close: async () => undefined }
  }
  const ids: string[] = []
  for (const { id, run } of storeContract(factory, ALONE)) await run().catch(() => ids.push(id))
  return ids
}

const listing = (change: (filter: PaymentFilter) => PaymentFilter) => (store: PaymentStore) => ({
  list: (filter: PaymentFilter = {}) => store.list(change(filter)),
})

const finding = (change: (payment: Payment) => Payment) => (store: PaymentStore) => ({
  async find(outTradeNo: string) {
    const payment = await store.find(outTradeNo)
    return payment === undefined ? undefined : change(payment)
  },
})

const wholeSeconds = (date: Date): Date => new Date(Math.floor(date.getTime() / 1_000) * 1_000)

/** Stores with one fault each, and a rule that must notice it. */
const FAULTS: Readonly<Record<string, readonly [noticedBy: string, (store: PaymentStore) => Partial<PaymentStore>]>> = {
  'says a second insert inserted': [
    'ST-03',
    (store) => ({ insert: async (payment) => ({ ...(await store.insert(payment)), inserted: true }) }),
  ],
  'returns what was given, not what is there': [
    'ST-03',
    (store) => ({ insert: async (payment) => ({ ...(await store.insert(payment)), payment }) }),
  ],
  'looks before it inserts': [
    'ST-04',
    (store) => ({
      async insert(payment) {
        const present = await store.find(payment.outTradeNo)
        await Promise.resolve()
        if (present !== undefined) return { inserted: false, payment: present }
        await store.insert(payment)
        return { inserted: true, payment }
      },
    }),
  ],
  'replaces whatever the version': [
    'ST-06',
    (store) => ({
      async replace(next) {
        const present = await store.find(next.outTradeNo)
        return present !== undefined && store.replace(next, present.version)
      },
    }),
  ],
  'says it replaced when it did not': [
    'ST-07',
    (store) => ({ replace: async (next, version) => (await store.replace(next, version)) || true }),
  ],
  'compares, then sets': [
    'ST-08',
    (store) => ({
      async replace(next, version) {
        const present = await store.find(next.outTradeNo)
        await Promise.resolve()
        if (present?.version !== version) return false
        for (;;) {
          const now = await store.find(next.outTradeNo)
          if (now !== undefined && (await store.replace(next, now.version))) return true
        }
      },
    }),
  ],
  'takes A1 for a1': [
    'ST-11',
    (store) => ({
      insert: (payment) => store.insert({ ...payment, outTradeNo: payment.outTradeNo.toUpperCase() }),
      find: (outTradeNo) => store.find(outTradeNo.toUpperCase()),
    }),
  ],
  'loses milliseconds': ['ST-25', finding((payment) => ({ ...payment, updatedAt: wholeSeconds(payment.updatedAt) }))],
  'loses what is beyond the basic plane': [
    'ST-26',
    finding((payment) => ({ ...payment, subject: payment.subject.replace(/[\u{10000}-\u{10ffff}]/gu, '?') })),
  ],
  'counts amounts as floating point': [
    'ST-27',
    finding((payment) => ({ ...payment, totalAmount: Math.fround(Number(payment.totalAmount)).toFixed(2) })),
  ],
  'forgets refunds that have ended': [
    'ST-28',
    finding((payment) => ({ ...payment, refunds: payment.refunds.filter(({ status }) => status === 'pending') })),
  ],
  'sorts the history': [
    'ST-30',
    finding((payment) => ({ ...payment, history: [...payment.history].sort((a, b) => (a.why < b.why ? -1 : 1)) })),
  ],
  'leaves absent fields out': ['ST-23', finding((payment) => JSON.parse(JSON.stringify(payment)))],
  'counts due without the instant itself': [
    'ST-42',
    (store) => ({ due: (before, limit) => store.due(new Date(before.getTime() - 1), limit) }),
  ],
  'ignores the limit of due': ['ST-43', (store) => ({ due: (before) => store.due(before, 1_000) })],
  'names the newest due first': [
    'ST-41',
    (store) => ({ due: async (before, limit) => [...(await store.due(before, limit))].reverse() }),
  ],
  'counts to as included': [
    'ST-53',
    listing((filter) => ({ ...filter, to: filter.to && new Date(filter.to.getTime() + 1) })),
  ],
  'ignores the store': ['ST-54', listing((filter) => ({ ...filter, storeId: undefined }))],
  'takes no status for any status': [
    'ST-55',
    listing((filter) => ({ ...filter, status: filter.status?.length === 0 ? undefined : filter.status })),
  ],
  'lists what is finished as unfinished': ['ST-56', listing((filter) => ({ ...filter, unfinished: undefined }))],
  'ignores the limit of a list': ['ST-58', listing((filter) => ({ ...filter, limit: undefined }))],
  'pages by instant alone': [
    'ST-59',
    listing((filter) => ({ ...filter, after: filter.after && { ...filter.after, outTradeNo: '' } })),
  ],
  'tells subscribers of lost races': [
    'ST-74',
    (store) => {
      let tell: (payment: Payment) => void = () => undefined
      return {
        subscribe(changed) {
          tell = changed
          return () => undefined
        },
        replace(next, version) {
          tell(next)
          return store.replace(next, version)
        },
      }
    },
  ],
}

describe('storeContract', () => {
  for (const [fault, [noticedBy, spoil]] of Object.entries(FAULTS)) {
    test(`${noticedBy} notices a store that ${fault}`, async () => {
      expect(await broken(spoil)).toContain(noticedBy)
    })
  }

  test('finds nothing wrong with a store that is right', async () => {
    expect(await broken(() => ({}))).toEqual([])
  })

  test('gives every rule an id of its own', () => {
    const ids = storeContract(async () => ({ store: memoryStore(), close: async () => undefined })).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('leaves out the rules about declared differences, and no other', () => {
    const factory = async () => ({ store: memoryStore(), close: async () => undefined })
    const all = storeContract(factory).map(({ id }) => id)
    const fewer = storeContract(factory, { ...ALONE, silent: 'none' }).map(({ id }) => id)
    expect(all.filter((id) => !fewer.includes(id))).toEqual(['ST-71', 'ST-72', 'ST-73', 'ST-74'])
  })

  test('names what a factory lacks when the difference is not declared', async () => {
    const rules = storeContract(async () => ({ store: memoryStore(), close: async () => undefined }))
    await expect(rules.find(({ id }) => id === 'ST-71')?.run()).rejects.toThrow('The factory gives no `reopen`')
  })

  test('closes the store whether or not it kept the rule', async () => {
    let open = 0
    const rules = storeContract(async () => {
      open++
      const store = { ...memoryStore(), find: async () => undefined }
      return { store, close: async () => void open-- }
    }, ALONE)
    for (const { run } of rules) await run().catch(() => undefined)
    expect(open).toBe(0)
  })

  test('says what was expected and what was there', async () => {
    const rules = storeContract(async () => {
      const store = { ...memoryStore(), find: async () => undefined }
      return { store, close: async () => undefined }
    }, ALONE)
    await expect(rules[0]?.run()).rejects.toThrow(
      /find gives what was journalled\nexpected: \{[\s\S]*actual: {3}undefined/,
    )
  })
})
