import type { Trade } from '../ledger/trade.ts'
import { type BillEntry, billEntries, negative } from './entries.ts'

/** One change of the merchant's account. Fen; negative when money leaves. */
export interface Movement {
  readonly serial: string
  readonly trade: Trade
  readonly at: number
  readonly amount: number
  /** As the account bill names it. */
  readonly kind: '在线支付' | '收费' | '交易退款' | '退费' | '分账'
  /** The account after it. */
  readonly balance: number
}

type Change = Omit<Movement, 'serial' | 'balance'>

/** Every change of the account since the beginning, oldest first; the account starts empty. */
export const movements = (trades: readonly Trade[], feeRate: number): readonly Movement[] => {
  const changes = [...billEntries(trades, feeRate).flatMap(changesOf), ...trades.flatMap(settlements)]
  const counts = new Map<string, number>()
  let balance = 0
  return changes
    .sort((one, other) => one.at - other.at)
    .map((change) => {
      const count = (counts.get(change.trade.tradeNo) ?? 0) + 1
      counts.set(change.trade.tradeNo, count)
      balance += change.amount
      return { ...change, balance, serial: `${change.trade.tradeNo}${String(count).padStart(3, '0')}` }
    })
}

const changesOf = ({ trade, refund, at, amount, fee }: BillEntry): readonly Change[] => {
  const [main, charge] = refund === undefined ? (['在线支付', '收费'] as const) : (['交易退款', '退费'] as const)
  const changes: readonly Change[] = [
    { trade, at, amount, kind: main },
    { trade, at, amount: fee, kind: charge },
  ]
  return changes.filter((change) => change.amount !== 0)
}

const settlements = (trade: Trade): readonly Change[] =>
  trade.settlements.map(({ at, amount }) => ({ trade, at, amount: negative(amount), kind: '分账' }))
