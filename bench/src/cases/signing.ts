import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { parseKey, sign } from '@f2f/core'
import type { Bench } from '../bench.ts'
import { growthByCallers } from '../growth.ts'
import { merchant } from '../keys.ts'
import { officialSdk } from '../official.ts'
import { ratios } from '../report.ts'
import { type Call, type Contender, interleaved, ratesOf, rowsOf } from '../rounds.ts'

const CALLERS = 64
const TEXT = `app_id=2021000000000000&biz_content=${'x'.repeat(400)}&charset=utf-8&method=alipay.trade.pay&version=1.0`

const cores = availableParallelism()

/** Signatures per second by `openssl speed` on every core. */
const opensslRate = async (ms: number): Promise<number> => {
  const seconds = Math.max(1, Math.round(ms / 1000))
  const options = ['speed', '-mr', '-seconds', String(seconds), '-multi', String(cores), 'rsa2048']
  const { stdout } = await promisify(execFile)('openssl', options)
  const rate = Number(/^\+F2:\d+:2048:([\d.]+):/m.exec(stdout)?.[1])
  if (!(rate > 0)) throw new Error(`openssl speed printed no rate:\n${stdout}`)
  return rate
}

export const signing: Bench = {
  id: 'signing',
  run: async ({ rounds, ms, isFull }) => {
    const key = parseKey(merchant.privateKey, 'private')
    const sdk = officialSdk()
    const official = async () => sdk.sdkExecute('alipay.trade.pay', { bizContent: { subject: 'x'.repeat(400) } })
    const calls: readonly Call[] = [
      { name: 'f2f sign', role: 'ours', call: () => sign(TEXT, key) },
      { name: 'alipay-sdk sdkExecute', role: 'peer', call: official },
    ]
    const contenders: readonly Contender[] = [
      ...ratesOf(calls, CALLERS, ms),
      { name: `limit: openssl speed -multi ${cores}`, role: 'limit', sample: () => opensslRate(ms) },
    ]
    const samples = await interleaved(contenders, rounds)
    const rows = rowsOf(contenders, samples, 'signatures/s')
    const [mine, theirs, limit] = rows.map((row) => row.samples)
    return {
      name: `Signing, ${CALLERS} callers`,
      how: `RSA2, 2048 bits, ${TEXT.length} characters, key parsed once; alipay-sdk signs as long a text by the one call that signs and sends nothing, in one turn of the event loop. openssl signs a bare digest on ${cores} processes.`,
      rows: [...rows, { name: 'f2f / alipay-sdk', unit: '', samples: ratios(mine, theirs) }],
      verdict: { name: 'f2f / openssl', samples: ratios(mine, limit), target: { atLeast: 0.85 } },
      growth: isFull ? await growthByCallers(calls, 'µs per signature') : undefined,
    }
  },
}
