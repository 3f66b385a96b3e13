import { settleTrade } from '../../ledger/refunding.ts'
import { Refusal } from '../../ledger/refusal.ts'
import { type BizContent, requiredAmount, requiredText } from '../biz-content.ts'
import { findTrade, type GatewayMethod } from '../call.ts'
import { success } from '../problem.ts'

/** `alipay.trade.order.settle`: passes part of a paid trade's money on (protocol §6.10). */
export const settle: GatewayMethod = {
  name: 'alipay.trade.order.settle',
  shortName: 'settle',
  handle: (call, world) => {
    const at = world.clock.now()
    const order = {
      outRequestNo: requiredText(call.biz, 'out_request_no', 64),
      amount: royalties(call.biz).reduce((sum, royalty) => sum + requiredAmount(royalty, 'amount'), 0),
    }
    const trade = world.ledger.commit(settleTrade(findTrade(call, world), order, world.numbers.settleNo(at), at))
    const settlement = trade.settlements.find(({ outRequestNo }) => outRequestNo === order.outRequestNo)
    return { node: success({ trade_no: trade.tradeNo, settle_no: settlement?.settleNo }) }
  },
}

const royalties = ({ royalty_parameters: list }: BizContent): readonly BizContent[] => {
  if (!Array.isArray(list) || list.length === 0) throw new Refusal('ACQ.INVALID_PARAMETER', 'royalty_parameters')
  return list.map((royalty: unknown) => {
    if (typeof royalty !== 'object' || royalty === null)
      throw new Refusal('ACQ.INVALID_PARAMETER', 'royalty_parameters')
    requiredText(royalty as BizContent, 'trans_in', 28)
    return royalty as BizContent
  })
}
