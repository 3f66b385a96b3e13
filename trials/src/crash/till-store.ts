import { bullmqWakeups } from '@f2f/bullmq'
import type { Wakeups } from '@f2f/core'
import { timerWakeups } from '@f2f/core'
import { postgresStore, type SqlStore, sqliteStore } from '@f2f/sql'
import type { TillBackend } from './till-config.ts'

export const openTillStore = (backend: TillBackend): SqlStore =>
  backend.kind === 'sqlite' ? sqliteStore(backend.path) : postgresStore({ url: backend.url })

export const openTillWakeups = (backend: TillBackend, work: boolean): Wakeups =>
  backend.kind === 'sqlite'
    ? timerWakeups()
    : bullmqWakeups({ ...backend.queue, work, lockDuration: 2_000, onProblem: () => undefined })
