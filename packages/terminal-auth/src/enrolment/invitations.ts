import { F2fError } from '@f2f/core'
import type { PublicKey } from '../keys/public-key.ts'
import type { TerminalGrant } from '../token/grant.ts'
import { formatCode, hashCode, matchesHash, newCode, parseCode } from './code.ts'
import type { EnrolledTerminal, EnrolmentStore, Invitation } from './store.ts'

/** Four characters give a million ids: that many collisions in a row mean that `random` is not random. */
const TRIES = 10

interface InvitingRules {
  readonly store: EnrolmentStore
  readonly random: (size: number) => Uint8Array
  /** ms */
  readonly ttl: number
}

interface RedeemingRules {
  readonly store: EnrolmentStore
  readonly maxAttempts: number
}

/** A code to be shown once, to whoever sets up the till. */
export interface Invited {
  /** Such as `7K3M-Q9ZD-4TXR-W2AB`. Only its hash is kept. */
  readonly code: string
  readonly expiresAt: Date
}

const refused = (): F2fError =>
  new F2fError('ENROLMENT_REFUSED', 'The code is wrong, used, expired, or was tried too often.')

/**
 * Keeps a new invitation and returns its code.
 *
 * @throws F2fError `CONFIG_INVALID` when `random` repeats itself, or what the store throws
 */
export const openInvitation = async (rules: InvitingRules, grant: TerminalGrant, now: number): Promise<Invited> => {
  const createdAt = new Date(now)
  const expiresAt = new Date(now + rules.ttl)
  for (let tries = 0; tries < TRIES; tries++) {
    const code = newCode(rules.random)
    const invitation = { id: code.id, codeHash: hashCode(code), grant, createdAt, expiresAt, attempts: 0 }
    if (await rules.store.invite(invitation)) return { code: formatCode(code), expiresAt }
  }
  throw new F2fError('CONFIG_INVALID', 'random gives the same bytes again and again.', { details: { field: 'random' } })
}

/**
 * Takes a code and registers the till's key for it. Every attempt counts, also one at the same time as another.
 *
 * @throws F2fError `ENROLMENT_REFUSED`, the same whatever is wrong, or what the store throws
 */
export const redeemInvitation = async (
  rules: RedeemingRules,
  typed: string,
  key: PublicKey,
  now: number,
): Promise<EnrolledTerminal> => {
  const code = parseCode(typed)
  if (code === undefined) throw refused()
  const invitation = await rules.store.attempt(code.id)
  const matches = matchesHash(code, invitation?.codeHash)
  if (invitation === undefined || !matches || !isOpen(invitation, rules.maxAttempts, now)) throw refused()
  const { grant } = invitation
  const present = await rules.store.find(grant.terminalId)
  // Both were invited before either was enrolled: the first keeps the terminal id.
  if (present !== undefined && present.grant.merchantId !== grant.merchantId) throw refused()
  const terminal = { grant, publicKey: key.jwk, enrolledAt: new Date(now) }
  if (!(await rules.store.redeem(code.id, terminal))) throw refused()
  return terminal
}

const isOpen = ({ attempts, expiresAt }: Invitation, maxAttempts: number, now: number): boolean =>
  attempts <= maxAttempts && now < expiresAt.getTime()
