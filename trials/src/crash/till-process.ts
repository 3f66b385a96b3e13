import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { TILL_CONFIG, type TillConfig } from './till-config.ts'

const TILL = fileURLToPath(new URL('./till.ts', import.meta.url))
const WALL_CLOCK = fileURLToPath(new URL('../lib/wall-clock.ts', import.meta.url))
/** How far `setClockBack` sets it back, ms. */
export const SET_BACK = 5 * 60_000

export interface TillProcess {
  /** Kills it as a power cut would: no signal handler, no farewell. */
  kill(): Promise<void>
  /** Sets its wall clock back by {@link SET_BACK}. */
  setClockBack(): void
  /** Resolves when it ended by itself. Rejects when it ended in failure, with what it said. */
  ended(): Promise<void>
}

/**
 * Starts a till and waits until it is ready to serve.
 *
 * @param clockBehind - ms by which its wall clock is slow
 */
export const startTill = async (config: TillConfig, clockBehind: number): Promise<TillProcess> => {
  const child: ChildProcess = spawn(process.execPath, ['--import', WALL_CLOCK, TILL], {
    env: {
      ...process.env,
      [TILL_CONFIG]: JSON.stringify(config),
      F2F_CLOCK_BEHIND: String(clockBehind),
      F2F_CLOCK_SET_BACK: String(SET_BACK),
    },
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
    setClockBack: () => void child.kill('SIGUSR2'),
    async ended() {
      const [code] = (await exit) as [number | null]
      if (code !== 0) throw new Error(`The till ended with ${code}: ${said}`)
    },
  }
}
