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
const SHARE = 0.25
const SHOT: Shot = { method: 'GET', path: '/payments/S0', status: 200 }

const memoryOf = async (url: string): Promise<number> =>
  ((await (await fetch(`${url}/memory`)).json()) as { readonly bytes: number }).bytes

/** Opens the event stream of one payment and waits for its first bytes. */
const openStream = async (origin: URL, number: number): Promise<Socket> => {
  const socket = await connected(origin)
  socket.write(`GET /payments/S${number}/events HTTP/1.1\r\nhost: ${origin.host}\r\n\r\n`)
  const [head] = (await once(socket, 'data')) as [Buffer]
  if (!head.toString().startsWith('HTTP/1.1 200')) throw new Error(head.toString())
  return socket.resume()
}

const openStreams = async (url: string): Promise<readonly Socket[]> => {
  const origin = new URL(url)
  const sockets: Socket[] = []
  for (let first = 0; first < STREAMS; first += AT_ONCE) {
    const opening = Array.from({ length: AT_ONCE }, (_, index) => openStream(origin, first + index))
    sockets.push(...(await Promise.all(opening)))
  }
  return sockets
}

export const streams: Bench = {
  id: 'streams',
  run: async ({ rounds, ms }) => {
    const config = {
      payments: STREAMS,
      privateKey: merchant.privateKey,
      alipayPublicKey: alipayPair.publicKey,
    }
    await using busy = await startStreamServer(config)
    await using quiet = await startStreamServer(config)
    const before = await memoryOf(busy.said)
    const sockets = await openStreams(busy.said)
    const bytesEach = ((await memoryOf(busy.said)) - before) / STREAMS
    const p99 = (url: string) => async (): Promise<number> => (await load(url, SHOT, CONNECTIONS, { ms: ms * SHARE })).p99
    const samples = await interleaved(
      [
        { name: 'with', sample: p99(busy.said) },
        { name: 'without', sample: p99(quiet.said) },
      ],
      rounds,
    )
    const dropped = sockets.filter(({ destroyed }) => destroyed).length
    for (const socket of sockets) socket.destroy()
    if (dropped > 0) throw new Error(`${dropped} streams were cut`)
    const [loaded = [], idle = []] = [samples.get('with'), samples.get('without')]
    return {
      name: `${STREAMS.toLocaleString('en-US')} event streams open in one process, each of another payment`,
      how: `Heap and buffers after a full collection, less what was there before. p99 of GET /payments/{n} on ${CONNECTIONS} connections, beside a process with the same payments and no stream.`,
      rows: [
        { name: 'bytes each', unit: '', samples: [bytesEach] },
        { name: 'p99 with the streams', unit: 'ms', samples: loaded },
        { name: 'p99 without', unit: 'ms', samples: idle },
      ],
      verdict: { name: 'p99 with / without', samples: ratios(loaded, idle), target: { atMost: 1.2 } },
    }
  },
}
