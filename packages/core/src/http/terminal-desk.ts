import type { Scope } from './principal.ts'

/** Which till a token is for, and what the till may do with it. */
export interface TerminalIdentity {
  readonly terminalId: string
  readonly storeId?: string | undefined
  readonly operatorId?: string | undefined
  readonly merchantId?: string | undefined
  readonly scopes: readonly Scope[]
  /** Yuan, such as `'200.00'`. */
  readonly refundLimit?: string | undefined
}

/** A token that has just been made for a till. */
export interface TerminalToken {
  /** Whoever has it is the till until it ends: never log it. */
  readonly token: string
  readonly expiresAt: Date
  readonly grant: TerminalIdentity
}

/**
 * Where tills get their tokens. `enrolment()` of `@f2f/terminal-auth` is one.
 *
 * A refusal is an `F2fError` whose status is 401 or 403; too many of them are answered 429 without asking the desk.
 */
export interface TerminalDesk {
  /**
   * Turns a one-time code into the till's first token.
   *
   * @param publicKey - the till's own public key as a JWK, as it came; the desk checks it
   */
  enrol(code: string, publicKey: object): Promise<TerminalToken>
  /**
   * The till's next token.
   *
   * @param proof - signed with the till's key, good once
   */
  refresh(proof: string): Promise<TerminalToken>
}
