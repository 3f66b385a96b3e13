import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createSimulator, serve } from '@f2f/simulator'
import { everyFault } from '../lib/faults.ts'
import { createRandom } from '../lib/random.ts'
import type { TillBackend, TillConfig } from './till-config.ts'
import { startTill, type TillProcess } from './till-process.ts'
import { openTillStore } from './till-store.ts'
import { type CrashVerdict, judgeCrash } from './verdict.ts'

export interface CrashOptions {
  /** Given a folder of its own, says where the tills keep their payments. */
  readonly backend: (folder: string) => TillBackend
  /** Processes on the same store. */
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
  const folder = await mkdtemp(join(tmpdir(), 'f2f-crash-'))
  const simulator = createSimulator({ seed, faults: everyFault(0.1), confirmAfter: 400, replyDelay: 900 })
  const server = await serve(simulator)
  const deliveries = join(folder, 'deliveries.jsonl')
  await writeFile(deliveries, '')
  const where = backend(folder)
  let started = 0
  const start = (takesPayments: boolean): Promise<TillProcess> => {
    const config: TillConfig = {
      gateway: server.gateway,
      control: server.control,
      appId: simulator.appId,
      privateKey: simulator.appPrivateKey,
      alipayPublicKey: simulator.alipayPublicKey,
      backend: where,
      deliveries,
      prefix: `C${++started}`,
      seed: seed * 1_000 + started,
      takesPayments,
    }
    return startTill(config)
  }
  try {
    const running = await Promise.all(Array.from({ length: tills }, () => start(true)))
    for (let killed = 1; killed <= kills; killed++) {
      await pause(random.integer(...LIFE))
      const victim = random.integer(0, tills - 1)
      await running[victim]?.kill()
      onKill?.(killed)
      running[victim] = await start(true)
    }
    await Promise.all(running.map((till) => till.kill()))
    await (await start(false)).ended()
    const store = openTillStore(where)
    const verdict = await judgeCrash(kills, store, simulator.ledger.trades(), deliveries)
    await store.close()
    return verdict
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}
