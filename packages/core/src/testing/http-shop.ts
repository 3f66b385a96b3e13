import { generateKeyPairSync, type KeyObject, randomInt } from 'node:crypto'
import { createAuthorisation } from '../authorisation/authorisation.ts'
import { memoryMerchantStore } from '../authorisation/memory-merchant-store.ts'
import { type Cashier, createCashier } from '../cashier/cashier.ts'
import { type Alipay, createAlipay } from '../client/alipay.ts'
import type { Authenticate, AuthorisationDesk, Principal, ReconciliationDesk, TerminalDesk } from '../http/index.ts'
import type { Policy } from '../payment/policy.ts'
import type { PaymentStore } from '../store/payment-store.ts'
import { BILL_DAYS, billDesk } from './bill-days.ts'
import type { HttpUnderTest } from './http-contract-rule.ts'
import { shopDesk } from './http-shop-desk.ts'
import { signNotify } from './sign.ts'
import { PLAN_CODES, WellBehavedAlipay } from './well-behaved-alipay.ts'

const APP_ID = '2021000000000001'

/** Keys of a shop and of its Alipay, made once for each process. */
interface Keys {
  readonly app: KeyObject
  readonly alipay: KeyObject
  readonly alipayPublic: KeyObject
}

let keys: Keys | undefined

const makeKeys = (): Keys => {
  const pair = (): { privateKey: KeyObject; publicKey: KeyObject } =>
    generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { privateKey: alipay, publicKey: alipayPublic } = pair()
  return { app: pair().privateKey, alipay, alipayPublic }
}

const tokenFor = ({ scopes, ...principal }: Principal): string =>
  Buffer.from(JSON.stringify({ ...principal, scopes: [...scopes] })).toString('base64url')

const headersFor = (principal: Principal): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${tokenFor(principal)}`,
})

/** Believes every token: it is the principal itself, in base64url. */
const authenticate: Authenticate = (request) => {
  const [, token] = /^Bearer ([\w-]+)$/.exec(request.headers.get('authorization') ?? '') ?? []
  return token === undefined ? undefined : (JSON.parse(Buffer.from(token, 'base64url').toString()) as Principal)
}

/** The query with which a merchant comes back that was sent to `url` and agreed. */
const agreed = (url: string): string => {
  const { searchParams } = new URL(url)
  return new URLSearchParams({
    app_id: searchParams.get('app_id') ?? '',
    source: 'alipay_app_auth',
    app_auth_code: `P${randomInt(10 ** 14)}`,
    state: searchParams.get('state') ?? '',
  }).toString()
}

export interface HttpShopOptions {
  readonly store?: PaymentStore
  readonly policy?: Partial<Policy>
}

/** Everything behind an HTTP API, for a test that mounts it. */
export interface HttpShop {
  readonly cashier: Cashier
  readonly alipay: Alipay
  readonly authenticate: Authenticate
  readonly terminals: TerminalDesk
  readonly reconciliations: ReconciliationDesk
  readonly authorisations: AuthorisationDesk
  /**
   * What `httpContract` tests, once the API is mounted.
   *
   * @param url - where it is mounted, without a slash at the end
   * @param close - takes it down
   */
  mountedAt(url: string, close: () => Promise<void>): HttpUnderTest
}

/**
 * A shop with an Alipay in memory that never fails, for tests of what is in front of it:
 *
 * ```ts
 * const shop = httpShop()
 * const server = http.createServer(toNodeListener(createHandler(shop)))
 * ```
 */
export const httpShop = ({ store, policy }: HttpShopOptions = {}): HttpShop => {
  keys ??= makeKeys()
  const { app, alipay: alipayKey, alipayPublic } = keys
  const alipay = createAlipay({
    appId: APP_ID,
    privateKey: app,
    alipayPublicKey: alipayPublic,
    gateway: 'https://gateway.test/gateway.do',
    transport: new WellBehavedAlipay(alipayKey).transport,
  })
  const cashier = createCashier({
    alipay,
    ...(store === undefined ? {} : { store }),
    policy: { firstQueryAfter: 200, pollEvery: 200, ...policy },
  })
  const { desk, terminals } = shopDesk(tokenFor)
  return {
    cashier,
    alipay,
    authenticate,
    terminals: desk,
    reconciliations: billDesk(),
    authorisations: createAuthorisation({
      alipay,
      store: memoryMerchantStore(),
      redirectUri: 'https://office.test/authorisations/callback',
    }),
    mountedAt: (url, close) => ({
      url,
      appId: APP_ID,
      headersFor,
      terminals,
      paymentCode: (plan) => `28${String(randomInt(10 ** 14)).padStart(14, '0')}${PLAN_CODES[plan]}`,
      agreed,
      billDay: (plan) => BILL_DAYS[plan],
      signNotify: (params) => signNotify(params, alipayKey),
      async close() {
        await close()
        await cashier.close()
      },
    }),
  }
}
