import { randomBytes } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { type Clock, systemClock } from '@f2f/core'
import type { Context } from '../../src/context.ts'
import { run } from '../../src/run.ts'

export interface Said {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}

export interface Surroundings {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly isTTY?: boolean
  /** Of the terminal. */
  readonly columns?: number
  readonly clock?: Clock
  readonly signal?: AbortSignal
  readonly fetch?: typeof fetch
  /** Told of everything written to stdout, as it comes. */
  readonly onOutput?: (chunk: string) => void
}

/** Runs one command line in this process, with nothing of this process's own surroundings. */
export const f2f = async (line: readonly string[], surroundings: Surroundings): Promise<Said> => {
  const written = { stdout: '', stderr: '' }
  const { isTTY = false, onOutput } = surroundings
  const sink = (name: keyof typeof written) => ({
    isTTY,
    columns: surroundings.columns,
    write: (chunk: string) => {
      written[name] += chunk
      if (name === 'stdout') onOutput?.(chunk)
    },
  })
  const stdin = new PassThrough()
  stdin.end(surroundings.input ?? '')
  const context: Context = {
    env: surroundings.env ?? {},
    cwd: surroundings.cwd,
    stdin,
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    clock: surroundings.clock ?? systemClock,
    fetch: surroundings.fetch ?? fetch,
    random: randomBytes,
    signal: surroundings.signal ?? new AbortController().signal,
  }
  const exit = await run(line, context)
  return { exit, ...written }
}

/** The one JSON document on stdout. */
export const answerOf = <T>({ stdout }: Said): T => JSON.parse(stdout)
