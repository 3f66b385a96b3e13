import { enrolFields, refreshFields } from '../bodies.ts'
import { json } from '../call.ts'
import { readFields } from '../fields.ts'
import { GuessLimit } from '../guess-limit.ts'
import { readJson } from '../json-body.ts'
import type { Route, Shop } from '../route.ts'
import { checkFunction } from '../settings.ts'
import type { TerminalDesk, TerminalIdentity, TerminalToken } from '../terminal-desk.ts'

/** A till's token as clients see it. */
export interface TerminalTokenView extends TerminalIdentity {
  readonly token: string
  readonly expiresAt: string
}

const tokenView = ({ grant, token, expiresAt }: TerminalToken): TerminalTokenView => {
  const { terminalId, storeId, operatorId, merchantId, scopes, refundLimit } = grant
  const identity = { terminalId, storeId, operatorId, merchantId, scopes, refundLimit }
  return { ...identity, token, expiresAt: expiresAt.toISOString() }
}

/**
 * Whose proof it says it is; nothing of it is verified. Each till has its own limit, so that who sends rubbish under
 * one name keeps no other till from its token.
 */
const claimedBy = (proof: string): string => {
  try {
    const { iss } = JSON.parse(Buffer.from(proof.split('.')[1] ?? '', 'base64url').toString()) as { iss?: unknown }
    return typeof iss === 'string' ? iss.slice(0, 64) : ''
  } catch {
    return ''
  }
}

/** POST /terminals and POST /terminals/token, when there is a desk */
export const terminalRoutes = ({ clock, maxBodyBytes }: Shop, desk: TerminalDesk | undefined): readonly Route[] => {
  if (desk === undefined) return []
  checkFunction('terminals.enrol', desk.enrol)
  checkFunction('terminals.refresh', desk.refresh)
  const codes = new GuessLimit(clock)
  const proofs = new GuessLimit(clock)
  return [
    {
      operation: 'enrolTerminal',
      method: 'POST',
      path: '/terminals',
      scopes: [],
      async handle({ call }) {
        const { code, publicKey } = readFields(await readJson(call, maxBodyBytes), enrolFields)
        return json(201, tokenView(await codes.attempt('', () => desk.enrol(code, publicKey))))
      },
    },
    {
      operation: 'refreshTerminal',
      method: 'POST',
      path: '/terminals/token',
      scopes: [],
      async handle({ call }) {
        const { proof } = readFields(await readJson(call, maxBodyBytes), refreshFields)
        return json(200, tokenView(await proofs.attempt(claimedBy(proof), () => desk.refresh(proof))))
      },
    },
  ]
}
