import type { AuthorisedMerchant, MerchantStore, OpenAuthorisation } from './merchant-store.ts'

/** Merchants in this process's memory: a restart forgets them, and each must authorise again. */
export const memoryMerchantStore = (): MerchantStore => {
  const opened = new Map<string, OpenAuthorisation>()
  const merchants = new Map<string, AuthorisedMerchant>()
  return {
    async open(authorisation) {
      for (const [hash, { expiresAt }] of opened) if (expiresAt <= authorisation.openedAt) opened.delete(hash)
      opened.set(authorisation.stateHash, authorisation)
    },

    async take(stateHash) {
      const found = opened.get(stateHash)
      opened.delete(stateHash)
      return found
    },

    async find(merchantId) {
      return merchants.get(merchantId)
    },

    async put(merchant, expectedVersion) {
      if ((merchants.get(merchant.merchantId)?.version ?? 0) !== expectedVersion) return false
      merchants.set(merchant.merchantId, merchant)
      return true
    },

    async expiring(before) {
      const last = ({ refreshBefore }: AuthorisedMerchant): number =>
        refreshBefore?.getTime() ?? Number.POSITIVE_INFINITY
      const due = [...merchants.values()].filter((merchant) => last(merchant) < before.getTime())
      return due.sort((a, b) => last(a) - last(b)).map(({ merchantId }) => merchantId)
    },
  }
}
