import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { Bench } from '../bench.ts'
import { type Growth, growthOf } from '../growth.ts'
import { connected, load, type Shot } from '../http/load.ts'
import { startStreamServer } from '../http/stream-server.ts'
import { alipayPair, merchant } from '../keys.ts'
import { ratios } from '../report.ts'
import { interleaved } from '../rounds.ts'

const STREAMS = 5_000
const SIZES = [50, 500, STREAMS]
const FIRST = 25
const AT_ONCE = 250
const CONNECTIONS = 16
/** For a p99 that a few slow answers do not move. */
const REQUESTS = 10_000
const LEAST_ROUNDS = 5
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

type StreamConfig = Parameters<typeof startStreamServer>[0]

const eventsOf = (number: number): string => `/payments/S${number}/events`

/** Opens so many, and resolves with them and what each holds in memory. */
const openStreams = async (url: string, many: number, pathOf: (number: number) => string) => {
  const before = await memoryOf(url)
  const origin = new URL(url)
  const sockets: Socket[] = []
  for (let first = 0; first < many; first += AT_ONCE) {
    const length = Math.min(AT_ONCE, many - first)
    const opening = Array.from({ length }, (_, index) => openStream(origin, pathOf(first + index)))
    sockets.push(...(await Promise.all(opening)))
  }
  return { sockets, bytesEach: ((await memoryOf(url)) - before) / many }
}

const closeAll = (sockets: readonly Socket[]): void => {
  for (const socket of sockets) socket.destroy()
}

/** What each of so many event streams holds, in a process of its own. */
const bytesOf = async (config: StreamConfig, many: number, pathOf: (number: number) => string): Promise<number> => {
  await using server = await startStreamServer(config)
  // Opened before, these take what the first of all need once: code, and the shapes of objects.
  const first = await openStreams(server.said, FIRST, pathOf)
  const { sockets, bytesEach } = await openStreams(server.said, many, pathOf)
  closeAll([...first.sockets, ...sockets])
  return bytesEach
}

const growthByStreams = (config: StreamConfig): Promise<Growth> =>
  growthOf(
    { work: 'event streams', cost: 'bytes for each', sizes: SIZES },
    [
      { name: 'f2f', role: 'ours', sampleAt: (many) => bytesOf({ ...config, payments: many }, many, eventsOf) },
      {
        name: 'limit: node:http, nothing else',
        role: 'limit',
        sampleAt: (many) => bytesOf({ ...config, payments: 0 }, many, () => '/bare'),
      },
    ],
    1,
  )

export const streams: Bench = {
  id: 'streams',
  run: async ({ rounds, isFull }) => {
    const config = {
      payments: STREAMS,
      privateKey: merchant.privateKey,
      alipayPublicKey: alipayPair.publicKey,
    }
    const bare = await bytesOf({ ...config, payments: 0 }, STREAMS, () => '/bare')
    await using busy = await startStreamServer(config)
    await using quiet = await startStreamServer(config)
    const { sockets, bytesEach } = await openStreams(busy.said, STREAMS, eventsOf)
    for (const { said } of [busy, quiet]) await load(said, SHOT, CONNECTIONS, { requests: WARM_UP })
    const p99 = (url: string) => async (): Promise<number> =>
      (await load(url, SHOT, CONNECTIONS, { requests: REQUESTS })).p99
    const samples = await interleaved(
      [
        { name: 'with', sample: p99(busy.said) },
        { name: 'without', sample: p99(quiet.said) },
      ],
      Math.max(rounds, LEAST_ROUNDS),
    )
    const dropped = sockets.filter(({ destroyed }) => destroyed).length
    closeAll(sockets)
    if (dropped > 0) throw new Error(`${dropped} streams were cut`)
    const [loaded = [], idle = []] = [samples.get('with'), samples.get('without')]
    return {
      name: `${STREAMS.toLocaleString('en-US')} event streams open in one process, each of another payment`,
      how: `Heap and buffers after a full collection, less what was there before. p99 of ${REQUESTS.toLocaleString('en-US')} GET /payments/{n} on ${CONNECTIONS} connections, beside a process with the same payments and no stream.`,
      rows: [
        { name: 'bytes each', unit: '', samples: [bytesEach] },
        { name: 'of these, what Node holds for a bare stream', unit: '', samples: [bare] },
        { name: 'p99 with the streams', unit: 'ms', samples: loaded },
        { name: 'p99 without', unit: 'ms', samples: idle },
      ],
      verdict: { name: 'p99 with / without', samples: ratios(loaded, idle), target: { atMost: 1.2 } },
      growth: isFull ? await growthByStreams(config) : undefined,
    }
  },
}
