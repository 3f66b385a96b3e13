import type { Alipay } from '../client/alipay.ts'
import { F2fError } from '../errors.ts'

/** How one merchant of an ISV is called and recognised. */
export interface Merchant {
  readonly appAuthToken: string
  /** 2088…, which the merchant's notifications must name. */
  readonly sellerId?: string | undefined
}

/** Finds a merchant by id; undefined when there is none. */
export type Merchants = (merchantId: string) => Merchant | undefined | Promise<Merchant | undefined>

export interface MerchantClients {
  /** @throws F2fError `REQUEST_INVALID` for a merchant nobody knows */
  readonly clientOf: (merchantId: string | undefined) => Promise<Alipay>
  readonly expected: (merchantId: string | undefined) => Promise<Pick<Alipay, 'appId' | 'sellerId'>>
}

export const merchantClients = (alipay: Alipay, merchants: Merchants | undefined): MerchantClients => {
  const merchantOf = async (merchantId: string): Promise<Merchant> => {
    const merchant = await merchants?.(merchantId)
    if (merchant !== undefined) return merchant
    throw new F2fError('REQUEST_INVALID', `There is no merchant ${merchantId}.`, { details: { field: 'merchantId' } })
  }
  return {
    clientOf: async (merchantId) =>
      merchantId === undefined ? alipay : alipay.withAuth((await merchantOf(merchantId)).appAuthToken, merchantId),
    expected: async (merchantId) =>
      merchantId === undefined ? alipay : { appId: alipay.appId, sellerId: (await merchantOf(merchantId)).sellerId },
  }
}
