import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Environment } from '../settings.ts'

/** A demo in a process of its own. */
export interface Started {
  /** Where its API is. */
  readonly url: string
  /** Enrols a till once. */
  readonly code: string
  /** Tells it to end, and resolves with how it did: its exit code, or the signal. */
  stop(): Promise<number | NodeJS.Signals>
}

const LINES = { url: /^地址 address: (.+)$/, code: /^注册码 one-time enrolment code: (.+)$/ }

const announced = async (child: ChildProcess): Promise<Pick<Started, 'url' | 'code'>> => {
  const lines: string[] = []
  const found = (pattern: RegExp) => lines.map((line) => pattern.exec(line)?.[1]).find((text) => text !== undefined)
  if (child.stdout === null) throw new Error('The demo has no output to read.')
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    const [url, code] = [found(LINES.url), found(LINES.code)]
    if (url !== undefined && code !== undefined) return { url, code }
  }
  throw new Error(`The demo ended without saying where it is: ${lines.join('\n')}`)
}

/**
 * Starts a built demo and waits until it has said where it is.
 *
 * @param main - path of its built main file
 */
export const startDemo = async (main: string, environment: Environment): Promise<Started> => {
  const { PATH } = process.env
  const child = spawn(process.execPath, [main], {
    env: { PATH, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const said = await announced(child)
  child.stdout?.resume()
  return {
    ...said,
    async stop() {
      child.kill('SIGTERM')
      const [code, signal] = await exit
      return code ?? signal ?? 'SIGTERM'
    },
  }
}
