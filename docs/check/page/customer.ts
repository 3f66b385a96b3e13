import type { Simulator } from '@f2f/simulator'

const THINKS_FOR = 1_000

/** The order number of a QR code that is being made; undefined for any other call, or one whose content is encrypted. */
const offeredNumber = async (request: Request): Promise<string | undefined> => {
  const fields = new URLSearchParams(await request.text())
  const content = fields.get('biz_content') ?? ''
  const method = fields.get('method') ?? new URL(request.url).searchParams.get('method')
  if (method !== 'alipay.trade.precreate' || !content.startsWith('{')) return undefined
  return (JSON.parse(content) as { out_trade_no: string }).out_trade_no
}

/** The simulator with somebody who pays every QR code a second after it was made. */
export const withCustomer = (simulator: Simulator): Simulator => {
  const pay = (outTradeNo: string): void => {
    void simulator.fetch(new Request(`http://simulator/trades/${outTradeNo}/confirm`, { method: 'POST' }))
  }
  return {
    ...simulator,
    fetch: async (request) => {
      const outTradeNo = await offeredNumber(request.clone())
      if (outTradeNo !== undefined) setTimeout(pay, THINKS_FOR, outTradeNo).unref()
      return simulator.fetch(request)
    },
  }
}
