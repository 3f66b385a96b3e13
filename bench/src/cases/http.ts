import { signNotify } from '@f2f/core/testing'
import type { Bench } from '../bench.ts'
import { startHttpServer } from '../http/http-server.ts'
import { type Load, load, type Shot } from '../http/load.ts'
import { FRAMEWORKS, type FrameworkName } from '../http/servers.ts'
import { alipayPair, merchant } from '../keys.ts'
import { NOTIFICATION } from '../messages.ts'
import { ratios } from '../report.ts'
import { interleaved } from '../rounds.ts'
import { spread } from '../stats.ts'

const CONNECTIONS = 32
/** Shares of a sample's time for each of the ten servers: their first sample warms them up. */
const SHARE = 0.1
const WARM_UP = 0.3
const NAMES = Object.keys(FRAMEWORKS) as FrameworkName[]
const KINDS = ['f2f', 'bare'] as const

const keys = {
  privateKey: merchant.privateKey,
  alipayPrivateKey: alipayPair.privateKey,
  alipayPublicKey: alipayPair.publicKey,
}

const httpBench = (id: string, what: string, how: string, shotOf: () => Promise<Shot>, atLeast?: number): Bench => ({
  id,
  run: async ({ rounds, ms }) => {
    const shot = await shotOf()
    await using servers = new AsyncDisposableStack()
    const contenders = await Promise.all(
      NAMES.flatMap((framework) =>
        KINDS.map(async (kind) => {
          const server = servers.use(await startHttpServer({ ...keys, framework, kind }))
          const p99s: number[] = []
          const sample = async (): Promise<number> => {
            const { perSecond, p99 }: Load = await load(
              server.said,
              shot,
              CONNECTIONS,
              ms * (p99s.length === 0 ? WARM_UP : SHARE),
            )
            p99s.push(p99)
            return perSecond
          }
          return { name: `${framework}, ${kind}`, sample, p99s }
        }),
      ),
    )
    const samples = await interleaved(contenders, rounds)
    const rows = contenders.flatMap(({ name, p99s }) => [
      { name, unit: 'requests/s', samples: samples.get(name) ?? [] },
      { name: `${name}, p99`, unit: 'ms', samples: p99s.slice(1) },
    ])
    const compared = NAMES.map((framework) => ({
      name: `${framework}, f2f / bare`,
      samples: ratios(samples.get(`${framework}, f2f`), samples.get(`${framework}, bare`)),
    }))
    const [lowest] = compared.toSorted((a, b) => spread(a.samples).median - spread(b.samples).median)
    return {
      name: `${what}, ${CONNECTIONS} connections from another process`,
      how,
      rows: [...rows, ...compared.map((row) => ({ ...row, unit: '' }))],
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

const BARE = 'Bare: the same framework parses, verifies one signature off the event loop, and answers.'

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
