import { parseForm } from '@f2f/core'
import { signReply } from '@f2f/core/testing'
import { type Child, childConfig, startChild } from './child.ts'
import { serveLoopback } from './loopback.ts'

/** A gateway in its own process that takes every payment at once and signs its answer; it says its origin. */
export const startPayServer = (privateKey: string): Promise<Child> => startChild(import.meta.filename, { privateKey })

const answer = async (body: Buffer, privateKey: string): Promise<Uint8Array> => {
  const content = JSON.parse(parseForm(body).get('biz_content') ?? '{}') as Record<string, string>
  const { out_trade_no, total_amount } = content
  const node = { code: '10000', msg: 'Success', out_trade_no, total_amount, trade_no: '2026112122001400000000000000' }
  return signReply('alipay.trade.pay', node, privateKey)
}

if (import.meta.main) {
  const { privateKey } = childConfig<{ privateKey: string }>()
  serveLoopback((body) => answer(body, privateKey))
}
