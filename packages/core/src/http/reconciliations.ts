/** One side's rows and money. Amounts are yuan with two decimals. */
export interface ReconciledSide {
  readonly payments: number
  readonly paymentAmount: string
  readonly refunds: number
  readonly refundAmount: string
}

/** One thing on which Alipay's bill and our books do not agree. Amounts are yuan; what is not known is left out. */
export interface ReconciledDifference {
  /** The same for the same difference each time the day is reconciled. */
  readonly id: string
  /**
   * - `onlyAlipay` (长款): money at Alipay that our books do not have.
   * - `onlyOurs` (短款): money in our books that Alipay does not have.
   * - `amountDiffers`, `statusDiffers`: both have it, and differ.
   * - `feeUnexpected`: all is well except the fee.
   * - `duplicate`: the same payment or refund once more, on one side.
   */
  readonly bucket: 'onlyAlipay' | 'onlyOurs' | 'amountDiffers' | 'statusDiffers' | 'feeUnexpected' | 'duplicate'
  readonly kind: 'payment' | 'refund' | 'other'
  readonly outTradeNo: string
  readonly outRequestNo?: string | undefined
  /** Alipay's number of the trade. */
  readonly tradeNo?: string | undefined
  readonly billAmount?: string | undefined
  readonly ourAmount?: string | undefined
  /** As our books call it, such as `paid`. */
  readonly ourStatus?: string | undefined
  /** Negative when the merchant pays it. */
  readonly fee?: string | undefined
  readonly expectedFee?: string | undefined
  /** When the money moved, as far as anybody knows; ISO 8601. */
  readonly at: string
  readonly storeId?: string | undefined
  readonly terminalId?: string | undefined
  readonly subject?: string | undefined
  readonly suggestion: {
    readonly action: 'query' | 'refund' | 'deliver' | 'ask'
    /** Why, in words. */
    readonly why: string
  }
}

/**
 * A day whose bill has been held against the books. `noData`: Alipay says there was no business that day, and the books
 * were held against that.
 */
export interface ReconciledDay {
  readonly day: string
  readonly status: 'done' | 'noData'
  /** True when there is no difference. */
  readonly isClean: boolean
  /** Pairs on which both agree. */
  readonly matched: number
  readonly differenceCount: number
  readonly bill: ReconciledSide
  readonly ours: ReconciledSide
  /** The oldest first; at most a thousand of them. The report has more. */
  readonly differences: readonly ReconciledDifference[]
}

/** A day whose bill Alipay has not made yet. */
export interface BillAwaited {
  readonly day: string
  readonly status: 'notReady'
  /** When it usually is there; ISO 8601. */
  readonly usuallyReadyAt: string
}

/**
 * Who reconciles days, for the HTTP API: `reconciliationDesk` of `@f2f/reconcile` is one.
 *
 * A bill is of everything a merchant sold, so a caller limited to a store or a merchant is let in only when the desk
 * says, by `storeId` or `merchantId`, that the bill has nothing else.
 */
export interface ReconciliationDesk {
  /** The merchant whose bill it is; callers limited to this merchant may ask, too. */
  readonly merchantId?: string | undefined
  /** The merchant's only store; callers limited to this store may ask, too. */
  readonly storeId?: string | undefined
  /**
   * Runs a day's reconciliation, or repeats it: the bill may be kept from the first time, the books are read again.
   *
   * @param day - `yyyy-MM-dd`, a day that has ended in Beijing
   */
  reconcile(day: string): Promise<ReconciledDay | BillAwaited>
  /**
   * The differences that the last reconciliation of the day found, as CSV in UTF-8 with a byte order mark.
   *
   * @returns undefined for a day that has not been reconciled
   */
  reportCsv(day: string): Promise<string | undefined>
}
