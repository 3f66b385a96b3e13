import { Refusal } from './refusal.ts'
import { after, type Trade } from './trade.ts'

const DAY = 24 * 60 * 60 * 1000

/** What a cancel does: closes an unpaid trade, gives the money of a paid one back. */
type CancelAction = 'close' | 'refund'

interface Cancelled {
  readonly trade: Trade
  readonly action: CancelAction
}

/**
 * Cancels (撤销). A repeated cancel changes nothing and answers the same action (protocol §6.4).
 *
 * @throws Refusal `ACQ.REASON_TRADE_REFUND_FEE_ERR` after any refund, `ACQ.TRADE_CANCEL_TIME_OUT` 24 hours after the
 *   trade was created
 */
export const cancelTrade = (trade: Trade, at: number): Cancelled => {
  if (trade.cancelAction !== undefined) return { trade, action: trade.cancelAction }
  if (trade.refunds.length > 0) throw new Refusal('ACQ.REASON_TRADE_REFUND_FEE_ERR')
  if (trade.status === 'TRADE_CLOSED') return { trade, action: 'close' }
  if (at - trade.createdAt > DAY) throw new Refusal('ACQ.TRADE_CANCEL_TIME_OUT')
  const action = trade.status === 'WAIT_BUYER_PAY' ? 'close' : 'refund'
  return { trade: action === 'close' ? cancelUnpaid(trade, at) : cancelPaid(trade, at), action }
}

const cancelUnpaid = (trade: Trade, at: number): Trade =>
  after(trade, 'cancelled', at, { status: 'TRADE_CLOSED', closedAt: at, cancelAction: 'close' })

const cancelPaid = (trade: Trade, at: number): Trade =>
  after(trade, 'cancelled', at, {
    status: 'TRADE_CLOSED',
    closedAt: at,
    cancelAction: 'refund',
    refunds: [{ outRequestNo: trade.outTradeNo, amount: trade.total, at, by: 'cancel' }],
  })

/**
 * Closes an unpaid trade (protocol §6.7).
 *
 * @throws Refusal `ACQ.TRADE_STATUS_ERROR` for any other trade
 */
export const closeTrade = (trade: Trade, at: number): Trade => {
  if (trade.status !== 'WAIT_BUYER_PAY') throw new Refusal('ACQ.TRADE_STATUS_ERROR')
  return after(trade, 'closed', at, { status: 'TRADE_CLOSED', closedAt: at })
}
