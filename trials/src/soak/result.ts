import type { Payment } from '@f2f/core'
import { type AuditLine, auditBooks, type TradeTruth } from '@f2f/simulator'
import type { Shop } from './shop.ts'

export interface SoakResult {
  readonly payments: number
  readonly byOutcome: Readonly<Record<string, number>>
  readonly lateSuccesses: number
  readonly refunds: Readonly<Record<string, number>>
  readonly calls: Readonly<Record<string, number>>
  /** Cancels and refunds sent again, because the answer to the last was none. */
  readonly repeats: number
  /** Simulated ms from journalled to settled. */
  readonly settle: { readonly p50: number; readonly p99: number; readonly longest: number }
  /** Longest simulated ms between money moving at Alipay and our knowing it. */
  readonly longestUnknown: number
  /** Books that differ, settlements nobody was told of, payments left unfinished. Must be empty. */
  readonly wrong: readonly string[]
}

const count = (names: Iterable<string>): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

const settleTime = ({ createdAt, settledAt }: Payment): number =>
  (settledAt ?? createdAt).getTime() - createdAt.getTime()

/** How long money had been at Alipay before we knew it. */
const unknownTime = (payment: Payment, trade: TradeTruth | undefined): number => {
  if (trade?.paidAt == null || payment.settledAt === undefined) return 0
  return payment.settledAt.getTime() - Date.parse(trade.paidAt)
}

const problemsOf = (payment: Payment, delivered: readonly string[] | undefined): readonly string[] => {
  const problems: string[] = []
  if (payment.dueAt !== undefined) problems.push(`${payment.outTradeNo}: unfinished (${payment.status})`)
  if (delivered?.at(-1) !== payment.status) {
    problems.push(`${payment.outTradeNo}: ${payment.status}, but the shop was told ${delivered?.at(-1) ?? 'nothing'}`)
  }
  return problems
}

const differencesOf = (lines: readonly AuditLine[]): readonly string[] =>
  lines.flatMap(({ outTradeNo, differences }) => differences.map((difference) => `${outTradeNo}: ${difference}`))

export const judge = async ({ cashier, simulator, delivered, calls, repeats }: Shop): Promise<SoakResult> => {
  const payments: Payment[] = []
  for await (const payment of cashier.list()) payments.push(payment)
  const trades = simulator.ledger.trades()
  const byNumber = new Map(trades.map((trade) => [trade.outTradeNo, trade]))
  const times = payments.map(settleTime).sort((a, b) => a - b)
  return {
    payments: payments.length,
    byOutcome: count(payments.map(({ status }) => status)),
    lateSuccesses: payments.filter(({ lateSuccess }) => lateSuccess).length,
    refunds: count(payments.flatMap(({ refunds }) => refunds.map(({ status }) => status))),
    calls: Object.fromEntries(calls),
    repeats: repeats(),
    settle: { p50: quantile(times, 0.5), p99: quantile(times, 0.99), longest: times.at(-1) ?? 0 },
    longestUnknown: payments.reduce(
      (longest, each) => Math.max(longest, unknownTime(each, byNumber.get(each.outTradeNo))),
      0,
    ),
    wrong: [
      ...differencesOf(await auditBooks(trades, payments)),
      ...payments.flatMap((payment) => problemsOf(payment, delivered.get(payment.outTradeNo))),
    ],
  }
}
