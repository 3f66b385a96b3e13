import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createAlipay, createCashier } from '@f2f/core'
import { allowAnyone, createHandler, toNodeListener } from '@f2f/core/http'
import { type Child, childConfig, startChild } from '../child.ts'
import { APP_ID } from '../keys.ts'

interface StreamServerConfig {
  readonly payments: number
  readonly privateKey: string
  readonly alipayPublicKey: string
}

/**
 * A back end in its own process whose payments wait for their buyers: `S0`, `S1`, …; it says its origin. `/bare` is an
 * event stream of nothing, `/memory` what is held.
 */
export const startStreamServer = (config: StreamServerConfig): Promise<Child> =>
  startChild(import.meta.filename, config)

/** An hour: nothing comes due while the streams are open. */
const LONG = 3_600_000

if (import.meta.main) {
  const { payments, ...keys } = childConfig<StreamServerConfig>()
  const alipay = {
    ...createAlipay({ appId: APP_ID, ...keys }),
    pay: async ({ out_trade_no }: { readonly out_trade_no: string }) => ({ code: '10003', msg: 'wait', out_trade_no }),
  }
  const policy = { firstQueryAfter: LONG, pollEvery: LONG, payWithin: LONG }
  const cashier = createCashier({ alipay, policy, onSettled: () => undefined })
  for (let number = 0; number < payments; number += 1) {
    await cashier.start({
      outTradeNo: `S${number}`,
      authCode: '280000000000000000',
      totalAmount: '8.88',
      subject: 'tea',
    })
  }
  await cashier.idle()
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const api = toNodeListener(createHandler({ cashier, authenticate: allowAnyone }))
  const server = createServer((req, res) => {
    if (req.url === '/bare') {
      res.writeHead(200, { 'content-type': 'text/event-stream' }).write(': \n\n')
      return
    }
    if (req.url !== '/memory') return void api(req, res)
    collect()
    const { heapUsed, external } = process.memoryUsage()
    res.end(JSON.stringify({ bytes: heapUsed + external }))
  })
  server.listen(0, '127.0.0.1', 4_096, () =>
    process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
  )
}
