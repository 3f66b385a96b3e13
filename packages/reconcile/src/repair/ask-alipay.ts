import { type Alipay, F2fError, fen, normalizeSubCode } from '@f2f/core'
import type { Difference } from '../compare/difference.ts'

/** The calls that repairs need. */
export type RepairGateway = Pick<Alipay, 'query' | 'refundQuery' | 'refund' | 'clock'>

/** How a trade stands at Alipay. */
export interface TradeState {
  /** Alipay's `trade_status`, or `NOT_FOUND`. */
  readonly status: string
  /** Fen; undefined when there is no such trade. */
  readonly amount: number | undefined
}

const unanswered = (what: string, code: string, subCode: string | undefined): F2fError =>
  new F2fError('BILL_UNAVAILABLE', `Alipay does not say how the ${what} stands (${subCode ?? code}).`, {
    details: { code, subCode },
  })

/** By Alipay's number where it is known: one order number may have two trades. */
export const tradeOf = ({ bill, ours, outTradeNo }: Difference) => {
  const tradeNo = bill?.tradeNo || ours?.tradeNo
  return tradeNo === undefined || tradeNo === '' ? { out_trade_no: outTradeNo } : { trade_no: tradeNo }
}

/** @throws F2fError `BILL_UNAVAILABLE` when there is no answer to build on, and what the client throws */
export const askTrade = async (alipay: RepairGateway, difference: Difference): Promise<TradeState> => {
  const { code, sub_code, trade_status, total_amount } = await alipay.query(tradeOf(difference))
  if (code === '10000' && trade_status !== undefined) {
    return { status: trade_status, amount: total_amount === undefined ? undefined : fen(String(total_amount)) }
  }
  if (normalizeSubCode(sub_code ?? '') === 'TRADE_NOT_EXIST') return { status: 'NOT_FOUND', amount: undefined }
  throw unanswered('trade', code, sub_code)
}

/**
 * Whether a refund was made: only `REFUND_SUCCESS` says so (protocol §6.6).
 *
 * @throws F2fError `BILL_UNAVAILABLE`, and what the client throws
 */
export const askRefund = async (
  alipay: RepairGateway,
  difference: Difference,
  outRequestNo: string,
): Promise<boolean> => {
  const request = { ...tradeOf(difference), out_request_no: outRequestNo }
  const { code, sub_code, refund_status } = await alipay.refundQuery(request)
  if (code === '10000') return refund_status === 'REFUND_SUCCESS'
  if (normalizeSubCode(sub_code ?? '') === 'TRADE_NOT_EXIST') return false
  throw unanswered('refund', code, sub_code)
}

/** Alipay has the money of the difference, as much as the bill says. */
export const isPaid = ({ status, amount }: TradeState, { bill }: Difference): boolean =>
  (status === 'TRADE_SUCCESS' || status === 'TRADE_FINISHED') && bill !== undefined && amount === bill.amount
