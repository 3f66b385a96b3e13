import type { HeartbeatTrade } from '../api/heartbeat.ts'
import type { TransitionMessage } from '../diagnostics/messages.ts'

/** Payments one heartbeat can tell of. Source: protocol §6.11. */
const MOST_IN_ONE = 30
/** Payments kept while heartbeats fail; the oldest go first. */
const MOST_KEPT = 300
/** What Alipay takes for "this long or longer", seconds. */
const LONGEST = 99

const statusOf = ({ to, code, cancelReason }: TransitionMessage): HeartbeatTrade['STAT'] => {
  if (to === 'paid') return 'S'
  if (code === 'NOT_SENT') return 'X'
  if (code?.startsWith('REQUEST_')) return 'P'
  return cancelReason === 'requested' ? 'C' : 'F'
}

const tradeOf = (transition: TransitionMessage): HeartbeatTrade => ({
  OTN: transition.outTradeNo,
  TC: Math.min(LONGEST, Math.max(0, Math.round(transition.age / 100) / 10)),
  STAT: statusOf(transition),
})

/** How the latest payments went, until a heartbeat has told Alipay. */
export class HeartbeatTrades {
  #waiting: HeartbeatTrade[] = []

  get size(): number {
    return this.#waiting.length
  }

  /** Takes a payment's first end; what becomes of it later is no matter of this till's health. */
  add(transition: TransitionMessage): void {
    if (!transition.changes.includes('settled') || transition.cancelReason === 'late') return
    this.#keep([...this.#waiting, tradeOf(transition)])
  }

  take(): readonly HeartbeatTrade[] {
    return this.#waiting.splice(0, MOST_IN_ONE)
  }

  giveBack(trades: readonly HeartbeatTrade[]): void {
    this.#keep([...trades, ...this.#waiting])
  }

  #keep(trades: HeartbeatTrade[]): void {
    this.#waiting = trades.slice(-MOST_KEPT)
  }
}
