import type { Clock } from '@f2f/core'
import { type Session, unlessTaken, wrote } from '../session.ts'
import { forgetting, keyOf } from './forgetting.ts'
import type { SqlRevocationList } from './types.ts'

/** ms for which a token that has ended may still pass, where clocks differ. */
const LONGEST_TOLERANCE = 300_000

interface Asked {
  readonly token_hash: string
  readonly terminal_id: string
  readonly issued_at: number
}

export const sqlRevocationList = ({ db, dialect, hot, using }: Session, clock: Clock): SqlRevocationList => {
  const find = hot.add(['token_hash', 'terminal_id', 'issued_at'], ({ token_hash, terminal_id, issued_at }: Asked) =>
    db
      .selectFrom('f2f_revoked_tokens')
      .select('token_hash as id')
      .where('token_hash', '=', token_hash)
      .unionAll(
        db
          .selectFrom('f2f_revoked_terminals')
          .select('terminal_id as id')
          .where('terminal_id', '=', terminal_id)
          .where('issued_before', '>', issued_at),
      )
      .compile(),
  )
  const forget = forgetting(clock, (now) => db.deleteFrom('f2f_revoked_tokens').where('forget_at', '<=', now).execute())

  return {
    isRevoked: ({ tokenId, terminalId, issuedAt }) =>
      using('tell what is revoked', async () => {
        const asked = { token_hash: keyOf(tokenId), terminal_id: terminalId, issued_at: issuedAt.getTime() }
        return (await db.executeQuery(find(asked))).rows.length > 0
      }),

    revokeToken: (tokenId, expiresAt) =>
      using('revoke a token', async () => {
        await forget()
        const row = { token_hash: keyOf(tokenId), forget_at: expiresAt.getTime() + LONGEST_TOLERANCE }
        await wrote(db, unlessTaken(db.insertInto('f2f_revoked_tokens').values(row), dialect))
      }),

    revokeTerminal: (terminalId, issuedBefore) =>
      using('revoke a terminal', async () => {
        const before = issuedBefore.getTime()
        const row = { terminal_id: terminalId, issued_before: before }
        if (await wrote(db, unlessTaken(db.insertInto('f2f_revoked_terminals').values(row), dialect))) return
        await db
          .updateTable('f2f_revoked_terminals')
          .set({ issued_before: before })
          .where('terminal_id', '=', terminalId)
          .where('issued_before', '<', before)
          .execute()
      }),
  }
}
