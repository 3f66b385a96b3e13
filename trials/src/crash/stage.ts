import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSimulator, serve } from '@f2f/simulator'
import { everyFault } from '../lib/faults.ts'
import type { TillBackend, TillConfig } from './till-config.ts'
import { startTill, type TillProcess } from './till-process.ts'
import { openTillStore } from './till-store.ts'
import { type CrashVerdict, judgeCrash } from './verdict.ts'

export interface TillRole extends Pick<TillConfig, 'takesPayments' | 'isWorker'> {
  /** Ms by which the process's wall clock is slow. Default 0. */
  readonly clockBehind?: number | undefined
}

/** One Alipay, one set of books, and till processes that come and go. */
export interface Stage extends AsyncDisposable {
  readonly start: (till: TillRole) => Promise<TillProcess>
  /** Lets one last till finish everything, then holds the books together. */
  readonly finish: (kills: number, clockBehind?: number) => Promise<CrashVerdict>
}

/**
 * @param backend - given a folder of its own, says where the tills keep their payments
 */
export const openStage = async (seed: number, backend: (folder: string) => TillBackend): Promise<Stage> => {
  const folder = await mkdtemp(join(tmpdir(), 'f2f-crash-'))
  const simulator = createSimulator({ seed, faults: everyFault(0.1), confirmAfter: 400, replyDelay: 900 })
  const server = await serve(simulator)
  const deliveries = join(folder, 'deliveries.jsonl')
  await writeFile(deliveries, '')
  const where = backend(folder)
  let started = 0

  const start: Stage['start'] = ({ takesPayments, isWorker, clockBehind = 0 }) => {
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
      isWorker,
    }
    return startTill(config, clockBehind)
  }

  return {
    start,
    async finish(kills, clockBehind) {
      await (await start({ takesPayments: false, isWorker: true, clockBehind })).ended()
      const store = openTillStore(where)
      const verdict = await judgeCrash(kills, store, simulator.ledger.trades(), deliveries)
      await store.close()
      return verdict
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
