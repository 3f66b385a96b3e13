import { type Trade, wasPaid } from '../ledger/trade.ts'
import type { SimulatorNotifyOptions } from '../options.ts'

/** What a notification is about. */
export type News = 'paid' | 'refunded' | 'closed'

/** What the merchant is told when a trade goes from one state to the next (protocol §8.3). */
export const newsOf = (
  before: Trade | undefined,
  now: Trade,
  { onRefund, onClosed }: Pick<SimulatorNotifyOptions, 'onRefund' | 'onClosed'>,
): News | undefined => {
  if (wasPaid(now) && before?.paidAt === undefined) return 'paid'
  if (now.refunds.length > (before?.refunds.length ?? 0)) return onRefund === true ? 'refunded' : undefined
  const closes = now.status === 'TRADE_CLOSED' && before?.status !== 'TRADE_CLOSED' && !wasPaid(now)
  return closes && onClosed === true ? 'closed' : undefined
}
