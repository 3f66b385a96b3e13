import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema/tables.ts'
import { type Session, unlessTaken, wrote } from '../session.ts'
import { invitationRow, readInvitation, readTerminal, terminalRow } from './rows.ts'
import type { SqlEnrolmentStore, StoredTerminal } from './types.ts'

const deleteInvitation = (db: Kysely<Tables>, id: string) =>
  db.deleteFrom('f2f_invitations').where('id', '=', id).compile()

export const sqlEnrolmentStore = ({ db, dialect, atomically, using }: Session): SqlEnrolmentStore => {
  const putTerminal = (connection: Kysely<Tables>, terminal: StoredTerminal) => {
    const { terminal_id, ...values } = terminalRow(terminal)
    const query = connection.insertInto('f2f_terminals').values({ terminal_id, ...values })
    return dialect === 'mysql'
      ? query.onDuplicateKeyUpdate(values)
      : query.onConflict((on) => on.column('terminal_id').doUpdateSet(values))
  }

  return {
    invite: (invitation) =>
      using('keep an invitation', async () => {
        await db.deleteFrom('f2f_invitations').where('expires_at', '<=', invitation.createdAt.getTime()).execute()
        return wrote(db, unlessTaken(db.insertInto('f2f_invitations').values(invitationRow(invitation)), dialect))
      }),

    attempt: (id) =>
      using('count an attempt', () =>
        atomically(async (connection) => {
          const counted = connection
            .updateTable('f2f_invitations')
            .set({ attempts: sql<number>`attempts + 1` })
            .where('id', '=', id)
          if (!(await wrote(connection, counted.compile()))) return undefined
          const query = connection.selectFrom('f2f_invitations').selectAll().where('id', '=', id)
          return readInvitation(await query.executeTakeFirstOrThrow())
        }),
      ),

    redeem: (id, terminal) =>
      using('enrol a terminal', () =>
        atomically(async (connection) => {
          if (!(await wrote(connection, deleteInvitation(connection, id)))) return false
          await putTerminal(connection, terminal).execute()
          return true
        }),
      ),

    find: (terminalId) =>
      using('find a terminal', async () => {
        const query = db.selectFrom('f2f_terminals').selectAll().where('terminal_id', '=', terminalId)
        const row = await query.executeTakeFirst()
        return row && readTerminal(row)
      }),

    remove: (terminalId) =>
      using('remove a terminal', () =>
        atomically(async (connection) => {
          await connection.deleteFrom('f2f_terminals').where('terminal_id', '=', terminalId).execute()
          await connection.deleteFrom('f2f_invitations').where('terminal_id', '=', terminalId).execute()
        }),
      ),
  }
}
