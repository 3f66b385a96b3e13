import { bullmqWakeups } from '@f2f/bullmq'
import { createAlipay, createCashier } from '@f2f/core'
import { postgresStore } from '@f2f/sql'
import { type Child, childConfig, startChild } from './child.ts'
import { APP_ID } from './keys.ts'

export interface WorkerConfig {
  readonly postgres: string
  readonly redis: string
  readonly prefix: string
  readonly gateway: string
  readonly privateKey: string
  readonly alipayPublicKey: string
}

/** A back-end process that takes no orders: the queue wakes it, it asks Alipay and settles. Begins when it is told. */
export const startWorker = (config: WorkerConfig): Promise<Child> => startChild(import.meta.filename, config)

if (import.meta.main) {
  const { postgres, redis, prefix, ...access } = childConfig<WorkerConfig>()
  const store = postgresStore({ url: postgres, maxConnections: 10 })
  const alipay = createAlipay({ appId: APP_ID, ...access })
  await store.find('nobody')
  process.once('message', () => createCashier({ alipay, store, wakeups: bullmqWakeups({ redis, prefix }) }))
  process.send?.('ready')
}
