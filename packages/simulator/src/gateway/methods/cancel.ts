import { beijingTimestamp } from '@f2f/core'
import { cancelTrade } from '../../ledger/cancellation.ts'
import type { TradeKey } from '../../ledger/ledger.ts'
import type { World } from '../../world.ts'
import { type Call, echoNumber, type GatewayMethod, tradeKey } from '../call.ts'
import { type ReplyNode, success } from '../problem.ts'
import { numberFields } from '../trade-fields.ts'

/** `alipay.trade.cancel` (protocol §6.4). */
export const cancel: GatewayMethod = {
  name: 'alipay.trade.cancel',
  shortName: 'cancel',
  refusedFields: (biz) => ({ ...echoNumber(biz), retry_flag: 'N' }),
  handle: (call, world) => {
    const key = tradeKey(call.biz)
    return { node: cancelKnown(call, world, key) ?? cancelUnknown(call, world, key) }
  },
}

const cancelKnown = (call: Call, world: World, key: TradeKey): ReplyNode | undefined => {
  const found = world.ledger.find(call.merchant.userId, key)
  if (found === undefined) return undefined
  const { trade, action } = cancelTrade(found, world.clock.now())
  world.ledger.commit(trade)
  const [refund] = trade.refunds
  return success({
    ...numberFields(trade),
    action,
    retry_flag: 'N',
    gmt_refund_pay: refund === undefined ? undefined : beijingTimestamp(refund.at),
  })
}

/** Nothing to cancel: success without an action. A `pay` that arrives later is not stopped by this. */
const cancelUnknown = (call: Call, world: World, { outTradeNo }: TradeKey): ReplyNode => {
  if (world.settings.cancelWithdrawsQr && outTradeNo !== undefined) {
    world.offers.withdraw(call.merchant.userId, outTradeNo)
  }
  return success({ ...echoNumber(call.biz), retry_flag: 'N' })
}
