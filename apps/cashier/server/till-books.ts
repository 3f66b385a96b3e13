import type { Clock, PaymentStore } from '@f2f/core'
import {
  type EnrolmentStore,
  memoryEnrolmentStore,
  memoryReplayGuard,
  memoryRevocationList,
  type ReplayGuard,
  type RevocationList,
} from '@f2f/terminal-auth'

/** What is kept of tills: who is enrolled, which tokens were revoked, which proofs were used. */
interface TillBooks {
  readonly store: EnrolmentStore
  readonly revocation: RevocationList
  readonly replay: ReplayGuard
}

/** A store of `@f2f/sql`, as far as it is used here. */
interface TillKeeping {
  terminals(options: { readonly clock: Clock }): TillBooks
}

const keepsTills = (store: object): store is TillKeeping =>
  'terminals' in store && typeof store.terminals === 'function'

/** In the payments' own database when it can keep tills; otherwise in memory, for as long as this process lives. */
export const tillBooks = (store: PaymentStore | undefined, clock: Clock): TillBooks =>
  store !== undefined && keepsTills(store)
    ? store.terminals({ clock })
    : {
        store: memoryEnrolmentStore(),
        revocation: memoryRevocationList(clock),
        replay: memoryReplayGuard(clock),
      }
