import type { Clock } from '@f2f/core'
import { type Session, unlessTaken, wrote } from '../session.ts'
import { forgetting, keyOf } from './forgetting.ts'
import type { SqlReplayGuard } from './types.ts'

interface ClaimRow {
  readonly key_hash: string
  readonly claimed_for: string
  readonly forget_at: number
}

export const sqlReplayGuard = ({ db, dialect, hot, using }: Session, clock: Clock): SqlReplayGuard => {
  const insert = hot.add(['key_hash', 'claimed_for', 'forget_at'], (row: ClaimRow) =>
    unlessTaken(db.insertInto('f2f_claims').values(row), dialect),
  )
  const find = hot.add(['key_hash'], ({ key_hash }: Pick<ClaimRow, 'key_hash'>) =>
    db.selectFrom('f2f_claims').select('claimed_for').where('key_hash', '=', key_hash).compile(),
  )
  const forget = forgetting(clock, (now) => db.deleteFrom('f2f_claims').where('forget_at', '<=', now).execute())

  const claim = async (row: ClaimRow): Promise<'first' | 'same' | 'other'> => {
    if (await wrote(db, insert(row))) return 'first'
    const [claimed] = (await db.executeQuery<Pick<ClaimRow, 'claimed_for'>>(find(row))).rows
    // Forgotten in between.
    if (claimed === undefined) return claim(row)
    return claimed.claimed_for === row.claimed_for ? 'same' : 'other'
  }

  return {
    claim: (key, value, until) =>
      using('claim what is used once', async () => {
        await forget()
        return claim({ key_hash: keyOf(key), claimed_for: value, forget_at: until.getTime() })
      }),
  }
}
