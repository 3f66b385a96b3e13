import { join } from 'node:path'
import { signReply } from '@f2f/core/testing'
import type { Bench } from '../bench.ts'
import { ownFolder, ownPostgres } from '../databases.ts'
import { startFixedServer } from '../fixed-server.ts'
import { type Growing, growthOf } from '../growth.ts'
import { alipayPair, merchant } from '../keys.ts'
import { startPayServer } from '../pay-server.ts'
import { type PaymentsRunConfig, runPayments } from '../payments-run.ts'
import { type Role, ratios } from '../report.ts'
import { interleaved, rowsOf } from '../rounds.ts'

const METHOD = 'alipay.trade.pay'
const SIZES = [100, 1_000, 10_000]

const NAMES = {
  sqlite: 'f2f, SQLite',
  memory: 'f2f, memory',
  postgres: 'f2f, PostgreSQL',
  byHand: 'written by hand on alipay-sdk, no journal',
  limit: 'limit: sign, node:http, verify, nothing else',
} as const
const ROLES: Readonly<Record<keyof typeof NAMES, Role>> = {
  sqlite: 'ours',
  memory: 'ours',
  postgres: 'ours',
  byHand: 'peer',
  limit: 'limit',
}

export const cpu: Bench = {
  id: 'cpu',
  run: async ({ isFull }) => {
    // Every sample is a process of its own, with its own warm-up, so there are few.
    const [payments, rounds] = isFull ? [2_000, 5] : [400, 2]
    const fixedReply = await signReply(METHOD, { code: '10000', msg: 'Success' }, alipayPair.privateKey)
    await using server = await startPayServer(alipayPair.privateKey)
    await using fixed = await startFixedServer(fixedReply)
    await using folder = await ownFolder()
    await using postgres = await ownPostgres()
    const config = {
      gateway: `${server.said}/gateway.do`,
      fixedGateway: `${fixed.said}/gateway.do`,
      fixedReply: Buffer.from(fixedReply).toString(),
      privateKey: merchant.privateKey,
      alipayPublicKey: alipayPair.publicKey,
    }
    let files = 0
    const databases: Partial<Record<keyof typeof NAMES, () => string>> = {
      sqlite: () => join(folder.path, `${++files}.db`),
      postgres: () => postgres.url,
    }
    const cpuOf = async (way: PaymentsRunConfig['way'], many: number): Promise<number> => {
      const database = databases[way]?.()
      const place = database === undefined ? {} : { database }
      return (await runPayments({ ...config, ...place, way, payments: many })).cpuPerThousand
    }
    const ways = Object.keys(NAMES) as (keyof typeof NAMES)[]
    const growing: readonly Growing[] = ways.map((way) => ({
      name: NAMES[way],
      role: ROLES[way],
      sampleAt: (many) => cpuOf(way, many),
    }))
    const contenders = growing.map(({ sampleAt, ...rest }) => ({ ...rest, sample: () => sampleAt(payments) }))
    const samples = await interleaved(contenders, rounds, false)
    const of = (way: keyof typeof NAMES) => samples.get(NAMES[way])
    return {
      name: 'CPU for a thousand payments',
      how: `Milliseconds of processor time, all threads of a process that takes ${payments} payments from 32 callers after 200 to warm up. The gateway (a process of its own, paid at once) and PostgreSQL's own processes are not counted. The peer checks no signature, as alipay-sdk does by default.`,
      rows: [
        ...rowsOf(contenders, samples, 'ms per 1,000'),
        { name: 'f2f, memory / written by hand', unit: '', samples: ratios(of('memory'), of('byHand')) },
        { name: 'f2f, memory / limit', unit: '', samples: ratios(of('memory'), of('limit')) },
      ],
      verdict: { name: 'f2f, SQLite / written by hand', samples: ratios(of('sqlite'), of('byHand')) },
      growth: isFull
        ? await growthOf({ work: 'payments', cost: 'ms of CPU for 1,000 payments', sizes: SIZES }, growing, 1)
        : undefined,
    }
  },
}
