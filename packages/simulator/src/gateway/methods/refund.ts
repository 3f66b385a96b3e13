import { beijingTimestamp, yuan } from '@f2f/core'
import { type RefundOrder, refundTrade } from '../../ledger/refunding.ts'
import { refundedAmount } from '../../ledger/trade.ts'
import { type BizContent, optionalText, present, requiredAmount } from '../biz-content.ts'
import { echoNumber, findTrade, type GatewayMethod } from '../call.ts'
import { success } from '../problem.ts'
import { buyerFields, fundBill, numberFields } from '../trade-fields.ts'

/** `alipay.trade.refund` (protocol §6.5). */
export const refund: GatewayMethod = {
  name: 'alipay.trade.refund',
  shortName: 'refund',
  refusedFields: echoNumber,
  handle: (call, world) => {
    const done = refundTrade(findTrade(call, world), readRefund(call.biz), world.clock.now())
    const trade = world.ledger.commit(done.trade)
    return {
      node: success({
        ...numberFields(trade),
        ...buyerFields(trade),
        fund_change: done.changed ? 'Y' : 'N',
        gmt_refund_pay: beijingTimestamp(done.refund.at),
        refund_detail_item_list: done.changed ? fundBill(done.refund.amount) : undefined,
        refund_fee: yuan(refundedAmount(trade)),
        send_back_fee: done.changed ? yuan(done.refund.amount) : '0.00',
      }),
    }
  },
}

const readRefund = (biz: BizContent): RefundOrder => ({
  amount: requiredAmount(biz, 'refund_amount'),
  ...present({
    outRequestNo: optionalText(biz, 'out_request_no', 64),
    reason: optionalText(biz, 'refund_reason', 256),
    operatorId: optionalText(biz, 'operator_id', 30),
    storeId: optionalText(biz, 'store_id', 32),
    terminalId: optionalText(biz, 'terminal_id', 32),
  }),
})
