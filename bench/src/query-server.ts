import { parseForm } from '@f2f/core'
import { signReply } from '@f2f/core/testing'
import { type Child, childConfig, startChild } from './child.ts'
import { serveLoopback } from './loopback.ts'
import { QUERY_METHOD } from './messages.ts'

interface QueryServerConfig {
  readonly privateKey: string
  readonly outTradeNos: readonly string[]
  readonly totalAmount: string
}

/** A gateway in its own process that says of every trade it knows that it is paid, with answers signed beforehand. */
export const startQueryServer = (config: QueryServerConfig): Promise<Child> => startChild(import.meta.filename, config)

if (import.meta.main) {
  const { privateKey, outTradeNos, totalAmount } = childConfig<QueryServerConfig>()
  const signed = await Promise.all(
    outTradeNos.map(async (outTradeNo) => {
      const trade = { out_trade_no: outTradeNo, trade_no: `2026${outTradeNo}`, total_amount: totalAmount }
      const node = { code: '10000', msg: 'Success', ...trade, trade_status: 'TRADE_SUCCESS' }
      return [outTradeNo, await signReply(QUERY_METHOD, node, privateKey)] as const
    }),
  )
  const replies = new Map(signed)
  serveLoopback((body) => {
    const { out_trade_no } = JSON.parse(parseForm(body).get('biz_content') ?? '{}') as { out_trade_no: string }
    return replies.get(out_trade_no) ?? Buffer.alloc(0)
  })
}
