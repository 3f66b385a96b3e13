export type { CountedWakeups } from './gauges.ts'
export { type InstrumentF2fOptions, instrumentF2f } from './instrument.ts'
export { METRICS, type MetricName } from './instruments.ts'
