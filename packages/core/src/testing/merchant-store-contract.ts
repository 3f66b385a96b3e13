import type { AuthorisedMerchant, MerchantStore, OpenAuthorisation } from '../authorisation/merchant-store.ts'
import { assertEqual } from './assert.ts'
import type { ContractCase } from './store-contract.ts'

/** An empty merchant store to be tested. */
export interface MerchantStoreUnderTest {
  readonly store: MerchantStore
  /** Closes it and leaves nothing behind. */
  readonly close: () => Promise<void>
}

interface Rule {
  readonly name: string
  readonly check: (store: MerchantStore) => Promise<void>
}

const at = (second: number): Date => new Date(Date.UTC(2100, 0, 1, 0, 0, second, 123))

const merchantOf = (merchantId: string, over: Partial<AuthorisedMerchant> = {}): AuthorisedMerchant => ({
  merchantId,
  version: 1,
  appAuthToken: `token of ${merchantId}`,
  appRefreshToken: `refresh token of ${merchantId}`,
  sellerId: '2088000000000001',
  authAppId: '2021000000000001',
  authorisedAt: at(1),
  refreshBefore: at(50),
  ...over,
})

const openedOf = (stateHash: string, over: Partial<OpenAuthorisation> = {}): OpenAuthorisation => ({
  stateHash,
  merchantId: 'M1',
  openedAt: at(0),
  expiresAt: at(30),
  ...over,
})

const RULES: readonly Rule[] = [
  {
    name: 'MUST find a merchant as it was given',
    async check(store) {
      const bare = merchantOf('M2', { authAppId: undefined, refreshBefore: undefined })
      assertEqual(await store.put(merchantOf('M1'), 0), true, 'the first')
      assertEqual(await store.put(bare, 0), true, 'another')
      assertEqual(await store.find('M1'), merchantOf('M1'), 'the first')
      assertEqual(await store.find('M2'), bare, 'one without what may be missing')
    },
  },
  {
    name: 'MUST keep a merchant whose tokens are forgotten',
    async check(store) {
      const tokens = { appAuthToken: undefined, appRefreshToken: undefined, refreshBefore: undefined }
      const forgotten = merchantOf('M1', { ...tokens, version: 2 })
      await store.put(merchantOf('M1'), 0)
      assertEqual(await store.put(forgotten, 1), true, 'written')
      assertEqual(await store.find('M1'), forgotten, 'found')
    },
  },
  {
    name: 'MUST name those that can soon no longer be renewed, the soonest first',
    async check(store) {
      for (const [merchantId, second] of [
        ['late', 51],
        ['now', 50],
        ['soon', 49],
        ['over', 1],
      ] as const)
        await store.put(merchantOf(merchantId, { refreshBefore: at(second) }), 0)
      await store.put(merchantOf('never', { refreshBefore: undefined }), 0)
      assertEqual(await store.expiring(at(50)), ['over', 'soon'], 'before 50')
      assertEqual(await store.expiring(at(1)), [], 'before 1')
    },
  },
  {
    name: 'MUST tell merchants apart exactly, and find none that nobody gave',
    async check(store) {
      await store.put(merchantOf('M1'), 0)
      assertEqual(await store.find('m1'), undefined, 'm1')
      assertEqual(await store.find('M10'), undefined, 'M10')
    },
  },
  {
    name: 'MUST write only over the expected version',
    async check(store) {
      const next = merchantOf('M1', { version: 2, appAuthToken: 'next' })
      assertEqual(await store.put(next, 1), false, 'over nothing')
      assertEqual(await store.find('M1'), undefined, 'what was refused')
      await store.put(merchantOf('M1'), 0)
      assertEqual(await store.put(merchantOf('M1', { appAuthToken: 'x' }), 0), false, 'over one that is there')
      assertEqual(await store.put(next, 1), true, 'over the expected one')
      assertEqual(await store.put(merchantOf('M1', { version: 2 }), 1), false, 'over an old one')
      assertEqual(await store.find('M1'), next, 'what is kept')
    },
  },
  {
    name: 'MUST let one of many writers at once through',
    async check(store) {
      const tokens = Array.from({ length: 10 }, (_, index) => `token ${index}`)
      const written = await Promise.all(tokens.map((appAuthToken) => store.put(merchantOf('M1', { appAuthToken }), 0)))
      assertEqual(written.filter(Boolean).length, 1, 'writers let through')
      assertEqual((await store.find('M1'))?.appAuthToken, tokens[written.indexOf(true)], 'what is kept')
    },
  },
  {
    name: 'MUST give an open authorisation back as it was given, once',
    async check(store) {
      await store.open(openedOf('a'))
      await store.open(openedOf('b', { merchantId: 'M2' }))
      assertEqual(await store.take('a'), openedOf('a'), 'the first time')
      assertEqual(await store.take('a'), undefined, 'the second time')
      assertEqual(await store.take('B'), undefined, 'one nobody opened')
      assertEqual(await store.take('b'), openedOf('b', { merchantId: 'M2' }), 'the other')
    },
  },
  {
    name: 'MUST give an open authorisation to one of many who take it at once',
    async check(store) {
      await store.open(openedOf('a'))
      const taken = await Promise.all(Array.from({ length: 10 }, () => store.take('a')))
      assertEqual(taken.filter((each) => each !== undefined).length, 1, 'takers')
    },
  },
  {
    name: 'MUST keep an authorisation that has not ended when another is opened',
    async check(store) {
      await store.open(openedOf('ended'))
      await store.open(openedOf('lasts', { expiresAt: at(31) }))
      await store.open(openedOf('new', { openedAt: at(30), expiresAt: at(59) }))
      assertEqual((await store.take('lasts'))?.stateHash, 'lasts', 'the one that lasts')
    },
  },
]

/**
 * What every {@link MerchantStore} must do, as data for any test runner.
 *
 * @param factory - opens an empty one, once for each rule
 */
export const merchantStoreContract = (factory: () => Promise<MerchantStoreUnderTest>): readonly ContractCase[] =>
  RULES.map(({ name, check }, index) => ({
    id: `MS-${String(index + 1).padStart(2, '0')}`,
    name,
    async run() {
      const { store, close } = await factory()
      try {
        await check(store)
      } finally {
        await close()
      }
    },
  }))
