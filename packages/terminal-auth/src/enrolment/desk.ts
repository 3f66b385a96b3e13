import { randomBytes } from 'node:crypto'
import { type Clock, F2fError, systemClock } from '@f2f/core'
import { duration, seconds } from '../options.ts'
import type { RevocationList } from '../ports/revocation.ts'
import { checkGrant, type TerminalGrant } from '../token/grant.ts'
import { type Invited, openInvitation } from './invitations.ts'
import type { EnrolmentStore } from './store.ts'

export interface EnrolmentDeskOptions {
  readonly store: EnrolmentStore
  /** The one that `terminalAuth` asks. */
  readonly revocation: RevocationList
  readonly clock?: Clock | undefined
  /** Random bytes; default those of `node:crypto`. */
  readonly random?: ((size: number) => Uint8Array) | undefined
  /** How long a code can be used, ms; default 600,000. */
  readonly ttl?: number | undefined
}

/** What a back office does about tills: no key of the issuer is needed for it. */
export interface EnrolmentDesk {
  /**
   * Makes a one-time code for a till, to be shown to whoever sets it up. A till that is enrolled already keeps working
   * until the code is used.
   *
   * @throws F2fError `REQUEST_INVALID` for the grant; `AUTH_FORBIDDEN` when the terminal id is another merchant's
   */
  invite(grant: TerminalGrant): Promise<Invited>
  /**
   * Ends the till: its key, its invitations and every token issued until now. It can be enrolled again from the next
   * second on. May be repeated.
   */
  revoke(terminalId: string): Promise<void>
}

/** Tokens are dated in whole seconds. */
const endOfSecond = (now: number): Date => new Date((seconds(now) + 1) * 1_000)

/**
 * Invites and revokes tills in the store that a back end's `enrolment` works on, also from another process.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const enrolmentDesk = (options: EnrolmentDeskOptions): EnrolmentDesk => {
  const { store, revocation, clock = systemClock, random = randomBytes } = options
  const rules = { store, random, ttl: duration('ttl', options.ttl ?? 600_000, 1_000) }

  return {
    async invite(wanted) {
      const grant = checkGrant(wanted)
      const present = await store.find(grant.terminalId)
      if (present !== undefined && present.grant.merchantId !== grant.merchantId)
        throw new F2fError('AUTH_FORBIDDEN', "The terminal id is another merchant's.")
      return openInvitation(rules, grant, clock.now())
    },

    async revoke(terminalId) {
      await store.remove(terminalId)
      await revocation.revokeTerminal(terminalId, endOfSecond(clock.now()))
    },
  }
}
