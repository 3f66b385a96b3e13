export { type EnrolmentDesk, type EnrolmentDeskOptions, enrolmentDesk } from './enrolment/desk.ts'
export {
  type EnrolledToken,
  type Enrolment,
  type EnrolmentOptions,
  enrolment,
  type RefreshOptions,
} from './enrolment/enrolment.ts'
export type { Invited } from './enrolment/invitations.ts'
export { memoryEnrolmentStore } from './enrolment/memory-enrolment-store.ts'
export type { EnrolledTerminal, EnrolmentStore, Invitation } from './enrolment/store.ts'
export {
  type IssuedToken,
  type IssueOptions,
  type TerminalIssuer,
  type TerminalIssuerOptions,
  terminalIssuer,
} from './issuer.ts'
export type { Algorithm, Jwk, JwkSet } from './keys/jwk.ts'
export { generateSigningKey, type SigningKey } from './keys/signing-key.ts'
export type { RemoteKeysOptions } from './keys/verification-keys.ts'
export { memoryReplayGuard } from './ports/memory-replay-guard.ts'
export { memoryRevocationList } from './ports/memory-revocation-list.ts'
export type { Claim, ReplayGuard } from './ports/replay-guard.ts'
export type { RevocableToken, Revocation, RevocationList } from './ports/revocation.ts'
export type { KeylessRefunds } from './refund/refund-guard.ts'
export { type TerminalAuthOptions, terminalAuth } from './terminal-auth.ts'
export type { TerminalGrant } from './token/grant.ts'
