import type { Fault } from '../faults/fault.ts'
import type { App, Merchant } from '../identity/apps.ts'
import type { TradeKey } from '../ledger/ledger.ts'
import { Refusal } from '../ledger/refusal.ts'
import type { NotifyTarget, Trade } from '../ledger/trade.ts'
import type { World } from '../world.ts'
import { type BizContent, optionalText } from './biz-content.ts'
import type { ReplyNode } from './problem.ts'

/** An authenticated call. */
export interface Call {
  readonly app: App
  /** On whose behalf: the application's owner, or the merchant of the `app_auth_token`. */
  readonly merchant: Merchant
  readonly biz: BizContent
  readonly notify: NotifyTarget | undefined
  /** Scheme, host and port the call came to; links in answers start with it. */
  readonly origin: string
}

/** What an API answers, and what befalls the answer. */
export interface Answer {
  readonly node: ReplyNode
  readonly fault?: Fault | undefined
}

/** One API of the gateway. */
export interface GatewayMethod {
  /** Such as `alipay.trade.pay`. */
  readonly name: string
  /** Such as `pay`: its name in call counts and fault rules. */
  readonly shortName: string
  /**
   * Does the work at once, in one piece, so that calls never see each other's halves.
   *
   * @throws Refusal when a business rule says no
   */
  readonly handle: (call: Call, world: World) => Answer
  /** Business fields that stand in the answer even when the call is refused. */
  readonly refusedFields?: (biz: BizContent) => Readonly<Record<string, unknown>>
}

const NUMBER_LENGTH = 64

/**
 * Which trade a call is about.
 *
 * @throws Refusal `ACQ.INVALID_PARAMETER` when it names none
 */
export const tradeKey = (biz: BizContent): TradeKey => {
  const tradeNo = optionalText(biz, 'trade_no', NUMBER_LENGTH)
  const outTradeNo = optionalText(biz, 'out_trade_no', NUMBER_LENGTH)
  if (tradeNo !== undefined) return { tradeNo }
  if (outTradeNo !== undefined) return { outTradeNo }
  throw new Refusal('ACQ.INVALID_PARAMETER', 'out_trade_no')
}

/**
 * The trade a call is about, among those of its merchant.
 *
 * @throws Refusal `ACQ.TRADE_NOT_EXIST`, or `ACQ.INVALID_PARAMETER` when it names none
 */
export const findTrade = (call: Call, world: World): Trade => {
  const trade = world.ledger.find(call.merchant.userId, tradeKey(call.biz))
  if (trade === undefined) throw new Refusal('ACQ.TRADE_NOT_EXIST')
  return trade
}

/** The order number as the caller wrote it, to be repeated in an answer. */
export const echoNumber = (biz: BizContent): Readonly<Record<string, unknown>> =>
  typeof biz.out_trade_no === 'string' ? { out_trade_no: biz.out_trade_no } : {}
