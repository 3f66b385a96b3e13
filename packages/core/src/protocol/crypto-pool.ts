/** How node:crypto tells the outcome of an operation. */
type Done<T> = (error: Error | null, value: T) => void

/**
 * Runs a callback-style operation of node:crypto on libuv's thread pool, when its turn comes.
 *
 * @param start - starts the operation, and calls `done` exactly once when it ends, unless it throws
 */
export type CryptoPool = <T>(start: (done: Done<T>) => void) => Promise<T>

const COMPACT_AFTER = 1024

/** First come, first served. */
const createQueue = () => {
  // What waits is `waiting[head..]`.
  let waiting: (() => void)[] = []
  let head = 0
  return {
    add(run: () => void): void {
      waiting.push(run)
    },
    next(): (() => void) | undefined {
      const run = waiting[head]
      if (run === undefined) return undefined
      head += 1
      if (head === COMPACT_AFTER || head === waiting.length) {
        waiting = waiting.slice(head)
        head = 0
      }
      return run
    },
  }
}

const DEFAULT_THREADS = 4

/** How many threads libuv works with; it reads the same variable when it first needs them. */
const threadCount = (): number => Number(process.env.UV_THREADPOOL_SIZE) || DEFAULT_THREADS

/**
 * @param perThread - how many operations are handed to each of libuv's threads at once: enough that none runs dry while
 * the event loop is busy with a turn; few enough that files and DNS of the same process are not stuck behind a thousand
 * signatures, and that what comes back in one turn does not hold up the event loop
 * @param threads - asked once, at the first operation
 */
export const createCryptoPool = (perThread: number, threads: () => number = threadCount): CryptoPool => {
  const queue = createQueue()
  let mostAtOnce: number | undefined
  let running = 0

  const release = (): void => {
    const next = queue.next()
    if (next === undefined) running -= 1
    else next()
  }

  return (start) =>
    new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        release()
        reject(error)
      }
      const run = (): void => {
        try {
          start((error, value) => {
            if (error !== null) return fail(error)
            release()
            resolve(value)
          })
        } catch (error) {
          fail(error)
        }
      }
      mostAtOnce ??= perThread * threads()
      if (running < mostAtOnce) {
        running += 1
        run()
      } else {
        queue.add(run)
      }
    })
}
