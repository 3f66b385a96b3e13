import type { Payment, PaymentStatus } from '../payment/payment.ts'

/** Which payments to list. Every given condition must hold. */
export interface PaymentFilter {
  /** Created at or after this instant. */
  readonly from?: Date | undefined
  /** Created before this instant. */
  readonly to?: Date | undefined
  readonly storeId?: string | undefined
  readonly merchantId?: string | undefined
  readonly status?: PaymentStatus | readonly PaymentStatus[] | undefined
  /** True: only payments with something left to do (`dueAt` is set). */
  readonly unfinished?: boolean | undefined
  /** Only payments after this one in the order of the list: where the last page ended. */
  readonly after?: Pick<Payment, 'createdAt' | 'outTradeNo'> | undefined
  /** At most this many. */
  readonly limit?: number | undefined
}

/**
 * Where payments live. The store is the truth: after a crash it alone is enough to finish every payment.
 *
 * Every method rejects with `F2fError` `STORE_UNAVAILABLE` when the store cannot be reached; a write that rejected
 * may or may not have been done.
 */
export interface PaymentStore {
  /**
   * Adds a payment, keyed by `outTradeNo`, durable when it resolves. When the number is taken nothing is written and
   * what is there comes back, whatever it says.
   */
  insert(payment: Payment): Promise<{ readonly inserted: boolean; readonly payment: Payment }>
  find(outTradeNo: string): Promise<Payment | undefined>
  /** Compare-and-set: writes `next` only when the stored `version` is `expectedVersion`. Durable when it resolves. */
  replace(next: Payment, expectedVersion: number): Promise<boolean>
  /** Numbers of payments whose `dueAt` is at or before `before`, the longest due first. */
  due(before: Date, limit: number): Promise<readonly string[]>
  /** Newest first, by `createdAt`, then `outTradeNo` descending. Changes made meanwhile may or may not be seen. */
  list(filter?: PaymentFilter): AsyncIterable<Payment>
  /**
   * Tells of every change to any payment, whoever made it, until the returned function is called. A store that cannot
   * promise "whoever" leaves this out; then watched payments are looked up now and then instead.
   */
  subscribe?(changed: (payment: Payment) => void): () => void
}
