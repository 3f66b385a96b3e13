import { createHash } from 'node:crypto'
import { type Clock, F2fError, systemClock, type WakeupPlan, type Wakeups } from '@f2f/core'
import { DelayedError, type Job, type Queue, type Worker } from 'bullmq'
import { type BundleJob, backendOf, type QueueHome, type QueueJob, type WakeupJob } from './backend.ts'
import { Batch } from './batch.ts'

export type BullmqWakeupsOptions = QueueHome & {
  /** The queue's name, the same in every process. Default `f2f`. */
  readonly queue?: string
  /** Redis only: what the queue's keys begin with. Default BullMQ's own, `bull`. */
  readonly prefix?: string
  /** False in a process that only plans wake-ups and leaves the work to others. Default true. */
  readonly work?: boolean
  /** Payments this process looks after side by side. Default 64. */
  readonly concurrency?: number
  /**
   * How long a worker may be silent before its payments are given to others, ms. Default 30,000. A worker that was
   * killed delays its payments by up to twice this.
   */
  readonly lockDuration?: number
  /** Milliseconds before a payment that could not be looked after is tried again; doubles each time. Default 5,000. */
  readonly retryAfter?: number
  /** Told of errors of the connection; the queue reconnects by itself. Default: `process.emitWarning`. */
  readonly onProblem?: (error: Error) => void
  readonly clock?: Clock
}

/** Wake-ups in a queue. */
export interface BullmqWakeups extends Wakeups {
  /** Works no more; what is planned from now on is for the others. */
  stop(): Promise<void>
  /** A hundred go through the queue as one until the first of them is due: a start with very many is over soon. */
  scheduleMany(plans: readonly WakeupPlan[]): Promise<void>
  /**
   * How many wake-ups are planned, waiting for a worker, and being worked on; a hundred of `scheduleMany` count as one
   * until the first of them is due. Rejects when the queue is away.
   */
  health(): Promise<{ readonly planned: number; readonly waiting: number; readonly active: number }>
}

/** A wake-up that failed is tried again so many times, each after twice as long; then the sweep takes over. */
const ATTEMPTS = 8
/** Wake-ups handed to the queue in one call. */
const MOST_AT_ONCE = 500
/** Milliseconds after which a queue that has not answered is away. */
const ANSWER_WITHIN = 2_000
/** Wake-ups that travel as one job until the first of them is due. */
const BUNDLE = 100

const warn = (error: Error): void => process.emitWarning(error.message, { type: 'F2fWarning', code: 'F2F_QUEUE' })

const chunks = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))

const firstOf = (wakeups: BundleJob['wakeups']): number => Math.min(...wakeups.map(({ at }) => at))

/**
 * Wake-ups on BullMQ: any number of processes plan them and any number of workers act on them. The queue is only the
 * alarm clock; if it loses everything, the sweep of any cashier that has `recover`ed plans what is due anew.
 *
 * A payment's wake-up is named by its number and time, so planning the same again adds nothing. A plan that a newer
 * one has overtaken still fires; the machine then finds nothing due.
 *
 * @throws F2fError `CONFIG_INVALID`
 */
export const bullmqWakeups = (options: BullmqWakeupsOptions): BullmqWakeups => {
  const {
    queue: name = 'f2f',
    work = true,
    concurrency = 64,
    lockDuration = 30_000,
    retryAfter = 5_000,
    onProblem = warn,
    clock = systemClock,
  } = options
  if (name === '' || name.includes(':')) {
    throw new F2fError('CONFIG_INVALID', 'The queue name is empty or has a colon.', { details: { field: 'queue' } })
  }
  const prefix = options.prefix === undefined ? {} : { prefix: options.prefix }
  const backend = backendOf(options)
  const queue: Queue<QueueJob> = backend.queue(name, prefix)
  queue.on('error', onProblem)
  let worker: Worker<QueueJob> | undefined
  let stopped = false
  let closed = false

  /** Whether the queue can be asked at all. */
  const answers = (): Promise<boolean> =>
    new Promise((resolve) => {
      const cancelTimer = clock.setTimeout(() => resolve(false), ANSWER_WITHIN)
      const ended = (isThere: boolean) => (): void => {
        cancelTimer()
        resolve(isThere)
      }
      queue.getJobCounts('active').then(ended(true), ended(false))
    })

  /** BullMQ would wait for a queue that is away until it is back, and so would the process that wants to end. */
  let isAway: Promise<boolean> | undefined
  const stop = async (): Promise<void> => {
    stopped = true
    isAway ??= answers().then((isThere) => !isThere)
    await worker?.close(await isAway)
  }

  const jobAt = (data: QueueJob, at: number, jobId: string) => ({
    name: 'wake',
    data,
    opts: {
      jobId,
      delay: Math.max(0, at - clock.now()),
      removeOnComplete: true,
      removeOnFail: true,
      attempts: ATTEMPTS,
      backoff: { type: 'exponential', delay: retryAfter },
    },
  })
  const asJob = (wakeup: WakeupJob) => jobAt(wakeup, wakeup.at, `${wakeup.outTradeNo}@${wakeup.at}`)
  const asBundle = (wakeups: readonly WakeupJob[]) => {
    const digest = createHash('sha256').update(JSON.stringify(wakeups)).digest('base64url')
    return jobAt({ wakeups }, firstOf(wakeups), `bundle@${digest}`)
  }
  const add = async (wakeups: readonly WakeupJob[]): Promise<void> => {
    for (const some of chunks(wakeups, MOST_AT_ONCE)) await queue.addBulk(some.map(asJob))
  }
  const batch = new Batch<WakeupJob>(add)

  /** Two machines' clocks differ: a wake-up that is early here would be found not due, so it waits on. */
  const waitWhenEarly = async (job: Job<QueueJob>, at: number, token: string | undefined): Promise<void> => {
    if (clock.now() >= at) return
    await job.moveToDelayed(at, token)
    throw new DelayedError()
  }

  return {
    async schedule(outTradeNo, at) {
      if (!closed) await batch.add({ outTradeNo, at: at.getTime() })
    },

    async scheduleMany(plans) {
      if (closed) return
      const wakeups = plans.map(({ outTradeNo, at }) => ({ outTradeNo, at: at.getTime() }))
      if (wakeups.length <= BUNDLE) return void (await Promise.all(wakeups.map((wakeup) => batch.add(wakeup))))
      // What is due at about the same time travels together, so that little is unpacked long before its time.
      wakeups.sort((one, other) => one.at - other.at)
      await queue.addBulk(chunks(wakeups, BUNDLE).map(asBundle))
    },

    async start(advance) {
      if (!work || stopped || worker !== undefined) return
      const settings = { concurrency, lockDuration, stalledInterval: lockDuration, maxStalledCount: 1_000, ...prefix }
      worker = backend.worker(
        name,
        async (job, token) => {
          const { data } = job
          await waitWhenEarly(job, 'wakeups' in data ? firstOf(data.wakeups) : data.at, token)
          await ('wakeups' in data ? add(data.wakeups) : advance(data.outTradeNo))
        },
        settings,
      )
      worker.on('error', onProblem)
    },

    async health() {
      const counts = await queue.getJobCounts('delayed', 'waiting', 'prioritized', 'active')
      const of = (state: string): number => counts[state] ?? 0
      return { planned: of('delayed'), waiting: of('waiting') + of('prioritized'), active: of('active') }
    },

    stop,

    async close() {
      await stop()
      closed = true
      if (await isAway) return queue.backend.close(true)
      await batch.settled()
      await queue.close()
    },
  }
}
