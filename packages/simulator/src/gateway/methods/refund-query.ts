import { beijingTimestamp, yuan } from '@f2f/core'
import type { Refund, Trade } from '../../ledger/trade.ts'
import { type BizContent, requiredText } from '../biz-content.ts'
import { echoNumber, findTrade, type GatewayMethod } from '../call.ts'
import { success } from '../problem.ts'
import { fundBill, numberFields } from '../trade-fields.ts'

/** `alipay.trade.fastpay.refund.query` (protocol §6.6). A refund nobody knows is a success without any data. */
export const refundQuery: GatewayMethod = {
  name: 'alipay.trade.fastpay.refund.query',
  shortName: 'refundQuery',
  refusedFields: echoNumber,
  handle: (call, world) => {
    const outRequestNo = requiredText(call.biz, 'out_request_no', 64)
    const trade = findTrade(call, world)
    const refund = trade.refunds.find((one) => one.outRequestNo === outRequestNo)
    return { node: success(refund === undefined ? {} : refundFields(trade, refund, call.biz)) }
  },
}

const refundFields = (trade: Trade, refund: Refund, { query_options: options }: BizContent) => ({
  ...numberFields(trade),
  out_request_no: refund.outRequestNo,
  refund_amount: yuan(refund.amount),
  refund_reason: refund.reason,
  refund_status: 'REFUND_SUCCESS',
  total_amount: yuan(trade.total),
  gmt_refund_pay: asks(options, 'gmt_refund_pay') ? beijingTimestamp(refund.at) : undefined,
  refund_detail_item_list: asks(options, 'refund_detail_item_list') ? fundBill(refund.amount) : undefined,
})

const asks = (options: unknown, name: string): boolean => Array.isArray(options) && options.includes(name)
