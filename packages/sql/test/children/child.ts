import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process that runs a module of the tests. */
export interface Child {
  readonly process: ChildProcess
  /** Everything it has sent so far. */
  readonly sent: unknown[]
  /** Resolves with its next message; rejects with what it complained of when it ends without one. */
  readonly message: () => Promise<unknown>
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
}

/** @param module - its default export is called with `argument`, which crosses as JSON */
export const startChild = (module: URL, argument: unknown): Child => {
  const script = fileURLToPath(new URL('./run.mjs', import.meta.url))
  const child = fork(script, [fileURLToPath(module), JSON.stringify(argument)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const sent: unknown[] = []
  child.on('message', (message) => sent.push(message))
  let complaints = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  const ended = once(child, 'exit').then(([code, signal]): number | string => code ?? signal)
  const message = async (): Promise<unknown> => {
    const next = once(child, 'message').then(([one]) => one)
    const lost = ended.then((how) => Promise.reject(new Error(`The child ended (${how}): ${complaints}`)))
    return Promise.race([next, lost])
  }
  return { process: child, sent, message, ended }
}
