import { beijingTimestamp } from '@f2f/core'
import { wasPaid } from '../../ledger/trade.ts'
import { findTrade, type GatewayMethod } from '../call.ts'
import { success } from '../problem.ts'
import { refusedTradeFields, tradeFields } from '../trade-fields.ts'

/** `alipay.trade.query` (protocol §6.3). */
export const query: GatewayMethod = {
  name: 'alipay.trade.query',
  shortName: 'query',
  refusedFields: refusedTradeFields,
  handle: (call, world) => {
    const trade = findTrade(call, world)
    return {
      node: success({
        ...tradeFields(trade),
        trade_status: trade.status,
        send_pay_date: wasPaid(trade) ? beijingTimestamp(trade.paidAt) : undefined,
        store_id: trade.storeId,
        terminal_id: trade.terminalId,
      }),
    }
  },
}
