import { yuan } from '@f2f/core'
import { TRADE_METHODS } from '../gateway/methods/index.ts'
import type { Order, Refund, Trade, TradeStatus } from '../ledger/trade.ts'
import type { DeliveryReport } from '../notify/outbox.ts'
import type { Simulation } from '../simulation.ts'

/** What really happened under an order number. Amounts are yuan with two decimals, times ISO 8601. */
export interface TradeTruth {
  readonly outTradeNo: string
  readonly sellerId: string
  /** Null, like everything else the trade alone can say, as long as there is no trade. */
  readonly tradeNo: string | null
  readonly status: TradeStatus | null
  readonly totalAmount: string | null
  readonly refundedAmount: string
  readonly subject: string | null
  readonly storeId: string | null
  readonly createdAt: string | null
  readonly paidAt: string | null
  readonly closedAt: string | null
  readonly refunds: readonly RefundTruth[]
  /** How many requests of each kind arrived, those whose answer was lost included. */
  readonly calls: Readonly<Record<string, number>>
  readonly history: readonly { readonly at: string; readonly event: string; readonly status: TradeStatus }[]
  readonly notifications: readonly DeliveryReport[]
  /** The QR that can be scanned now. */
  readonly qrCode: string | null
}

/** Money given back. */
export interface RefundTruth {
  readonly outRequestNo: string
  readonly refundAmount: string
  readonly refundedAt: string
  readonly by: 'refund' | 'cancel'
}

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | undefined): string | null => (ms === undefined ? null : iso(ms))

const refundTruth = ({ outRequestNo, amount, at, by }: Refund): RefundTruth => ({
  outRequestNo,
  refundAmount: yuan(amount),
  refundedAt: iso(at),
  by,
})

const callCounts = (counts: ReadonlyMap<string, number> | undefined): Readonly<Record<string, number>> =>
  Object.fromEntries(TRADE_METHODS.map(({ shortName }) => [shortName, counts?.get(shortName) ?? 0]))

const tradePart = (trade: Trade | undefined, order: Order | undefined) => ({
  tradeNo: trade?.tradeNo ?? null,
  status: trade?.status ?? null,
  totalAmount: order === undefined ? null : yuan(order.total),
  refundedAmount: yuan((trade?.refunds ?? []).reduce((sum, { amount }) => sum + amount, 0)),
  subject: order?.subject ?? null,
  storeId: order?.storeId ?? null,
  createdAt: isoOrNull(trade?.createdAt),
  paidAt: isoOrNull(trade?.paidAt),
  closedAt: isoOrNull(trade?.closedAt),
  refunds: (trade?.refunds ?? []).map(refundTruth),
  history: (trade?.history ?? []).map(({ at, event, status }) => ({ at: iso(at), event, status })),
})

/** The truth about one merchant's order number; undefined when it was never heard of. */
export const truthOf = (
  { world, outbox }: Simulation,
  sellerId: string,
  outTradeNo: string,
): TradeTruth | undefined => {
  const trade = world.ledger.find(sellerId, { outTradeNo })
  const offer = world.offers.find(sellerId, outTradeNo, world.clock.now())
  const counts = world.calls.of(sellerId, outTradeNo)
  if (trade === undefined && offer === undefined && counts === undefined) return undefined
  return {
    outTradeNo,
    sellerId,
    ...tradePart(trade, trade ?? offer?.order),
    calls: callCounts(counts),
    notifications: trade === undefined ? [] : outbox.reports(trade.tradeNo),
    qrCode: offer?.qrCode ?? null,
  }
}

/** The truth about every trade, oldest first. */
export const allTruths = (simulation: Simulation): readonly TradeTruth[] =>
  simulation.world.ledger
    .all()
    .map(({ sellerId, outTradeNo }) => truthOf(simulation, sellerId, outTradeNo))
    .filter((truth) => truth !== undefined)
