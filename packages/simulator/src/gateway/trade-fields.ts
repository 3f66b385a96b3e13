import { yuan } from '@f2f/core'
import { type Trade, wasPaid } from '../ledger/trade.ts'
import type { BizContent } from './biz-content.ts'
import { echoNumber } from './call.ts'

const amounts = (amount: string) => ({
  buyer_pay_amount: amount,
  invoice_amount: amount,
  point_amount: '0.00',
  receipt_amount: amount,
})

/** Where the simulated buyer's money comes from. */
export const fundBill = (amount: number) => [{ amount: yuan(amount), fund_channel: 'ALIPAYACCOUNT' }]

/** What every answer about a trade says of its buyer. */
export const buyerFields = ({ buyer }: Trade) => ({
  buyer_logon_id: buyer.logonId,
  buyer_user_id: buyer.userId,
})

/** The two numbers of a trade. */
export const numberFields = ({ outTradeNo, tradeNo }: Trade) => ({ out_trade_no: outTradeNo, trade_no: tradeNo })

/** What pay and query say of a trade; all amounts but the total are zero while it is unpaid (protocol §6.12). */
export const tradeFields = (trade: Trade) => ({
  ...numberFields(trade),
  ...buyerFields(trade),
  ...amounts(wasPaid(trade) ? yuan(trade.total) : '0.00'),
  total_amount: yuan(trade.total),
  ...(wasPaid(trade) ? { fund_bill_list: fundBill(trade.total) } : {}),
})

/** What a refused pay or query still says (protocol §3.1). */
export const refusedTradeFields = (biz: BizContent) => ({ ...echoNumber(biz), ...amounts('0.00') })
