/** One side's rows and money, yuan with two decimals. */
export interface ReconciledSide {
  readonly payments: number
  readonly paymentAmount: string
  readonly refunds: number
  readonly refundAmount: string
}

/** One thing on which Alipay's bill and the shop's books do not agree, as far as the page shows it. */
export interface Difference {
  readonly id: string
  readonly bucket: 'onlyAlipay' | 'onlyOurs' | 'amountDiffers' | 'statusDiffers' | 'feeUnexpected' | 'duplicate'
  readonly outTradeNo: string
  readonly outRequestNo?: string
  readonly billAmount?: string
  readonly ourAmount?: string
  readonly suggestion: { readonly action: 'query' | 'refund' | 'deliver' | 'ask' }
}

/** A day held against Alipay's bill, as `POST /reconciliations/{day}` answers. */
export interface ReconciledDay {
  readonly status: 'done' | 'noData'
  readonly isClean: boolean
  readonly differenceCount: number
  readonly bill: ReconciledSide
  readonly ours: ReconciledSide
  readonly differences: readonly Difference[]
}

/** A day whose bill Alipay has not made yet. */
export interface BillAwaited {
  readonly status: 'notReady'
}
