import { driverCode, isContention } from './failure.ts'
import { nextTurn } from './next-turn.ts'

/** Every transaction is over in milliseconds, so a few further tries outlast any knot of them. */
const CONTENTION_TRIES = 10

const isBusy = (error: unknown): boolean => driverCode(error)?.startsWith('SQLITE_BUSY') === true

/**
 * Does `work`, again when the database gave up on it for the sake of another transaction, and lets others have their
 * turn in between: the other transaction may be this very process's.
 *
 * @param busyTries - how often a SQLite file that another connection is writing to is tried
 */
export const retried = async <T>(work: () => Promise<T>, busyTries: number): Promise<T> => {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const most = isBusy(error) ? busyTries : isContention(error) ? CONTENTION_TRIES : 0
      if (tries >= most) throw error
    }
    await nextTurn()
  }
}
