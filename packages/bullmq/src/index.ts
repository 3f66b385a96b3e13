export type { QueueHome } from './backend.ts'
export { type BullmqWakeups, type BullmqWakeupsOptions, bullmqWakeups } from './bullmq-wakeups.ts'
