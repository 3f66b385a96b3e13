import { type Growing, type Growth, growthOf } from '../growth.ts'
import { startHttpServer } from './http-server.ts'
import { load, type Shot } from './load.ts'
import type { FrameworkName } from './servers.ts'
import type { ShopKeys } from './shop.ts'

/** The one that adds nothing of its own, and the one whose bare server is the fastest of the others. */
const GROWN: readonly FrameworkName[] = ['bare Node', 'Nest 12 on Fastify']
const SIZES = [1, 10, 100]
const SAMPLE_MS = 500
const US_PER_S = 1e6

/** The time that went by for each request, with ever more connections. */
export const growthByConnections = async (keys: ShopKeys, shot: Shot, warmUp: number): Promise<Growth> => {
  await using servers = new AsyncDisposableStack()
  const growing: Growing[] = []
  for (const framework of GROWN) {
    for (const kind of ['f2f', 'bare'] as const) {
      const { said } = servers.use(await startHttpServer({ ...keys, framework, kind }))
      await load(said, shot, 32, { requests: warmUp })
      growing.push({
        name: `${framework}, ${kind}`,
        role: kind === 'f2f' ? 'ours' : 'limit',
        sampleAt: async (connections) => US_PER_S / (await load(said, shot, connections, { ms: SAMPLE_MS })).perSecond,
      })
    }
  }
  // Awaited here: the servers end when this function does.
  return await growthOf({ work: 'connections', cost: 'µs per request', sizes: SIZES }, growing)
}
