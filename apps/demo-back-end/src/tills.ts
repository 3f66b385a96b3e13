import type { Authenticate } from '@f2f/core/http'
import type { SqlStore } from '@f2f/sql'
import {
  type Enrolment,
  enrolment,
  generateSigningKey,
  type SigningKey,
  type TerminalIssuer,
  terminalAuth,
  terminalIssuer,
} from '@f2f/terminal-auth'

/** Who issues the tokens and who takes them: this back end is both. */
export const NAMES = { issuer: 'f2f-demo', audience: 'f2f-demo' } as const

/** Tills of a back end, enrolled in its database. */
export interface Tills {
  readonly authenticate: Authenticate
  readonly terminals: Enrolment
  readonly issuer: TerminalIssuer
}

/** @param key - undefined: a new one; tokens of an earlier process have then ended, and tills get their next one */
export const openTills = async (store: SqlStore, key: SigningKey | undefined): Promise<Tills> => {
  const registered = store.terminals()
  const { revocation, replay } = registered
  const issuer = terminalIssuer({ ...NAMES, keys: [key ?? (await generateSigningKey())], revocation })
  return {
    issuer,
    authenticate: terminalAuth({ ...NAMES, jwks: issuer.jwks(), revocation, replay }),
    terminals: enrolment({ issuer, ...registered }),
  }
}
