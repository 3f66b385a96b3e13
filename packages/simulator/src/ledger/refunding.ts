import { Refusal } from './refusal.ts'
import { after, type Refund, refundedAmount, settledAmount, type Trade, wasPaid } from './trade.ts'

const YEAR = 365 * 24 * 60 * 60 * 1000

/** A refund as asked for. Without `outRequestNo` only the whole amount can be refunded, under `outTradeNo`. */
export interface RefundOrder extends Omit<Refund, 'outRequestNo' | 'at' | 'by'> {
  readonly outRequestNo?: string
}

interface Refunded {
  readonly trade: Trade
  readonly refund: Refund
  /** False when this very refund had been done before. */
  readonly changed: boolean
}

/**
 * Gives money back (protocol §6.5). The same number and amount again changes nothing.
 *
 * @throws Refusal with one of the codes of protocol §6.5
 */
export const refundTrade = (trade: Trade, order: RefundOrder, at: number): Refunded => {
  const outRequestNo = order.outRequestNo ?? trade.outTradeNo
  const known = trade.refunds.find((refund) => refund.outRequestNo === outRequestNo)
  if (known !== undefined) return repeated(trade, known, order)
  mustBeRefundable(trade, order, at)
  const refund: Refund = { ...order, outRequestNo, at, by: 'refund' }
  const refunds = [...trade.refunds, refund]
  const isWhole = refundedAmount(trade) + refund.amount === trade.total
  const changes = isWhole ? { refunds, status: 'TRADE_CLOSED' as const, closedAt: at } : { refunds }
  return { trade: after(trade, 'refunded', at, changes), refund, changed: true }
}

const repeated = (trade: Trade, known: Refund, order: RefundOrder): Refunded => {
  if (known.amount !== order.amount) throw new Refusal('ACQ.DISCORDANT_REPEAT_REQUEST')
  return { trade, refund: known, changed: false }
}

const mustBeRefundable = (trade: Trade, order: RefundOrder, at: number): void => {
  if (trade.status === 'WAIT_BUYER_PAY') throw new Refusal('ACQ.TRADE_STATUS_ERROR')
  if (trade.status === 'TRADE_CLOSED') throw new Refusal('ACQ.TRADE_HAS_CLOSE')
  if (trade.status === 'TRADE_FINISHED' || isOver(trade, at)) throw new Refusal('ACQ.TRADE_HAS_FINISHED')
  const isPartWithoutNumber = order.outRequestNo === undefined && order.amount !== trade.total
  if (order.amount > trade.total || isPartWithoutNumber) throw new Refusal('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL')
  if (refundedAmount(trade) + order.amount > trade.total) throw new Refusal('ACQ.REASON_TRADE_REFUND_FEE_ERR')
}

/** The refund window of Face-to-Face payments is twelve months. */
const isOver = (trade: Trade, at: number): boolean => wasPaid(trade) && at - trade.paidAt > YEAR

/** The trade once its refund window is over: finished when still paid, otherwise as it was. */
export const finishTrade = (trade: Trade, at: number): Trade =>
  trade.status === 'TRADE_SUCCESS' && isOver(trade, at) ? { ...trade, status: 'TRADE_FINISHED' } : trade

/** Money to pass on, as asked for. */
interface SettlementOrder {
  readonly outRequestNo: string
  readonly amount: number
}

/**
 * Passes part of a paid trade's money on (protocol §6.10). The same number and amount again changes nothing.
 *
 * @throws Refusal `ACQ.TRADE_STATUS_ERROR`, `ACQ.DISCORDANT_REPEAT_REQUEST` or `ACQ.ALLOC_AMOUNT_VALIDATE_ERROR`
 */
export const settleTrade = (trade: Trade, order: SettlementOrder, settleNo: string, at: number): Trade => {
  const known = trade.settlements.find(({ outRequestNo }) => outRequestNo === order.outRequestNo)
  if (known !== undefined && known.amount !== order.amount) throw new Refusal('ACQ.DISCORDANT_REPEAT_REQUEST')
  if (known !== undefined) return trade
  if (trade.status !== 'TRADE_SUCCESS') throw new Refusal('ACQ.TRADE_STATUS_ERROR')
  const left = trade.total - refundedAmount(trade) - settledAmount(trade)
  if (order.amount > left) throw new Refusal('ACQ.ALLOC_AMOUNT_VALIDATE_ERROR')
  return after(trade, 'settled', at, { settlements: [...trade.settlements, { ...order, settleNo, at }] })
}
