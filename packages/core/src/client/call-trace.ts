import { diagnosticChannels, type Trace } from '../diagnostics/channels.ts'
import type { CallMessage } from '../diagnostics/messages.ts'
import type { WireSettings } from './settings.ts'
import type { ReplyNode } from './trustworthy-reply.ts'

interface TracedCall {
  readonly method: string
  readonly content: object | undefined
  readonly merchantId: string | undefined
}

/** The text of a member; whatever else an untyped call may put there says nothing. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** How a call is shown to those who watch. */
export const callTrace = (
  wire: Pick<WireSettings, 'clock' | 'gateway'>,
  { method, content, merchantId }: TracedCall,
): Trace<CallMessage, ReplyNode> => ({
  channel: diagnosticChannels().call,
  clock: wire.clock,
  facts: () => {
    const { out_trade_no: outTradeNo, out_request_no: outRequestNo }: ReplyNode = { ...content }
    const gateway = new URL(wire.gateway).host
    return { method, outTradeNo: textOf(outTradeNo), outRequestNo: textOf(outRequestNo), merchantId, gateway }
  },
  resultOf: ({ code, sub_code: subCode }) => ({ code: textOf(code) ?? '', subCode: textOf(subCode) }),
})
