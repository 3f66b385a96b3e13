import { Refusal } from './refusal.ts'
import { after, type Buyer, type Order, type Trade } from './trade.ts'

/** What Alipay adds to an order when a buyer takes it up. */
interface Opening {
  readonly tradeNo: string
  readonly buyer: Buyer
  readonly at: number
  readonly expiresAt: number
}

/** A trade waiting for its buyer. */
export const openTrade = (order: Order, { at, ...opening }: Opening): Trade => ({
  ...order,
  ...opening,
  status: 'WAIT_BUYER_PAY',
  createdAt: at,
  refunds: [],
  settlements: [],
  history: [{ at, event: 'created', status: 'WAIT_BUYER_PAY' }],
})

/** Why a number cannot be paid once more: paid already, or closed (protocol §6.1). */
const mustWait = (trade: Trade): void => {
  if (trade.status === 'TRADE_CLOSED') throw new Refusal('ACQ.TRADE_HAS_CLOSE')
  if (trade.status !== 'WAIT_BUYER_PAY') throw new Refusal('ACQ.TRADE_HAS_SUCCESS')
}

/**
 * The buyer pays.
 *
 * @throws Refusal `ACQ.TRADE_HAS_CLOSE` or `ACQ.TRADE_HAS_SUCCESS`
 */
export const payTrade = (trade: Trade, at: number): Trade => {
  mustWait(trade)
  return after(trade, 'paid', at, { status: 'TRADE_SUCCESS', paidAt: at })
}

/**
 * The buyer refuses: the trade closes.
 *
 * @throws Refusal `ACQ.TRADE_HAS_CLOSE` or `ACQ.TRADE_HAS_SUCCESS`
 */
export const declineTrade = (trade: Trade, at: number): Trade => {
  mustWait(trade)
  return after(trade, 'declined', at, { status: 'TRADE_CLOSED', closedAt: at })
}

/** The trade at its own time limit: closed when still unpaid, otherwise as it was. */
export const expireTrade = (trade: Trade, at: number): Trade =>
  trade.status === 'WAIT_BUYER_PAY' && at >= trade.expiresAt
    ? after(trade, 'expired', at, { status: 'TRADE_CLOSED', closedAt: at })
    : trade

/**
 * Whether an order under a number already in use may go on with that number's trade (protocol §6.1).
 *
 * @throws Refusal `ACQ.TRADE_HAS_CLOSE`, `ACQ.TRADE_HAS_SUCCESS`, or `ACQ.CONTEXT_INCONSISTENT` for other content
 */
export const repeatOrder = (trade: Trade, order: Order): void => {
  mustWait(trade)
  if (!sameContent(trade, order)) throw new Refusal('ACQ.CONTEXT_INCONSISTENT')
}

/** Same number, amount and subject: the same order. */
export const sameContent = (one: Order, other: Order): boolean =>
  one.outTradeNo === other.outTradeNo && one.total === other.total && one.subject === other.subject
