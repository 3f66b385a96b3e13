import { createAlipay } from '@f2f/core'
import { signReply } from '@f2f/core/testing'
import type { Bench } from '../bench.ts'
import { startFixedServer } from '../fixed-server.ts'
import { growthByCallers } from '../growth.ts'
import { APP_ID, alipayPair, merchant } from '../keys.ts'
import { leastQuery } from '../least-query.ts'
import { ORDER, QUERY_METHOD, QUERY_REPLY } from '../messages.ts'
import { officialSdk } from '../official.ts'
import { ratios } from '../report.ts'
import { type Call, interleaved, ratesOf, rowsOf } from '../rounds.ts'

const CALLERS = 32
/** As long as the signed text of a query. */
const TEXT = 'x'.repeat(300)

export const query: Bench = {
  id: 'query',
  run: async ({ rounds, ms, isFull }) => {
    const reply = await signReply(QUERY_METHOD, QUERY_REPLY, alipayPair.privateKey)
    await using server = await startFixedServer(reply)
    const gateway = `${server.said}/gateway.do`
    const ours = createAlipay({
      appId: APP_ID,
      privateKey: merchant.privateKey,
      alipayPublicKey: alipayPair.publicKey,
      gateway,
    })
    const sdk = officialSdk({ gateway })
    const least = leastQuery({
      gateway,
      privateKey: merchant.privateKey,
      alipayPublicKey: alipayPair.publicKey,
      text: TEXT,
      reply,
    })
    const exec = (options: object) => () => sdk.exec(QUERY_METHOD, { bizContent: ORDER }, options)
    const calls: readonly Call[] = [
      { name: 'f2f, always verified', role: 'ours', call: () => ours.query(ORDER) },
      { name: 'alipay-sdk, not verified (default)', role: 'peer', call: exec({}) },
      { name: 'alipay-sdk, verified', role: 'peer', call: exec({ validateSign: true }) },
      { name: 'limit: sign, node:http, verify, nothing else', role: 'limit', call: least },
    ]
    const contenders = ratesOf(calls, CALLERS, ms)
    const rows = rowsOf(contenders, await interleaved(contenders, rounds), 'queries/s')
    return {
      name: `query, ${CALLERS} callers, loopback server in its own process`,
      how: 'The server signs nothing: it sends one reply that was signed before. f2f verifies it every time.',
      rows: [
        ...rows,
        { name: 'limit / alipay-sdk default', unit: '', samples: ratios(rows[3]?.samples, rows[1]?.samples) },
        { name: 'f2f / limit', unit: '', samples: ratios(rows[0]?.samples, rows[3]?.samples) },
      ],
      verdict: {
        name: 'f2f / alipay-sdk default',
        samples: ratios(rows[0]?.samples, rows[1]?.samples),
        target: { atLeast: 3 },
      },
      growth: isFull ? await growthByCallers(calls, 'µs per query') : undefined,
    }
  },
}
