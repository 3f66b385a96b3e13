import { closeTrade } from '../../ledger/cancellation.ts'
import { echoNumber, findTrade, type GatewayMethod } from '../call.ts'
import { success } from '../problem.ts'
import { numberFields } from '../trade-fields.ts'

/** `alipay.trade.close`: unpaid trades only (protocol §6.7). */
export const close: GatewayMethod = {
  name: 'alipay.trade.close',
  shortName: 'close',
  refusedFields: echoNumber,
  handle: (call, world) => {
    const trade = world.ledger.commit(closeTrade(findTrade(call, world), world.clock.now()))
    return { node: success(numberFields(trade)) }
  },
}
