import { signNotify } from '@f2f/core/testing'
import type { Bench, Effort } from '../bench.ts'
import type { Child } from '../child.ts'
import { startHttpServer } from '../http/http-server.ts'
import { type Extent, type Load, load, type Shot } from '../http/load.ts'
import { FRAMEWORKS, type FrameworkName } from '../http/servers.ts'
import { alipayPair, merchant } from '../keys.ts'
import { NOTIFICATION } from '../messages.ts'
import { type Row, ratios } from '../report.ts'
import { interleaved } from '../rounds.ts'
import { spread } from '../stats.ts'

const CONNECTIONS = 32
/** Share of a round's time for one server. */
const SHARE = 0.5
/** Requests until V8 has compiled everything that it will: with fewer, its start is measured. */
const WARM_UP = 20_000
const NAMES = Object.keys(FRAMEWORKS) as FrameworkName[]

const keys = {
  privateKey: merchant.privateKey,
  alipayPrivateKey: alipayPair.privateKey,
  alipayPublicKey: alipayPair.publicKey,
}

/** A load, and the processor time of the server for each request, µs. */
interface Sample extends Load {
  readonly cpu: number
}

const sampleOf = async (server: Child, shot: Shot, extent: Extent): Promise<Sample> => {
  const before = Number(await server.ask('cpu'))
  const taken = await load(server.said, shot, CONNECTIONS, extent)
  return { ...taken, cpu: (Number(await server.ask('cpu')) - before) / taken.requests }
}

/** The rows of one framework: ours, the bare one, and ours as a share of it. */
interface Compared {
  readonly rows: readonly Row[]
  readonly perSecond: Row
}

const contenderOf = (server: Child, name: string, shot: Shot, ms: number) => {
  const samples: Sample[] = []
  return {
    name,
    samples,
    async sample() {
      // The first round only warms up.
      const extent = samples.length === 0 ? { requests: WARM_UP } : { ms: ms * SHARE }
      const taken = await sampleOf(server, shot, extent)
      samples.push(taken)
      return taken.perSecond
    },
  }
}

const rowsOf = (name: string, samples: readonly Sample[]): readonly Row[] => [
  { name, unit: 'requests/s', samples: samples.map(({ perSecond }) => perSecond) },
  { name: `${name}, p99`, unit: 'ms', samples: samples.map(({ p99 }) => p99) },
  { name: `${name}, CPU`, unit: 'µs/request', samples: samples.map(({ cpu }) => cpu) },
]

const compare = async (framework: FrameworkName, shot: Shot, { rounds, ms }: Effort): Promise<Compared> => {
  await using f2f = await startHttpServer({ ...keys, framework, kind: 'f2f' })
  await using bare = await startHttpServer({ ...keys, framework, kind: 'bare' })
  const ours = contenderOf(f2f, `${framework}, f2f`, shot, ms)
  const theirs = contenderOf(bare, `${framework}, bare`, shot, ms)
  await interleaved([ours, theirs], rounds)
  const [warm, warmBare] = [ours.samples.slice(1), theirs.samples.slice(1)]
  const share = (of: (sample: Sample) => number): readonly number[] => ratios(warm.map(of), warmBare.map(of))
  const perSecond = { name: `${framework}, f2f / bare, requests/s`, unit: '', samples: share((each) => each.perSecond) }
  const cpu = { name: `${framework}, f2f / bare, CPU`, unit: '', samples: share((each) => each.cpu) }
  return { rows: [...rowsOf(ours.name, warm), ...rowsOf(theirs.name, warmBare), perSecond, cpu], perSecond }
}

const httpBench = (id: string, what: string, how: string, shotOf: () => Promise<Shot>, atLeast?: number): Bench => ({
  id,
  run: async (effort) => {
    const shot = await shotOf()
    const compared: Compared[] = []
    for (const framework of NAMES) compared.push(await compare(framework, shot, effort))
    const byShare = compared.map(({ perSecond }) => perSecond)
    const [lowest] = byShare.toSorted((a, b) => spread(a.samples).median - spread(b.samples).median)
    return {
      name: `${what}, ${CONNECTIONS} connections from another process`,
      how,
      rows: compared.flatMap(({ rows }) => rows),
      ...(lowest === undefined
        ? {}
        : {
            verdict: {
              ...lowest,
              name: `lowest: ${lowest.name}`,
              ...(atLeast === undefined ? {} : { target: { atLeast } }),
            },
          }),
    }
  },
})

const BARE = `Bare: the same framework parses, verifies one signature off the event loop, and answers. Each server has answered ${WARM_UP.toLocaleString('en-US')} requests before.`

export const httpNotify = httpBench(
  'http-notify',
  'POST /notify',
  `A genuine notification of a payment in memory, again and again. ${BARE}`,
  async () => ({
    method: 'POST',
    path: '/pay/notify',
    contentType: 'application/x-www-form-urlencoded; charset=utf-8',
    body: await signNotify(NOTIFICATION, alipayPair.privateKey),
    status: 200,
  }),
  0.8,
)

export const httpPayments = httpBench(
  'http-payments',
  'POST /payments',
  `Each a new payment: journalled in memory, signed, its reply verified, settled; Alipay costs nothing. ${BARE}`,
  async () => ({
    method: 'POST',
    path: '/pay/payments',
    contentType: 'application/json',
    body: JSON.stringify({ authCode: '280000000000000000', totalAmount: '88.88', subject: '咖啡' }),
    status: 201,
  }),
)
