import type { BenchResult } from './report.ts'

export interface Effort {
  readonly rounds: number
  /** How long one sample lasts. */
  readonly ms: number
  /** Whether there is time for large inputs, and for measuring how cost grows with the work. */
  readonly isFull: boolean
}

export interface Bench {
  readonly id: string
  readonly run: (effort: Effort) => Promise<BenchResult>
}
