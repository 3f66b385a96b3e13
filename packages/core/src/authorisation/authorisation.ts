import { nodeCrypto } from '../built-ins.ts'
import type { Merchants } from '../cashier/merchants.ts'
import type { Alipay } from '../client/alipay.ts'
import { type Clock, systemClock } from '../clock.ts'
import { F2fError, isF2fError } from '../errors.ts'
import { type Granted, readGranted } from './granted.ts'
import type { AuthorisedMerchant, MerchantStore } from './merchant-store.ts'
import { pageAddress } from './page-address.ts'
import { readReturned } from './returned.ts'

export interface AuthorisationOptions {
  /** The client of the ISV's application. */
  readonly alipay: Pick<Alipay, 'appId' | 'appAuthToken'>
  readonly store: MerchantStore
  /** Where merchants come back to, as registered with Alipay: the address of `GET /authorisations/callback`. */
  readonly redirectUri: string
  /** As given to `createAlipay`. Default `'production'`. */
  readonly gateway?: 'production' | 'sandbox' | (string & {}) | undefined
  /** How long a merchant may take, ms. Default 3,600,000. */
  readonly stateTtl?: number | undefined
  /** Default: the machine's. */
  readonly clock?: Clock | undefined
  /** Random bytes; default those of `node:crypto`. */
  readonly random?: ((size: number) => Uint8Array) | undefined
}

/** What may be shown of an authorised merchant. */
export type MerchantView = Pick<
  AuthorisedMerchant,
  'merchantId' | 'sellerId' | 'authAppId' | 'authorisedAt' | 'refreshBefore'
>

/** What a round of renewals came to. */
export interface Renewals {
  readonly renewed: readonly MerchantView[]
  /** These keep their old tokens. Whom Alipay refuses must authorise again before `refreshBefore`. */
  readonly failed: readonly { readonly merchantId: string; readonly error: F2fError }[]
}

/** Gets, keeps and renews the tokens by which one application acts for several merchants. Source: protocol §10. */
export interface Authorisation {
  /**
   * Where to send a merchant so that it gives its leave; good once, and for this merchant only. Show it to nobody
   * else: whoever opens it decides which Alipay account the money of a new merchant goes to.
   *
   * @throws F2fError `REQUEST_INVALID` for the id, `STORE_*`
   */
  startUrl(start: { readonly merchantId: string }): Promise<string>
  /**
   * Takes a merchant that came back, exchanges its code, once, and keeps the token.
   *
   * @param returned - the address it came back to, or its query
   * @throws F2fError `REQUEST_INVALID`, `AUTHORISATION_STATE_INVALID`, `AUTHORISATION_REFUSED`,
   *   `AUTHORISATION_MISMATCH` when the merchant has been another Alipay account before; `UNKNOWN_*`, `REPLY_*`,
   *   `STORE_*`: the merchant must begin again
   */
  callback(returned: URL | URLSearchParams | string): Promise<MerchantView>
  /**
   * Renews a merchant's token. Calls at the same time are one. What fails leaves the old token as it is.
   *
   * @throws F2fError `REQUEST_INVALID` for an unknown merchant, `AUTHORISATION_REFUSED`, `AUTHORISATION_MISMATCH`,
   *   `UNKNOWN_*`, `REPLY_*`, `STORE_*`
   */
  refresh(merchantId: string): Promise<MerchantView>
  /**
   * Renews, one after the other, the tokens that could soon no longer be renewed. Once a day is enough; several
   * processes may do it.
   *
   * @param within - so soon, ms; default 2,592,000,000: 30 days
   * @throws F2fError `REQUEST_INVALID`, `STORE_*` when it cannot be told which they are
   */
  renewDue(within?: number): Promise<Renewals>
  /**
   * Forgets the tokens of a merchant that took back its leave; Alipay is not told. No call can be made for it from then
   * on, so let its payments settle before. Its id stays bound to its Alipay account, should it authorise again.
   *
   * @throws F2fError `REQUEST_INVALID` for an unknown merchant, `STORE_*`
   */
  forget(merchantId: string): Promise<void>
  /** For `createCashier({ merchants })`. */
  readonly merchants: Merchants
}

const DAY_MS = 86_400_000

const refuse = (code: 'CONFIG_INVALID' | 'REQUEST_INVALID', field: string, rule: string): F2fError =>
  new F2fError(code, `${field} ${rule}.`, { details: { field, rule } })

const noSuchMerchant = (): F2fError => refuse('REQUEST_INVALID', 'merchantId', 'is no authorised merchant')

const checkMerchantId = (merchantId: string): void => {
  if (typeof merchantId !== 'string' || !/^[!-~]{1,64}$/.test(merchantId))
    throw refuse('REQUEST_INVALID', 'merchantId', 'must be 1 to 64 ASCII characters without blanks')
}

const checkRedirect = (redirectUri: string): void => {
  const { protocol = '', hash = '' } = URL.canParse(redirectUri) ? new URL(redirectUri) : {}
  if (!/^https?:$/.test(protocol) || hash !== '')
    throw refuse('CONFIG_INVALID', 'redirectUri', 'must be an http or https address without a fragment')
}

const queryOf = (returned: URL | URLSearchParams | string): URLSearchParams => {
  if (returned instanceof URLSearchParams) return returned
  if (returned instanceof URL) return returned.searchParams
  return URL.canParse(returned) ? new URL(returned).searchParams : new URLSearchParams(returned)
}

const hashOf = (state: string): string => nodeCrypto().createHash('sha256').update(state).digest('base64url')

const viewOf = ({
  merchantId,
  sellerId,
  authAppId,
  authorisedAt,
  refreshBefore,
}: AuthorisedMerchant): MerchantView => ({
  merchantId,
  sellerId,
  authAppId,
  authorisedAt,
  refreshBefore,
})

/**
 * The authorisation flow of an ISV:
 *
 * ```ts
 * const authorisation = createAuthorisation({ alipay, store: memoryMerchantStore(), redirectUri })
 * const cashier = createCashier({ alipay, merchants: authorisation.merchants })
 * ```
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const createAuthorisation = (options: AuthorisationOptions): Authorisation => {
  const { alipay, store, redirectUri, gateway = 'production', stateTtl = 3_600_000 } = options
  const { clock = systemClock, random = nodeCrypto().randomBytes } = options
  const page = pageAddress(gateway)
  checkRedirect(redirectUri)
  if (!Number.isSafeInteger(stateTtl) || stateTtl < 1_000)
    throw refuse('CONFIG_INVALID', 'stateTtl', 'must be a whole number of at least 1000')
  const renewing = new Map<string, Promise<MerchantView>>()

  /** A merchant is one Alipay account for ever: trades of the old one could no longer be asked about with a new token. */
  const keep = async (merchantId: string, granted: Granted): Promise<MerchantView> => {
    for (;;) {
      const present = await store.find(merchantId)
      if (present !== undefined && present.sellerId !== granted.sellerId)
        throw new F2fError('AUTHORISATION_MISMATCH', `Merchant ${merchantId} is another Alipay account.`)
      const version = present?.version ?? 0
      const merchant: AuthorisedMerchant = { merchantId, version: version + 1, ...granted }
      if (await store.put(merchant, version)) return viewOf(merchant)
    }
  }

  /** @throws F2fError `REQUEST_INVALID` */
  const known = async (merchantId: string): Promise<AuthorisedMerchant> => {
    const present = await store.find(merchantId)
    if (present === undefined) throw noSuchMerchant()
    return present
  }

  const renew = async (merchantId: string): Promise<MerchantView> => {
    const { appRefreshToken: refresh_token, version, sellerId } = await known(merchantId)
    if (refresh_token === undefined) throw noSuchMerchant()
    const granted = readGranted(await alipay.appAuthToken({ grant_type: 'refresh_token', refresh_token }), clock.now())
    if (granted.sellerId !== sellerId)
      throw new F2fError('AUTHORISATION_MISMATCH', `The new token of ${merchantId} is for another Alipay account.`)
    const merchant: AuthorisedMerchant = { merchantId, version: version + 1, ...granted }
    if (await store.put(merchant, version)) return viewOf(merchant)
    // Another process renewed it, or the merchant authorised anew: theirs is the newer one.
    return viewOf((await store.find(merchantId)) ?? merchant)
  }

  const refresh = (merchantId: string): Promise<MerchantView> => {
    const under = renewing.get(merchantId) ?? renew(merchantId).finally(() => renewing.delete(merchantId))
    renewing.set(merchantId, under)
    return under
  }

  return {
    async startUrl({ merchantId }) {
      checkMerchantId(merchantId)
      const state = Buffer.from(random(32)).toString('base64url')
      const openedAt = new Date(clock.now())
      const expiresAt = new Date(openedAt.getTime() + stateTtl)
      await store.open({ stateHash: hashOf(state), merchantId, openedAt, expiresAt })
      const url = new URL(page)
      url.search = new URLSearchParams({ app_id: alipay.appId, redirect_uri: redirectUri, state }).toString()
      return url.href
    },

    async callback(returned) {
      const { state, appId, code } = readReturned(queryOf(returned))
      if (appId !== alipay.appId) throw refuse('REQUEST_INVALID', 'app_id', 'is another application')
      const opened = await store.take(hashOf(state))
      if (opened === undefined || clock.now() >= opened.expiresAt.getTime())
        throw new F2fError(
          'AUTHORISATION_STATE_INVALID',
          'The authorisation was never begun, is over, or took too long.',
        )
      const reply = await alipay.appAuthToken({ grant_type: 'authorization_code', code })
      return keep(opened.merchantId, readGranted(reply, clock.now()))
    },

    refresh,

    async renewDue(within = 30 * DAY_MS) {
      if (!Number.isSafeInteger(within) || within < 0)
        throw refuse('REQUEST_INVALID', 'within', 'must be a whole number of milliseconds')
      const renewed: MerchantView[] = []
      const failed: Renewals['failed'][number][] = []
      for (const merchantId of await store.expiring(new Date(clock.now() + within))) {
        try {
          renewed.push(await refresh(merchantId))
        } catch (error) {
          if (!isF2fError(error)) throw error
          failed.push({ merchantId, error })
        }
      }
      return { renewed, failed }
    },

    async forget(merchantId) {
      for (;;) {
        const { version, ...present } = await known(merchantId)
        const tokens = { appAuthToken: undefined, appRefreshToken: undefined, refreshBefore: undefined }
        if (await store.put({ ...present, ...tokens, version: version + 1 }, version)) return
      }
    },

    async merchants(merchantId) {
      const { appAuthToken, sellerId } = (await store.find(merchantId)) ?? {}
      return appAuthToken === undefined ? undefined : { appAuthToken, sellerId }
    },
  }
}
