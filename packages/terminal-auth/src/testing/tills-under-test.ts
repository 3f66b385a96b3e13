import { type Clock, systemClock } from '@f2f/core'
import type { TerminalsUnderTest } from '@f2f/core/testing'
import type { Enrolment } from '../enrolment/enrolment.ts'
import { signRefreshProof } from '../till/proofs.ts'
import { generateTillKey } from '../till/till-key.ts'
import type { TerminalGrant } from '../token/grant.ts'

export interface TillsUnderTestOptions {
  /** The `issuer` of the token issuer. */
  readonly issuer: string
  /** The one that `enrolment` has. */
  readonly clock?: Clock | undefined
}

/** The store is what a till must have and other callers need not. */
const grantOf = ({ storeId = '', ...grant }: Parameters<TerminalsUnderTest['invite']>[0]): TerminalGrant => ({
  ...grant,
  storeId,
})

/**
 * The `terminals` of a back end that `httpContract(…, { terminals: true })` tests, with real keys and proofs:
 *
 * ```ts
 * return { ...shop.mountedAt(url, close), terminals: tillsUnderTest(tills, { issuer }) }
 * ```
 */
export const tillsUnderTest = (
  tills: Pick<Enrolment, 'invite'>,
  { issuer, clock = systemClock }: TillsUnderTestOptions,
): TerminalsUnderTest => ({
  invite: async (grant) => (await tills.invite(grantOf(grant))).code,
  async newTill(terminalId) {
    const key = await generateTillKey()
    return {
      publicKey: key.publicKey,
      proof: () => signRefreshProof(key, { terminalId, issuer, now: clock.now() }),
    }
  },
})
