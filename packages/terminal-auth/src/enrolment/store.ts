import type { Jwk } from '../keys/jwk.ts'
import type { TerminalGrant } from '../token/grant.ts'

/** A code that was shown and waits for its till. The code itself is nowhere. */
export interface Invitation {
  /** The first four characters of the code. */
  readonly id: string
  /** SHA-256 of the code, base64url. */
  readonly codeHash: string
  readonly grant: TerminalGrant
  readonly createdAt: Date
  readonly expiresAt: Date
  /** How often somebody tried a code with this id. */
  readonly attempts: number
}

/** A till with its own key. */
export interface EnrolledTerminal {
  readonly grant: TerminalGrant
  /** `kty`, `crv`, `x`, and `y` for P-256. */
  readonly publicKey: Jwk
  readonly enrolledAt: Date
}

/** Where invitations and tills are kept. Every change is durable when its method resolves. */
export interface EnrolmentStore {
  /** Keeps an invitation. False when its id belongs to one that lasts beyond the new one's `createdAt`. */
  invite(invitation: Invitation): Promise<boolean>
  /** Counts one attempt and returns the invitation with the new count, in one step: no attempt is lost. */
  attempt(id: string): Promise<Invitation | undefined>
  /**
   * Takes the invitation away and keeps the till in place of any earlier one with its terminal id, in one step. False,
   * and nothing changed, when the invitation is gone: of two calls at once only one is true.
   */
  redeem(id: string, terminal: EnrolledTerminal): Promise<boolean>
  /** The till with that terminal id. */
  find(terminalId: string): Promise<EnrolledTerminal | undefined>
  /** Forgets the till and its invitations; nothing happens when there are none. */
  remove(terminalId: string): Promise<void>
}
