/** When a payment wants to be looked at next. */
export interface WakeupPlan {
  readonly outTradeNo: string
  readonly at: Date
}

/**
 * The alarm clock: calls `advance` for a payment when its time has come, at least once. Losing wake-ups loses
 * nothing, because the store knows what is due; they only make it soon.
 */
export interface Wakeups {
  /**
   * Plans the payment's next wake-up. It takes the place of an earlier plan of the same payment, which may call all the
   * same where calling it off costs more than a call that finds nothing due.
   */
  schedule(outTradeNo: string, at: Date): void | Promise<void>
  /**
   * The same for many payments at once, as at a start; resolves when all of them are planned. For a service to which
   * many plans in one piece cost less than each by itself. Left out, they are scheduled one by one.
   */
  scheduleMany?(plans: readonly WakeupPlan[]): void | Promise<void>
  /** Begins to call `advance`, several payments side by side, and tries one that rejected again later. */
  start(advance: (outTradeNo: string) => Promise<void>): void | Promise<void>
  /**
   * Calls no more and resolves when the calls under way have ended, but still takes plans until `close`. For a queue
   * that other processes work on, too: what the last calls plan must reach them.
   */
  stop?(): Promise<void>
  /** Calls no more; resolves when the calls under way have ended. */
  close(): Promise<void>
}
