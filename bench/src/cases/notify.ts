import { createPublicKey, verify } from 'node:crypto'
import { parse } from 'node:querystring'
import { promisify } from 'node:util'
import { createAlipay, parseForm } from '@f2f/core'
import { signNotify } from '@f2f/core/testing'
import type { Bench } from '../bench.ts'
import { growthByCallers } from '../growth.ts'
import { APP_ID, alipayPair, merchant } from '../keys.ts'
import { NOTIFICATION } from '../messages.ts'
import { officialSdk } from '../official.ts'
import { ratios } from '../report.ts'
import { type Call, interleaved, ratesOf, rowsOf } from '../rounds.ts'

const CALLERS = 64

const verified = promisify(verify)

/** What nobody can do without: the signature verified off the event loop, with text, bytes and key at hand. */
const leastVerify = (body: string): (() => Promise<void>) => {
  const form = parseForm(Buffer.from(body))
  const text = [...form]
    .filter(([name]) => name !== 'sign' && name !== 'sign_type')
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const [bytes, signature] = [Buffer.from(text), Buffer.from(form.get('sign') ?? '', 'base64')]
  const key = createPublicKey(alipayPair.publicKey)
  return async () => {
    if (!(await verified('sha256', bytes, key, signature))) throw new Error('the signature does not hold')
  }
}

export const notify: Bench = {
  id: 'notify',
  run: async ({ rounds, ms, isFull }) => {
    const body = await signNotify(NOTIFICATION, alipayPair.privateKey)
    const bytes = Buffer.from(body)
    const ours = createAlipay({ appId: APP_ID, privateKey: merchant.privateKey, alipayPublicKey: alipayPair.publicKey })
    const sdk = officialSdk()
    const official = async (): Promise<void> => {
      if (!sdk.checkNotifySign(parse(body))) throw new Error('alipay-sdk refused a genuine notification')
    }
    const calls: readonly Call[] = [
      { name: 'f2f verifyNotify', role: 'ours', call: () => ours.verifyNotify(bytes) },
      { name: 'alipay-sdk checkNotifySign', role: 'peer', call: official },
      { name: 'limit: node:crypto verify, nothing else', role: 'limit', call: leastVerify(body) },
    ]
    const contenders = ratesOf(calls, CALLERS, ms)
    const samples = await interleaved(contenders, rounds)
    const rows = rowsOf(contenders, samples, 'notifications/s')
    const [mine, theirs, limit] = rows.map((row) => row.samples)
    return {
      name: `Verifying a notification, ${CALLERS} callers`,
      how: 'Both from the urlencoded body: f2f by its own parser, alipay-sdk after node:querystring. The limit has the signed text ready.',
      rows: [...rows, { name: 'f2f / limit', unit: '', samples: ratios(mine, limit) }],
      verdict: { name: 'f2f / alipay-sdk', samples: ratios(mine, theirs), target: { atLeast: 4 } },
      growth: isFull ? await growthByCallers(calls, 'µs per notification') : undefined,
    }
  },
}
