/** What a revocation list is asked about. */
export interface RevocableToken {
  /** `jti` */
  readonly tokenId: string
  readonly terminalId: string
  /** Whole seconds. */
  readonly issuedAt: Date
}

/** Asked for every token. A rejection refuses the request: nothing is let in unasked. */
export interface Revocation {
  isRevoked(token: RevocableToken): boolean | Promise<boolean>
}

/** A revocation list that can be written to. Every method is durable when it resolves, and may be repeated. */
export interface RevocationList extends Revocation {
  /**
   * Ends one token.
   *
   * @param expiresAt - when the token ends anyway; five minutes later the entry may be forgotten
   */
  revokeToken(tokenId: string, expiresAt: Date): Promise<void>
  /**
   * Ends every token of a terminal that was issued before that time; later ones stay valid. A later call with an
   * earlier time takes nothing back.
   */
  revokeTerminal(terminalId: string, issuedBefore: Date): Promise<void>
}
