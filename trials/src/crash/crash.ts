import { setTimeout as pause } from 'node:timers/promises'
import { createRandom } from '../lib/random.ts'
import { openStage } from './stage.ts'
import type { TillBackend } from './till-config.ts'
import type { CrashVerdict } from './verdict.ts'

export interface CrashOptions {
  /** Given a folder of its own, says where the tills keep their payments. */
  readonly backend: (folder: string) => TillBackend
  /** Processes on the same store. The first of several only takes payments and leaves the rest to the others. */
  readonly tills: number
  readonly kills: number
  readonly seed: number
  readonly onKill?: (kills: number) => void
}

/** How long a till lives after it is ready, ms: from mid-recovery to mid-traffic. */
const LIFE = [5, 700] as const

/** Kills tills at random instants and starts them again; then lets one finish everything, and judges. */
export const crash = async ({ backend, tills, kills, seed, onKill }: CrashOptions): Promise<CrashVerdict> => {
  const random = createRandom(seed)
  await using stage = await openStage(seed, backend)
  const start = (till: number) => stage.start({ takesPayments: true, isWorker: till > 0 || tills === 1 })
  const running = await Promise.all(Array.from({ length: tills }, (_, till) => start(till)))
  for (let killed = 1; killed <= kills; killed++) {
    await pause(random.integer(...LIFE))
    const victim = random.integer(0, tills - 1)
    await running[victim]?.kill()
    onKill?.(killed)
    running[victim] = await start(victim)
  }
  await Promise.all(running.map((till) => till.kill()))
  // Awaited here: the stage is cleared away when this function ends.
  return await stage.finish(kills)
}
