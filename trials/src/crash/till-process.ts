import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { TILL_CONFIG, type TillConfig } from './till-config.ts'

const TILL = fileURLToPath(new URL('./till.ts', import.meta.url))

export interface TillProcess {
  /** Kills it as a power cut would: no signal handler, no farewell. */
  kill(): Promise<void>
  /** Resolves when it ended by itself. Rejects when it ended in failure, with what it said. */
  ended(): Promise<void>
}

/** Starts a till and waits until it is ready to serve. */
export const startTill = async (config: TillConfig): Promise<TillProcess> => {
  const child: ChildProcess = spawn(process.execPath, [TILL], {
    env: { ...process.env, [TILL_CONFIG]: JSON.stringify(config) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4_000)
  })
  const exit = once(child, 'exit')
  const failed = exit.then(([code]) => {
    throw new Error(`The till ended with ${code} before it was ready: ${said}`)
  })
  await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), failed])
  failed.catch(() => undefined)
  return {
    async kill() {
      child.kill('SIGKILL')
      await exit
    },
    async ended() {
      const [code] = (await exit) as [number | null]
      if (code !== 0) throw new Error(`The till ended with ${code}: ${said}`)
    },
  }
}
