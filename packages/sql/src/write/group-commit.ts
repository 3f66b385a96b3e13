import type { Kysely } from 'kysely'
import { nextTurn } from '../next-turn.ts'
import type { Tables } from '../schema/tables.ts'
import type { Atomically } from './transaction.ts'

type Work = (db: Kysely<Tables>) => Promise<unknown>

interface Job {
  readonly work: Work
  readonly resolve: (result: unknown) => void
  readonly reject: (error: unknown) => void
}

/** So many jobs in one transaction that the disk's part in each is small, and few enough to keep the process lively. */
const LARGEST = 200

/** Thrown by a job, as opposed to the transaction around it. */
class JobFailure {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }
}

const runTogether = (atomically: Atomically, jobs: readonly Job[]): Promise<unknown[]> =>
  atomically(async (connection) => {
    const results: unknown[] = []
    for (const { work } of jobs) {
      results.push(
        await work(connection).catch((error: unknown) => {
          throw new JobFailure(error)
        }),
      )
    }
    return results
  })

/** Commits the jobs together; when one of them fails, each by itself, so that it fails alone. */
const runJobs = async (atomically: Atomically, jobs: readonly Job[]): Promise<void> => {
  try {
    const results = await runTogether(atomically, jobs)
    jobs.forEach(({ resolve }, index) => {
      resolve(results[index])
    })
  } catch (failure) {
    if (failure instanceof JobFailure && jobs.length > 1) {
      for (const job of jobs) await runJobs(atomically, [job])
      return
    }
    const error = failure instanceof JobFailure ? failure.error : failure
    for (const { reject } of jobs) reject(error)
  }
}

/**
 * Commits what comes together in one turn of the event loop as one transaction: one flush to disk for all. Each work
 * resolves only when its transaction is committed, and sees what those before it wrote.
 */
export const groupCommit = (atomically: Atomically): Atomically => {
  const waiting: Job[] = []
  let running = false

  const pump = async (): Promise<void> => {
    running = true
    while (waiting.length > 0) {
      await nextTurn()
      await runJobs(atomically, waiting.splice(0, LARGEST))
    }
    running = false
  }

  return <T>(work: (db: Kysely<Tables>) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve: (result) => resolve(result as T), reject })
      if (!running) void pump()
    })
}
