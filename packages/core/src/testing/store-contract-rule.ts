import type { PaymentStore } from '../store/payment-store.ts'

/** An empty store to be tested, and what else can be done with it. */
export interface StoreUnderTest {
  readonly store: PaymentStore
  /** Opens the same payments a second time, as another process would, while `store` stays open. */
  readonly another?: () => Promise<PaymentStore>
  /** Closes every handle and opens the same payments again, as after a restart. */
  readonly reopen?: () => Promise<PaymentStore>
  /** Closes every handle and leaves nothing behind. */
  readonly close: () => Promise<void>
}

/** One rule: what it says and how it is checked. */
export interface StoreRule {
  readonly name: string
  readonly check: (store: PaymentStore, opened: StoreUnderTest) => Promise<void>
  readonly needs?: 'another' | 'reopen' | 'subscribe'
}

/** Opens a further handle, which the store under test must offer. */
export const openBy = (opened: StoreUnderTest, need: 'another' | 'reopen'): Promise<PaymentStore> => {
  const open = opened[need]
  if (open === undefined) throw new Error(`The factory gives no \`${need}\`: give it, or declare the difference.`)
  return open()
}
