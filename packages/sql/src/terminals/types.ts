import type { Scope } from '@f2f/core/http'

// The ports of `@f2f/terminal-auth`, member for member, so that nobody needs that package who has no tills.

/** Who a till is and what it may do: the `TerminalGrant` of `@f2f/terminal-auth`. */
export interface StoredGrant {
  readonly terminalId: string
  readonly storeId: string
  readonly operatorId?: string | undefined
  readonly merchantId?: string | undefined
  readonly scopes: readonly Scope[]
  readonly refundLimit?: string | undefined
}

/** Its `Invitation`. */
export interface StoredInvitation {
  readonly id: string
  readonly codeHash: string
  readonly grant: StoredGrant
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly attempts: number
}

/** Its `Jwk`, of a public key. */
export interface StoredKey {
  readonly kty?: string | undefined
  readonly crv?: string | undefined
  readonly x?: string | undefined
  readonly y?: string | undefined
}

/** Its `EnrolledTerminal`. */
export interface StoredTerminal {
  readonly grant: StoredGrant
  readonly publicKey: StoredKey
  readonly enrolledAt: Date
}

/** Its `EnrolmentStore`. */
export interface SqlEnrolmentStore {
  invite(invitation: StoredInvitation): Promise<boolean>
  attempt(id: string): Promise<StoredInvitation | undefined>
  redeem(id: string, terminal: StoredTerminal): Promise<boolean>
  find(terminalId: string): Promise<StoredTerminal | undefined>
  remove(terminalId: string): Promise<void>
}

/** Its `RevocationList`. */
export interface SqlRevocationList {
  isRevoked(token: { readonly tokenId: string; readonly terminalId: string; readonly issuedAt: Date }): Promise<boolean>
  revokeToken(tokenId: string, expiresAt: Date): Promise<void>
  revokeTerminal(terminalId: string, issuedBefore: Date): Promise<void>
}

/** Its `ReplayGuard`. */
export interface SqlReplayGuard {
  claim(key: string, value: string, until: Date): Promise<'first' | 'same' | 'other'>
}

/** What `enrolment` and `terminalAuth` of `@f2f/terminal-auth` keep, under the names of their options. */
export interface SqlTerminals {
  readonly store: SqlEnrolmentStore
  readonly revocation: SqlRevocationList
  readonly replay: SqlReplayGuard
  /** Every enrolled till, in the order of their terminal ids. */
  list(): Promise<readonly StoredTerminal[]>
}
