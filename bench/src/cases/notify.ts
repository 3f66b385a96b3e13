import { parse } from 'node:querystring'
import { createAlipay } from '@f2f/core'
import { signNotify } from '@f2f/core/testing'
import type { Bench } from '../bench.ts'
import { APP_ID, alipayPair, merchant } from '../keys.ts'
import { NOTIFICATION } from '../messages.ts'
import { officialSdk } from '../official.ts'
import { ratios } from '../report.ts'
import { interleaved, rateOf } from '../rounds.ts'

const CALLERS = 64

export const notify: Bench = {
  id: 'notify',
  run: async ({ rounds, ms }) => {
    const body = await signNotify(NOTIFICATION, alipayPair.privateKey)
    const bytes = Buffer.from(body)
    const ours = createAlipay({ appId: APP_ID, privateKey: merchant.privateKey, alipayPublicKey: alipayPair.publicKey })
    const sdk = officialSdk()
    const names = { ours: 'f2f verifyNotify', official: 'alipay-sdk checkNotifySign' }
    const samples = await interleaved(
      [
        { name: names.ours, sample: () => rateOf(() => ours.verifyNotify(bytes), CALLERS, ms) },
        {
          name: names.official,
          sample: () =>
            rateOf(
              async () => {
                if (!sdk.checkNotifySign(parse(body))) throw new Error('alipay-sdk refused a genuine notification')
              },
              CALLERS,
              ms,
            ),
        },
      ],
      rounds,
    )
    const [mine = [], official = []] = [samples.get(names.ours), samples.get(names.official)]
    return {
      name: `Verifying a notification, ${CALLERS} callers`,
      how: 'Both from the urlencoded body: f2f by its own parser, alipay-sdk after node:querystring.',
      rows: [
        { name: names.ours, unit: 'notifications/s', samples: mine },
        { name: names.official, unit: 'notifications/s', samples: official },
      ],
      verdict: { name: 'f2f / alipay-sdk', samples: ratios(mine, official), target: { atLeast: 4 } },
    }
  },
}
