import { type ChildProcess, execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'

/** A process of the bench's own, ended when it is disposed of. */
export interface Child extends AsyncDisposable {
  /** What it said when it was ready. */
  readonly said: string
  readonly tell: (message: string) => void
  /** The next thing it says. */
  readonly next: () => Promise<string>
  /** The next thing it says after it was told this. */
  readonly ask: (question: string) => Promise<string>
}

const encoded = (config: object): string => Buffer.from(JSON.stringify(config)).toString('base64')

/** @throws Error when the process ends instead of saying something */
const nextMessage = async (child: ChildProcess): Promise<string> => {
  const over = new AbortController()
  const { signal } = over
  const message = once(child, 'message', { signal }).then(([text]) => text as string)
  const end = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`${child.spawnfile} ended with ${code}`)
  })
  try {
    return await Promise.race([message, end])
  } finally {
    over.abort()
    await Promise.allSettled([message, end])
  }
}

/** Starts `file` in a process of its own and waits until it says that it is ready. */
export const startChild = async (file: string, config: object): Promise<Child> => {
  const child: ChildProcess = fork(file, [encoded(config)])
  return {
    said: await nextMessage(child),
    tell: (message) => void child.send(message),
    next: () => nextMessage(child),
    ask: (question) => {
      const answer = nextMessage(child)
      child.send(question)
      return answer
    },
    [Symbol.asyncDispose]: async () => {
      const exit = once(child, 'exit')
      child.kill()
      await exit
    },
  }
}

/** Runs `file` in a process of its own until it ends. Returns the JSON that it printed. */
export const runChild = async <Result>(
  file: string,
  config: object,
  flags: readonly string[] = [],
): Promise<Result> => {
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, file, encoded(config)])
  return JSON.parse(stdout) as Result
}

/** In the child: what it was started with. A child that its parent left behind ends. */
export const childConfig = <Config>(): Config => {
  process.once('disconnect', () => process.exit())
  return JSON.parse(Buffer.from(process.argv[2] ?? '', 'base64').toString()) as Config
}
