import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Bench } from '../bench.ts'
import type { WaitingHeap } from '../waiting-heap.ts'

const PAYMENTS = 100_000
const CHILD = join(import.meta.dirname, '../waiting-heap.ts')

const measured = async (): Promise<WaitingHeap> =>
  JSON.parse((await promisify(execFile)(process.execPath, ['--expose-gc', CHILD, String(PAYMENTS)])).stdout)

export const heap: Bench = {
  id: 'heap',
  run: async () => {
    const { bytesEach, timers } = await measured()
    return {
      name: `${PAYMENTS.toLocaleString('en-US')} payments waiting in one process`,
      how: 'In the memory store, each with its history; heap after a full collection, less what was there before. One run.',
      rows: [{ name: 'timers', unit: '', samples: [timers] }],
      verdict: { name: 'bytes of heap each', samples: [bytesEach], target: { atMost: 2_048 } },
    }
  },
}
