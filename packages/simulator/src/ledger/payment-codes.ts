import { DIGITS, type Random } from '../random.ts'
import { Refusal } from './refusal.ts'

/** A payment code the wallet shows. */
interface PaymentCode {
  readonly code: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

interface CodeRecord {
  readonly expiresAt: number
  readonly usedBy: string | undefined
}

/**
 * Payment codes: one made here pays one trade only and expires, as in a real wallet. A code made elsewhere is always
 * fresh, so that tests can write codes down and use them again.
 */
export class PaymentCodes {
  readonly #random: Random
  readonly #lifetime: number
  readonly #records = new Map<string, CodeRecord>()

  /** @param lifetime - how long a code made here can be used, ms */
  constructor(random: Random, lifetime: number) {
    this.#random = random
    this.#lifetime = lifetime
  }

  /** A fresh code of 18 digits: `28`, then chance, then the scenario. */
  issue(scenario: string, at: number): PaymentCode {
    const code = `28${this.#random.text(14, DIGITS)}${scenario}`
    if (this.#records.has(code)) return this.issue(scenario, at)
    const expiresAt = at + this.#lifetime
    this.#records.set(code, { expiresAt, usedBy: undefined })
    return { code, expiresAt }
  }

  /**
   * Whether `code` can pay `trade`.
   *
   * @throws Refusal `ACQ.PAYMENT_AUTH_CODE_INVALID` when it expired or paid another trade
   */
  check(code: string, trade: string, at: number): void {
    const record = this.#records.get(code)
    if (record === undefined || record.usedBy === trade) return
    if (record.usedBy !== undefined || at > record.expiresAt) throw new Refusal('ACQ.PAYMENT_AUTH_CODE_INVALID')
  }

  /** From now on `code` belongs to `trade`. */
  use(code: string, trade: string): void {
    if (this.#records.has(code)) this.#records.set(code, { expiresAt: Number.POSITIVE_INFINITY, usedBy: trade })
  }

  clear(): void {
    this.#records.clear()
  }
}
