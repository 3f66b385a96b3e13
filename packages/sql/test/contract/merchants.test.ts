import { randomBytes } from 'node:crypto'
import type { AuthorisedMerchant } from '@f2f/core'
import { merchantStoreContract } from '@f2f/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SqlMerchantsOptions, type SqlStore, sqliteStore } from '../../src/index.ts'
import { KINDS, type TestDatabase } from '../support/databases.ts'

const KEY = randomBytes(32).toString('base64')
const OTHER = randomBytes(32)

const merchantOf = (merchantId: string, version = 1): AuthorisedMerchant => ({
  merchantId,
  version,
  appAuthToken: '202601BBtoken',
  appRefreshToken: '202601BBrefresh',
  sellerId: '2088000000000001',
  authAppId: undefined,
  authorisedAt: new Date(0),
  refreshBefore: undefined,
})

describe.each(KINDS)('merchants in %s', (_name, make) => {
  let database: TestDatabase
  let store: SqlStore
  beforeAll(async () => {
    database = await make()
    store = database.open()
    await store.migrate()
  })
  afterAll(async () => {
    await store.close()
    await database.drop()
  })

  const fresh = async (options?: SqlMerchantsOptions) => {
    for (const table of ['f2f_merchants', 'f2f_authorisations']) await database.run(`delete from ${table}`)
    return store.merchants(options)
  }

  const stored = async (): Promise<string> =>
    String((await database.run('select tokens from f2f_merchants'))[0]?.tokens)

  describe.each([
    ['as they are', undefined],
    ['with a key', { encryptionKey: KEY }],
  ])('keep the contract, tokens stored %s', (_, options) => {
    const cases = merchantStoreContract(async () => ({ store: await fresh(options), close: async () => undefined }))
    for (const { id, name, run } of cases) test(`${id} ${name}`, run)
  })

  test('cannot be read without the key, nor twice the same', async () => {
    const merchants = await fresh({ encryptionKey: KEY })
    await merchants.put(merchantOf('M1'), 0)
    const first = await stored()
    expect(first).toMatch(/^gcm:[\w-]+$/)
    expect(Buffer.from(first.slice(4), 'base64url').toString('latin1')).not.toContain('202601BB')
    await merchants.put(merchantOf('M1', 2), 1)
    expect(await stored()).not.toBe(first)
    for (const encryptionKey of [[], OTHER]) {
      await expect(store.merchants({ encryptionKey }).find('M1')).rejects.toMatchObject({ code: 'STORE_UNDECRYPTABLE' })
    }
  })

  test('change their key one write at a time', async () => {
    await (await fresh({ encryptionKey: KEY })).put(merchantOf('M1'), 0)
    const both = store.merchants({ encryptionKey: [OTHER, KEY] })
    expect(await both.find('M1')).toEqual(merchantOf('M1'))
    await both.put(merchantOf('M1', 2), 1)
    expect(await store.merchants({ encryptionKey: OTHER }).find('M1')).toEqual(merchantOf('M1', 2))
  })

  test("refuse tokens that were changed, were put into another's row, or were never sealed", async () => {
    const merchants = await fresh({ encryptionKey: KEY })
    await merchants.put(merchantOf('M1'), 0)
    const undecryptable = { code: 'STORE_UNDECRYPTABLE', retryable: false, moneyMayHaveMoved: false }
    const sealed = await stored()
    const changed = sealed.slice(0, 40) + (sealed[40] === 'A' ? 'B' : 'A') + sealed.slice(41)
    await database.run("update f2f_merchants set merchant_id = 'M2'")
    await expect(merchants.find('M2')).rejects.toMatchObject(undecryptable)
    await database.run("update f2f_merchants set merchant_id = 'M1', seller_id = '2088000000000666'")
    await expect(merchants.find('M1')).rejects.toMatchObject(undecryptable)
    await database.run("update f2f_merchants set seller_id = '2088000000000001'")
    for (const spoilt of [changed, sealed.slice(0, 30), 'gcm:', 'raw:{"appAuthToken":"mine"}']) {
      await database.run(`update f2f_merchants set tokens = '${spoilt}'`)
      await expect(merchants.find('M1'), spoilt).rejects.toMatchObject(undecryptable)
    }
    await database.run(`update f2f_merchants set tokens = '${sealed}'`)
    expect(await merchants.find('M1')).toEqual(merchantOf('M1'))
  })

  test('forget authorisations that have ended', async () => {
    const merchants = await fresh()
    const opened = { merchantId: 'M1', openedAt: new Date(0), expiresAt: new Date(10) }
    await merchants.open({ ...opened, stateHash: 'a' })
    await merchants.open({ ...opened, stateHash: 'b', openedAt: new Date(10), expiresAt: new Date(20) })
    expect(await merchants.take('a')).toBeUndefined()
  })
})

test.each([['short'], [randomBytes(16).toString('base64')], [randomBytes(31)], [`${KEY} `]])(
  'a key that is none is refused, and not repeated',
  async (encryptionKey) => {
    const store = sqliteStore(':memory:')
    expect(() => store.merchants({ encryptionKey })).toThrow(
      /^encryptionKey must be 32 bytes, or 32 bytes in base64\. Correct/,
    )
    await store.close()
  },
)
