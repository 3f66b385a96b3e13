import { signNotify } from '@f2f/core/testing'
import type { Bench, Effort } from '../bench.ts'
import type { Child } from '../child.ts'
import { growthByConnections } from '../http/growth-by-connections.ts'
import { startHttpServer } from '../http/http-server.ts'
import { type Extent, type Load, load, type Shot } from '../http/load.ts'
import { FRAMEWORKS, type FrameworkName } from '../http/servers.ts'
import { alipayPair, merchant } from '../keys.ts'
import { NOTIFICATION } from '../messages.ts'
import { type BenchResult, type Row, ratios } from '../report.ts'
import { interleaved } from '../rounds.ts'
import { spread } from '../stats.ts'

const CONNECTIONS = 32
/** Share of a round's time for one server. */
const SHARE = 0.5
/**
 * Requests until V8 has compiled everything that it will: with fewer, its start is measured. A quick run has time for
 * most of that.
 */
const warmUpOf = ({ isFull }: Pick<Effort, 'isFull'>): number => (isFull ? 20_000 : 5_000)
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

const contenderOf = (server: Child, name: string, shot: Shot, effort: Effort) => {
  const samples: Sample[] = []
  return {
    name,
    samples,
    async sample() {
      // The first round only warms up.
      const extent = samples.length === 0 ? { requests: warmUpOf(effort) } : { ms: effort.ms * SHARE }
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

const compare = async (framework: FrameworkName, shot: Shot, effort: Effort): Promise<Compared> => {
  await using f2f = await startHttpServer({ ...keys, framework, kind: 'f2f' })
  await using bare = await startHttpServer({ ...keys, framework, kind: 'bare' })
  const ours = contenderOf(f2f, `${framework}, f2f`, shot, effort)
  const theirs = contenderOf(bare, `${framework}, bare`, shot, effort)
  await interleaved([ours, theirs], effort.rounds)
  const [warm, warmBare] = [ours.samples.slice(1), theirs.samples.slice(1)]
  const share = (of: (sample: Sample) => number): readonly number[] => ratios(warm.map(of), warmBare.map(of))
  const perSecond = { name: `${framework}, f2f / bare, requests/s`, unit: '', samples: share((each) => each.perSecond) }
  const cpu = { name: `${framework}, f2f / bare, CPU`, unit: '', samples: share((each) => each.cpu) }
  return { rows: [...rowsOf(ours.name, warm), ...rowsOf(theirs.name, warmBare), perSecond, cpu], perSecond }
}

interface Route {
  readonly id: string
  readonly name: string
  readonly how: string
  readonly shot: () => Promise<Shot>
  /** The least share of the bare server's requests. */
  readonly atLeast?: number
}

const resultOf = async ({ name, how, atLeast }: Route, shot: Shot, effort: Effort): Promise<BenchResult> => {
  const compared: Compared[] = []
  for (const framework of NAMES) compared.push(await compare(framework, shot, effort))
  const byShare = compared.map(({ perSecond }) => perSecond)
  const [lowest] = byShare.toSorted((a, b) => spread(a.samples).median - spread(b.samples).median)
  const target = atLeast === undefined ? {} : { target: { atLeast } }
  const requests = warmUpOf(effort).toLocaleString('en-US')
  return {
    name: `${name}, ${CONNECTIONS} connections from another process`,
    how: `${how} Bare: the same framework parses, verifies one signature off the event loop, and answers. Each server has answered ${requests} requests before.`,
    rows: compared.flatMap(({ rows }) => rows),
    ...(lowest === undefined ? {} : { verdict: { ...lowest, name: `lowest: ${lowest.name}`, ...target } }),
  }
}

const notifyRoute: Route = {
  id: 'http-notify',
  name: 'POST /notify',
  how: 'A genuine notification of a payment in memory, again and again.',
  shot: async () => ({
    method: 'POST',
    path: '/pay/notify',
    contentType: 'application/x-www-form-urlencoded; charset=utf-8',
    body: await signNotify(NOTIFICATION, alipayPair.privateKey),
    status: 200,
  }),
  atLeast: 0.8,
}

const paymentsRoute: Route = {
  id: 'http-payments',
  name: 'POST /payments',
  how: 'Each a new payment: journalled in memory, signed, its reply verified, settled; Alipay costs nothing.',
  shot: async () => ({
    method: 'POST',
    path: '/pay/payments',
    contentType: 'application/json',
    body: JSON.stringify({ authCode: '280000000000000000', totalAmount: '88.88', subject: '咖啡' }),
    status: 201,
  }),
}

const benchOf = (route: Route): Bench => ({
  id: route.id,
  run: async (effort) => {
    const shot = await route.shot()
    const result = await resultOf(route, shot, effort)
    return { ...result, growth: effort.isFull ? await growthByConnections(keys, shot, warmUpOf(effort)) : undefined }
  },
})

export const httpNotify = benchOf(notifyRoute)
export const httpPayments = benchOf(paymentsRoute)
