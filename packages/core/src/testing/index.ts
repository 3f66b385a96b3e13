export {
  type HttpBillPlan,
  type HttpContractOptions,
  type HttpPlan,
  type HttpUnderTest,
  httpContract,
  type TerminalsUnderTest,
  type TillUnderTest,
} from './http-contract.ts'
export { type HttpShop, type HttpShopOptions, httpShop } from './http-shop.ts'
export { type MerchantStoreUnderTest, merchantStoreContract } from './merchant-store-contract.ts'
export { type SignNotifyOptions, type SignReplyOptions, signNotify, signReply } from './sign.ts'
export { SimulatedClock } from './simulated-clock.ts'
export { type ContractCase, type StoreDifferences, type StoreUnderTest, storeContract } from './store-contract.ts'
export { type WakeupsContractOptions, type WakeupsUnderTest, wakeupsContract } from './wakeups-contract.ts'
