import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { parseKey, sign } from '@f2f/core'
import type { Bench } from '../bench.ts'
import { merchant } from '../keys.ts'
import { ratios } from '../report.ts'
import { interleaved, rateOf } from '../rounds.ts'

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
  run: async ({ rounds, ms }) => {
    const key = parseKey(merchant.privateKey, 'private')
    const names = { ours: `f2f sign, ${CALLERS} callers`, openssl: `openssl speed -multi ${cores}` }
    const samples = await interleaved(
      [
        { name: names.ours, sample: () => rateOf(() => sign(TEXT, key), CALLERS, ms) },
        { name: names.openssl, sample: () => opensslRate(ms) },
      ],
      rounds,
    )
    const [ours = [], openssl = []] = [samples.get(names.ours), samples.get(names.openssl)]
    return {
      name: 'Signing from many callers',
      how: `RSA2, 2048 bits, ${TEXT.length} characters, key parsed once. openssl signs a bare digest on ${cores} processes.`,
      rows: [
        { name: names.ours, unit: 'signatures/s', samples: ours },
        { name: names.openssl, unit: 'signatures/s', samples: openssl },
      ],
      verdict: { name: 'f2f / openssl', samples: ratios(ours, openssl), target: { atLeast: 0.85 } },
    }
  },
}
