import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** A process of the bench's own, ended when it is disposed of. */
export interface Child extends AsyncDisposable {
  /** What it said when it was ready. */
  readonly said: string
  readonly tell: (message: string) => void
  /** Its next message, which answers this one. */
  readonly ask: (question: string) => Promise<unknown>
}

/** Starts `file` in a process of its own and waits until it says that it is ready. */
export const startChild = async (file: string, config: object): Promise<Child> => {
  const child: ChildProcess = fork(file, [Buffer.from(JSON.stringify(config)).toString('base64')])
  const [said] = (await once(child, 'message')) as [string]
  return {
    said,
    tell: (message) => void child.send(message),
    ask: async (question) => {
      const answer = once(child, 'message')
      child.send(question)
      return (await answer)[0]
    },
    [Symbol.asyncDispose]: async () => {
      const exit = once(child, 'exit')
      child.kill()
      await exit
    },
  }
}

/** In the child: what it was started with. */
export const childConfig = <Config>(): Config =>
  JSON.parse(Buffer.from(process.argv[2] ?? '', 'base64').toString()) as Config
