import { beijingTimestamp, classifyAuthCode } from '@f2f/core'
import { type Scenario, scenarioOf } from '../../faults/scenario.ts'
import { confirm, confirmLater, open } from '../../ledger/buyer.ts'
import { repeatOrder } from '../../ledger/payment.ts'
import { Refusal } from '../../ledger/refusal.ts'
import { type Trade, wasPaid } from '../../ledger/trade.ts'
import type { World } from '../../world.ts'
import { type BizContent, optionalText, requiredText } from '../biz-content.ts'
import type { Call, GatewayMethod } from '../call.ts'
import { readExpiry, readOrder } from '../order.ts'
import { type ReplyNode, success } from '../problem.ts'
import { refusedTradeFields, tradeFields } from '../trade-fields.ts'

const SCENES: readonly string[] = ['bar_code', 'security_code', 'wave_code', 'bar_code,wave_code']

/** `alipay.trade.pay`: takes a payment code (protocol §6.1). */
export const pay: GatewayMethod = {
  name: 'alipay.trade.pay',
  shortName: 'pay',
  refusedFields: refusedTradeFields,
  handle: (call, world) => {
    const authCode = readCode(call.biz)
    const scenario = scenarioOf(authCode)
    const trade = takeUp(call, world, authCode, scenario)
    return { node: trade === undefined ? success({}) : payNode(trade), fault: scenario.fault }
  },
}

const readCode = (biz: BizContent): string => {
  const scene = optionalText(biz, 'scene', 32) ?? 'bar_code'
  if (!SCENES.includes(scene)) throw new Refusal('ACQ.INVALID_PARAMETER', 'scene')
  const authCode = requiredText(biz, 'auth_code', 64)
  if (classifyAuthCode(authCode) !== 'alipay') throw new Refusal('ACQ.PAYMENT_AUTH_CODE_INVALID')
  return authCode
}

/** Does what the code's scenario says. Undefined when the request has no effect. */
const takeUp = (call: Call, world: World, authCode: string, scenario: Scenario): Trade | undefined => {
  const at = world.clock.now()
  const order = readOrder(call)
  const expiry = readExpiry(call.biz, at)
  const owner = `${order.sellerId}/${order.outTradeNo}`
  const known = world.ledger.find(order.sellerId, order)
  if (known !== undefined) repeatOrder(known, order)
  world.codes.check(authCode, owner, at)
  if (scenario.refusal !== undefined) throw new Refusal(scenario.refusal)
  if (scenario.effect === 'none') return undefined
  world.codes.use(authCode, owner)
  const trade = known ?? open(world, order, expiry)
  if (scenario.effect === 'paid') return confirm(world, trade)
  if (scenario.confirmsLater === true && known === undefined) confirmLater(world, trade, world.settings.confirmAfter)
  return trade
}

const payNode = (trade: Trade): ReplyNode =>
  wasPaid(trade)
    ? success({ ...tradeFields(trade), gmt_payment: beijingTimestamp(trade.paidAt) })
    : { code: '10003', msg: ' order success pay inprocess', ...tradeFields(trade) }
