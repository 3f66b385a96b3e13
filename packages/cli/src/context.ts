import type { Clock } from '@f2f/core'

/** Where text goes. */
export interface Sink {
  write(chunk: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** Everything of the outside world a command may use, so that a test can be all of it. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined }
  readonly stdout: Sink
  readonly stderr: Sink
  readonly clock: Clock
  readonly fetch: typeof fetch
  /** Random bytes. */
  readonly random: (size: number) => Uint8Array
  /** Aborted with Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal
}
