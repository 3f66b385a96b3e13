import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { Bench } from '../bench.ts'
import { connected, load, type Shot } from '../http/load.ts'
import { startStreamServer } from '../http/stream-server.ts'
import { alipayPair, merchant } from '../keys.ts'
import { ratios } from '../report.ts'
import { interleaved } from '../rounds.ts'

const STREAMS = 5_000
const AT_ONCE = 250
const CONNECTIONS = 16
const SHARE = 0.5
/** Requests until V8 has compiled everything that it will. */
const WARM_UP = 10_000
const SHOT: Shot = { method: 'GET', path: '/payments/S0', status: 200 }

const memoryOf = async (url: string): Promise<number> =>
  ((await (await fetch(`${url}/memory`)).json()) as { readonly bytes: number }).bytes

/** Opens an event stream and waits for its first bytes. */
const openStream = async (origin: URL, path: string): Promise<Socket> => {
  const socket = await connected(origin)
  socket.write(`GET ${path} HTTP/1.1\r\nhost: ${origin.host}\r\n\r\n`)
  const [head] = (await once(socket, 'data')) as [Buffer]
  if (!head.toString().startsWith('HTTP/1.1 200')) throw new Error(head.toString())
  return socket.resume()
}

/** Opens all of them, and resolves with them and what each holds in memory. */
const openStreams = async (url: string, pathOf: (number: number) => string) => {
  const before = await memoryOf(url)
  const origin = new URL(url)
  const sockets: Socket[] = []
  for (let first = 0; first < STREAMS; first += AT_ONCE) {
    const opening = Array.from({ length: AT_ONCE }, (_, index) => openStream(origin, pathOf(first + index)))
    sockets.push(...(await Promise.all(opening)))
  }
  return { sockets, bytesEach: ((await memoryOf(url)) - before) / STREAMS }
}

const closeAll = (sockets: readonly Socket[]): void => {
  for (const socket of sockets) socket.destroy()
}

/** What an event stream holds on a Node server that does nothing for it. */
const bareBytes = async (config: Parameters<typeof startStreamServer>[0]): Promise<number> => {
  await using server = await startStreamServer({ ...config, payments: 0 })
  const { sockets, bytesEach } = await openStreams(server.said, () => '/bare')
  closeAll(sockets)
  return bytesEach
}

export const streams: Bench = {
  id: 'streams',
  run: async ({ rounds, ms }) => {
    const config = {
      payments: STREAMS,
      privateKey: merchant.privateKey,
      alipayPublicKey: alipayPair.publicKey,
    }
    const bare = await bareBytes(config)
    await using busy = await startStreamServer(config)
    await using quiet = await startStreamServer(config)
    const { sockets, bytesEach } = await openStreams(busy.said, (number) => `/payments/S${number}/events`)
    for (const { said } of [busy, quiet]) await load(said, SHOT, CONNECTIONS, { requests: WARM_UP })
    const p99 = (url: string) => async (): Promise<number> =>
      (await load(url, SHOT, CONNECTIONS, { ms: ms * SHARE })).p99
    const samples = await interleaved(
      [
        { name: 'with', sample: p99(busy.said) },
        { name: 'without', sample: p99(quiet.said) },
      ],
      rounds,
    )
    const dropped = sockets.filter(({ destroyed }) => destroyed).length
    closeAll(sockets)
    if (dropped > 0) throw new Error(`${dropped} streams were cut`)
    const [loaded = [], idle = []] = [samples.get('with'), samples.get('without')]
    return {
      name: `${STREAMS.toLocaleString('en-US')} event streams open in one process, each of another payment`,
      how: `Heap and buffers after a full collection, less what was there before. p99 of GET /payments/{n} on ${CONNECTIONS} connections, beside a process with the same payments and no stream.`,
      rows: [
        { name: 'bytes each', unit: '', samples: [bytesEach] },
        { name: 'of these, what Node holds for a bare stream', unit: '', samples: [bare] },
        { name: 'p99 with the streams', unit: 'ms', samples: loaded },
        { name: 'p99 without', unit: 'ms', samples: idle },
      ],
      verdict: { name: 'p99 with / without', samples: ratios(loaded, idle), target: { atMost: 1.2 } },
    }
  },
}
