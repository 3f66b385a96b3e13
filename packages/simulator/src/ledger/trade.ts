/** The four states a trade can have (protocol §6.3). */
export type TradeStatus = 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_CLOSED' | 'TRADE_FINISHED'

/** Who pays. */
export interface Buyer {
  /** 16 digits, `2088…`. */
  readonly userId: string
  /** Masked account name, such as `138****0000`. */
  readonly logonId: string
  /** Masked name as it stands in bills, such as `*明`. */
  readonly name: string
}

/** Where and how the notifications of a trade are sent. */
export interface NotifyTarget {
  readonly url: string
  readonly charset: string
}

/** What the merchant asked for. Amounts are whole fen, times are milliseconds since 1970. */
export interface Order {
  readonly outTradeNo: string
  /** The merchant's account (PID), 16 digits. A trade is known by this and `outTradeNo`. */
  readonly sellerId: string
  /** The application that asked, and the one it acted for. */
  readonly appId: string
  readonly authAppId: string
  readonly total: number
  readonly subject: string
  readonly body?: string
  readonly storeId?: string
  readonly operatorId?: string
  readonly terminalId?: string
  readonly passbackParams?: string
  readonly notify?: NotifyTarget
}

/** Money given back. */
export interface Refund {
  readonly outRequestNo: string
  readonly amount: number
  readonly at: number
  readonly by: 'refund' | 'cancel'
  readonly reason?: string
  readonly operatorId?: string
  readonly storeId?: string
  readonly terminalId?: string
}

/** Money passed on to other accounts (分账). */
interface Settlement {
  readonly outRequestNo: string
  readonly settleNo: string
  readonly amount: number
  readonly at: number
}

/** One thing that happened to a trade. */
interface HistoryEntry {
  readonly at: number
  readonly event: 'created' | 'paid' | 'closed' | 'expired' | 'declined' | 'cancelled' | 'refunded' | 'settled'
  readonly status: TradeStatus
}

/** A trade as Alipay's books have it. Never changed in place: every rule returns a new one. */
export interface Trade extends Order {
  readonly tradeNo: string
  readonly buyer: Buyer
  readonly status: TradeStatus
  readonly createdAt: number
  /** When an unpaid trade closes by itself. */
  readonly expiresAt: number
  readonly paidAt?: number
  readonly closedAt?: number
  /** What the first successful cancel did; a repeated cancel answers the same. */
  readonly cancelAction?: 'close' | 'refund'
  readonly refunds: readonly Refund[]
  readonly settlements: readonly Settlement[]
  readonly history: readonly HistoryEntry[]
}

/** Sum of everything refunded, in fen. */
export const refundedAmount = (trade: Trade): number => trade.refunds.reduce((sum, refund) => sum + refund.amount, 0)

/** Sum of everything passed on to other accounts, in fen. */
export const settledAmount = (trade: Trade): number =>
  trade.settlements.reduce((sum, settlement) => sum + settlement.amount, 0)

/** True once the buyer has paid, whatever happened to the money afterwards. */
export const wasPaid = (trade: Trade): trade is Trade & { readonly paidAt: number } => trade.paidAt !== undefined

/** The trade after `event`, with the event in its history. */
export const after = (
  trade: Trade,
  event: HistoryEntry['event'],
  at: number,
  changes: Partial<Omit<Trade, 'history'>>,
): Trade => {
  const next = { ...trade, ...changes }
  return { ...next, history: [...trade.history, { at, event, status: next.status }] }
}
