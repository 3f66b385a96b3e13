import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { CarryOver } from '../compare/day-edges.ts'

/** How far the daily run has come. Plain JSON. */
export interface DailyProgress {
  /** The last day that is done, `yyyy-MM-dd`. */
  readonly lastDay: string
  /** What that day hands on to the next. */
  readonly carried: CarryOver
}

/** Where the daily run remembers how far it has come. */
export interface DailyState {
  load(): Promise<DailyProgress | undefined>
  /** Durable when it resolves. */
  save(progress: DailyProgress): Promise<void>
}

/** Progress in a file, replaced as a whole. */
export const fileState = (path: string): DailyState => ({
  async load() {
    try {
      return JSON.parse(await readFile(path, 'utf8')) as DailyProgress
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
  },
  async save(progress) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(`${path}.part`, JSON.stringify(progress), { mode: 0o600, flush: true })
    await rename(`${path}.part`, path)
  },
})
