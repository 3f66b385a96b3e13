import type { Alipay, Cashier, Payment } from '@f2f/core'
import type { Text } from '../text.ts'

/** What the customer's wallet does. */
export type Customer = 'pays' | 'waits' | 'never' | 'systemError' | 'lost' | 'poor'

/** Where the acceptance is played: the simulator, or Alipay's sandbox with a person who holds the sandbox wallet. */
export interface Stage {
  readonly mode: 'simulator' | 'sandbox'
  readonly appId: string
  /** What such a customer pays, yuan. */
  amount(customer: Customer): string
  /** Whether a payment can be given back in several parts; the sandbox takes one refund of the whole. */
  readonly refundsInParts: boolean
  readonly alipay: Alipay
  readonly cashier: Cashier
  /** A new order number. */
  number(): string
  /** A payment code of such a customer; the words when this stage has none. */
  code(customer: Customer): Promise<{ readonly code: string } | { readonly missing: Text }>
  /** Waits until the payment is settled. */
  settled(outTradeNo: string): Promise<Payment>
  /** A payment that a genuine notification tells of; its raw body, or why there is none. */
  notification(): Promise<
    { readonly outTradeNo: string; readonly body: string; readonly reply: string } | { missing: Text }
  >
  /** The bill of a day held against the books, or why it cannot be. */
  bill(): Promise<{ readonly isClean: boolean; readonly says: Text } | { readonly missing: Text }>
  now(): number
  close(): Promise<void>
}

export type Verdict = 'passed' | 'failed' | 'notDone'

/** One line of the acceptance. */
export interface Result {
  readonly id: string
  readonly title: Text
  readonly verdict: Verdict
  /** What was seen. */
  readonly seen: Text
  readonly outTradeNo?: string
  readonly tradeNo?: string | undefined
  readonly at: Date
}
