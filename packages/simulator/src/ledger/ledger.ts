import type { SimulatorClock } from '../time/simulator-clock.ts'
import { expireTrade } from './payment.ts'
import { finishTrade } from './refunding.ts'
import type { Trade } from './trade.ts'

/** Which trade is meant: `tradeNo` wins when both are given (protocol §6.3). */
export interface TradeKey {
  readonly outTradeNo?: string
  readonly tradeNo?: string
}

/** Told about every change, after it is in the books. `before` is undefined for a new trade. */
type LedgerListener = (before: Trade | undefined, now: Trade) => void

/** Alipay's books: every trade of every merchant. Unpaid trades close by themselves at their time limit. */
export class Ledger {
  readonly #clock: SimulatorClock
  readonly #listeners: LedgerListener[] = []
  /** By trade number, in the order the trades were created. */
  readonly #trades = new Map<string, Trade>()
  readonly #numbers = new Map<string, string>()
  readonly #expiries = new Map<string, () => void>()

  constructor(clock: SimulatorClock) {
    this.#clock = clock
  }

  onChange(listener: LedgerListener): void {
    this.#listeners.push(listener)
  }

  /** One merchant's trade as it stands now. */
  find(sellerId: string, key: TradeKey): Trade | undefined {
    const tradeNo = key.tradeNo ?? this.#numbers.get(numberOf(sellerId, key.outTradeNo ?? ''))
    const trade = tradeNo === undefined ? undefined : this.findAny(tradeNo)
    return trade?.sellerId === sellerId ? trade : undefined
  }

  /** Anybody's trade as it stands now. */
  findAny(tradeNo: string): Trade | undefined {
    const trade = this.#trades.get(tradeNo)
    return trade && this.#today(trade)
  }

  /** Every trade, oldest first. */
  all(): readonly Trade[] {
    return [...this.#trades.values()].map((trade) => this.#today(trade))
  }

  /** Writes the next state of a trade into the books. */
  commit(trade: Trade): Trade {
    const before = this.#trades.get(trade.tradeNo)
    if (before === trade) return trade
    this.#trades.set(trade.tradeNo, trade)
    this.#numbers.set(numberOf(trade.sellerId, trade.outTradeNo), trade.tradeNo)
    this.#watchExpiry(trade)
    for (const listener of this.#listeners) listener(before, trade)
    return trade
  }

  clear(): void {
    for (const callOff of this.#expiries.values()) callOff()
    this.#expiries.clear()
    this.#trades.clear()
    this.#numbers.clear()
  }

  #today(trade: Trade): Trade {
    return finishTrade(trade, this.#clock.now())
  }

  #watchExpiry(trade: Trade): void {
    this.#expiries.get(trade.tradeNo)?.()
    this.#expiries.delete(trade.tradeNo)
    if (trade.status !== 'WAIT_BUYER_PAY') return
    const callOff = this.#clock.setTimeout(() => this.#expire(trade.tradeNo), trade.expiresAt - this.#clock.now())
    this.#expiries.set(trade.tradeNo, callOff)
  }

  #expire(tradeNo: string): void {
    const trade = this.#trades.get(tradeNo)
    if (trade !== undefined) this.commit(expireTrade(trade, this.#clock.now()))
  }
}

const numberOf = (sellerId: string, outTradeNo: string): string => `${sellerId}/${outTradeNo}`
