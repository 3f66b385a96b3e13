import {
  type ConnectionOptions,
  createPostgresBackend,
  createRedisBackend,
  type PostgresConnectionOptions,
  type Processor,
  type Queue,
  type QueueOptions,
  type Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq'

/** One planned wake-up, as it travels through the queue. `at`: ms since 1970. */
export interface WakeupJob {
  readonly outTradeNo: string
  readonly at: number
}

/** Many wake-ups that were planned in one piece; falls due with the first of them. */
export interface BundleJob {
  readonly wakeups: readonly WakeupJob[]
}

export type QueueJob = WakeupJob | BundleJob

/** Where the queue lives. */
export type QueueHome =
  | {
      /** Redis: an address, BullMQ connection options, or a client of your own. */ readonly redis:
        | string
        | ConnectionOptions
    }
  | {
      /**
       * PostgreSQL: an address, pool options (with `schema`, and `migrate: true` for the one process that prepares the
       * schema first), or a pool of your own.
       */
      readonly postgres: PostgresConnectionOptions
    }

/** The two halves of BullMQ, bound to one backend. */
export interface Backend {
  queue(name: string, options: Omit<QueueOptions, 'connection'>): Queue<QueueJob>
  worker(name: string, processor: Processor<QueueJob>, options: Omit<WorkerOptions, 'connection'>): Worker<QueueJob>
}

export const backendOf = (home: QueueHome): Backend => {
  if ('postgres' in home) {
    const { Queue, Worker } = withBackend(createPostgresBackend)
    const connection = home.postgres
    return {
      queue: (name, options) => new Queue<QueueJob>(name, { ...options, connection }) as unknown as Queue<QueueJob>,
      worker: (name, processor, options) =>
        new Worker<QueueJob>(name, processor, { ...options, connection }) as unknown as Worker<QueueJob>,
    }
  }
  const { Queue, Worker } = withBackend(createRedisBackend)
  const connection = typeof home.redis === 'string' ? { url: home.redis } : home.redis
  return {
    queue: (name, options) => new Queue<QueueJob>(name, { ...options, connection }),
    worker: (name, processor, options) => new Worker<QueueJob>(name, processor, { ...options, connection }),
  }
}
