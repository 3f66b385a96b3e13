import { randomBytes } from 'node:crypto'
import { systemClock } from '../clock.ts'
import { F2fError } from '../errors.ts'
import type { Principal, TerminalDesk, TerminalIdentity, TerminalToken } from '../http/index.ts'
import type { TerminalsUnderTest } from './http-contract-rule.ts'

/** ms */
const LASTS = 600_000

const random = (): string => randomBytes(12).toString('base64url')

/** In the shape of a signed one: a JWT whose issuer is the till. */
const proofOf = (terminalId: string): string =>
  ['', JSON.stringify({ iss: terminalId, jti: random() }), '']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

const issuerOf = (proof: string): string => {
  const [, claims] = /^\.([\w-]+)\.$/.exec(proof) ?? []
  return claims === undefined ? '' : (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string }).iss
}

/** A desk for tests of what is in front of it: its codes work once, its proofs are signed by nobody. */
export const shopDesk = (
  tokenFor: (principal: Principal) => string,
): { readonly desk: TerminalDesk; readonly terminals: TerminalsUnderTest } => {
  const invited = new Map<string, TerminalIdentity>()
  const enrolled = new Map<string, TerminalIdentity>()
  const spent = new Set<string>()

  const issue = (grant: TerminalIdentity): TerminalToken => {
    return { token: tokenFor(grant), expiresAt: new Date(systemClock.now() + LASTS), grant }
  }

  const desk: TerminalDesk = {
    async enrol(code, publicKey) {
      if (!('kty' in publicKey))
        throw new F2fError('REQUEST_INVALID', 'publicKey must be a JWK.', { details: { field: 'publicKey' } })
      const grant = invited.get(code)
      if (grant === undefined) throw new F2fError('ENROLMENT_REFUSED', 'The code is wrong.')
      invited.delete(code)
      enrolled.set(grant.terminalId, grant)
      return issue(grant)
    },
    async refresh(proof) {
      const grant = enrolled.get(issuerOf(proof))
      if (grant === undefined || spent.has(proof)) throw new F2fError('AUTH_INVALID', 'Not a proof.')
      spent.add(proof)
      return issue(grant)
    },
  }

  return {
    desk,
    terminals: {
      async invite(grant) {
        const code = random()
        invited.set(code, grant)
        return code
      },
      async newTill(terminalId) {
        const publicKey = { kty: 'OKP', crv: 'Ed25519', x: random() }
        return { publicKey, proof: async () => proofOf(terminalId) }
      },
    },
  }
}
