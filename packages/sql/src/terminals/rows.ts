import type { Selectable } from 'kysely'
import { readInstant } from '../rows/values.ts'
import type { InvitationTable, TerminalTable } from '../schema/tables.ts'
import type { StoredGrant, StoredInvitation, StoredKey, StoredTerminal } from './types.ts'

const readGrant = (json: string): StoredGrant => {
  const { terminalId, storeId, operatorId, merchantId, scopes, refundLimit } = JSON.parse(json) as StoredGrant
  return { terminalId, storeId, operatorId, merchantId, scopes, refundLimit }
}

export const invitationRow = ({ id, codeHash, grant, createdAt, expiresAt, attempts }: StoredInvitation) => ({
  id,
  terminal_id: grant.terminalId,
  code_hash: codeHash,
  grant_json: JSON.stringify(grant),
  created_at: createdAt.getTime(),
  expires_at: expiresAt.getTime(),
  attempts,
})

export const readInvitation = (row: Selectable<InvitationTable>): StoredInvitation => ({
  id: row.id,
  codeHash: row.code_hash,
  grant: readGrant(row.grant_json),
  createdAt: readInstant(row.created_at),
  expiresAt: readInstant(row.expires_at),
  attempts: Number(row.attempts),
})

export const terminalRow = ({ grant, publicKey, enrolledAt }: StoredTerminal) => ({
  terminal_id: grant.terminalId,
  grant_json: JSON.stringify(grant),
  public_key: JSON.stringify(publicKey),
  enrolled_at: enrolledAt.getTime(),
})

export const readTerminal = (row: Selectable<TerminalTable>): StoredTerminal => ({
  grant: readGrant(row.grant_json),
  publicKey: JSON.parse(row.public_key) as StoredKey,
  enrolledAt: readInstant(row.enrolled_at),
})
