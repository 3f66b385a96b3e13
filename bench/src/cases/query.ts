import { createAlipay } from '@f2f/core'
import { signReply } from '@f2f/core/testing'
import type { Bench } from '../bench.ts'
import { startFixedServer } from '../fixed-server.ts'
import { APP_ID, alipayPair, merchant } from '../keys.ts'
import { leastQuery } from '../least-query.ts'
import { ORDER, QUERY_METHOD, QUERY_REPLY } from '../messages.ts'
import { officialSdk } from '../official.ts'
import { ratios } from '../report.ts'
import { interleaved, rateOf } from '../rounds.ts'

const CALLERS = 32
/** As long as the signed text of a query. */
const TEXT = 'x'.repeat(300)

export const query: Bench = {
  id: 'query',
  run: async ({ rounds, ms }) => {
    const reply = await signReply(QUERY_METHOD, QUERY_REPLY, alipayPair.privateKey)
    await using server = await startFixedServer(reply)
    const gateway = `${server.said}/gateway.do`
    const ours = createAlipay({
      appId: APP_ID,
      privateKey: merchant.privateKey,
      alipayPublicKey: alipayPair.publicKey,
      gateway,
    })
    const sdk = officialSdk(gateway)
    const calls = {
      'f2f, always verified': () => ours.query(ORDER),
      'alipay-sdk, not verified (default)': () => sdk.exec(QUERY_METHOD, { bizContent: ORDER }),
      'alipay-sdk, verified': () => sdk.exec(QUERY_METHOD, { bizContent: ORDER }, { validateSign: true }),
      'limit: sign, node:http, verify, nothing else': leastQuery({
        gateway,
        privateKey: merchant.privateKey,
        alipayPublicKey: alipayPair.publicKey,
        text: TEXT,
        reply,
      }),
    }
    const samples = await interleaved(
      Object.entries(calls).map(([name, call]) => ({ name, sample: () => rateOf(call, CALLERS, ms) })),
      rounds,
    )
    const rows = [...samples].map(([name, values]) => ({ name, unit: 'queries/s', samples: values }))
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
    }
  },
}
