import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { CodeBlock } from '../blocks.ts'
import type { Output } from './output.ts'

const PATIENCE = 60_000

const start = (code: string, output: Output): ChildProcess => {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', code], { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => output.add(text))
  }
  return child
}

const signalGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal)
}

/** Ends a process and all it started; fails when it has to be killed. */
const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  signalGroup(child, 'SIGINT')
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), PATIENCE)
  await exit
  clearTimeout(timer)
  if (child.signalCode === 'SIGKILL') throw new Error('It did not end when it was told to.')
}

/** The shell blocks of a page. Those that go on until the end of the page are ended then. */
export class Shells {
  readonly #output: Output
  readonly #running: ChildProcess[] = []

  constructor(output: Output) {
    this.#output = output
  }

  async run({ attributes }: CodeBlock, code: string): Promise<void> {
    const from = this.#output.length
    const child = start(code, this.#output)
    if (attributes.until !== undefined) {
      this.#running.push(child)
      await this.#output.waitFor([attributes.until], from)
      return
    }
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), PATIENCE)
    const [exitCode] = await once(child, 'close')
    clearTimeout(timer)
    const expected = Number(attributes.fails ?? 0)
    if (exitCode === expected) return
    throw new Error(`It ended with ${exitCode}, not ${expected}:\n${this.#output.since(from)}`)
  }

  async stopAll(): Promise<void> {
    for (const child of this.#running) await stop(child)
  }
}
