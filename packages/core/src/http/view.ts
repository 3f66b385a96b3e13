import {
  type Cancellation,
  type Failure,
  isSettled,
  type Payment,
  type PaymentKind,
  type PaymentStatus,
  type Problem,
  type Refund,
  type RefundStatus,
  refundableAmount,
  refundedAmount,
} from '../payment/payment.ts'

/** A refund as the API shows it. Instants are ISO 8601 in UTC, amounts yuan with two decimals; JSON leaves out what is undefined. */
export interface RefundView {
  readonly outRequestNo: string
  readonly refundAmount: string
  readonly status: RefundStatus
  readonly reason: string | undefined
  readonly operatorId: string | undefined
  /** Why it failed. */
  readonly failure: Failure | undefined
  /** The last thing that kept us from knowing. */
  readonly problem: (Failure & { readonly at: string }) | undefined
  readonly needsAttention: boolean
  readonly requestedAt: string
  readonly settledAt: string | undefined
}

/**
 * A payment as the API shows it: what a till, a screen or a back office may know. Instants are ISO 8601 in UTC, amounts
 * yuan with two decimals; JSON leaves out what is undefined. How we keep the books (plans, digests, reports to the shop,
 * the buyer's account id) stays inside.
 */
export interface PaymentView {
  readonly outTradeNo: string
  readonly kind: PaymentKind
  readonly status: PaymentStatus
  /** True for `paid`, `failed`, `closed` and `reversed`. */
  readonly settled: boolean
  /** Grows with every change. */
  readonly version: number
  readonly totalAmount: string
  /** Given back for certain. */
  readonly refundedAmount: string
  /** What a new refund may still ask for. */
  readonly refundableAmount: string
  readonly subject: string
  readonly body: string | undefined
  readonly storeId: string | undefined
  readonly terminalId: string | undefined
  readonly operatorId: string | undefined
  readonly merchantId: string | undefined
  /** First two and last four characters of the customer's payment code. */
  readonly maskedAuthCode: string | undefined
  /** The text to show as a QR code. */
  readonly qrCode: string | undefined
  /** Alipay's number of the trade. */
  readonly tradeNo: string | undefined
  /** Masked by Alipay, such as `159****5620`. */
  readonly buyerLogonId: string | undefined
  readonly receiptAmount: string | undefined
  readonly buyerPayAmount: string | undefined
  readonly paidAt: string | undefined
  readonly failure: Failure | undefined
  /** The last thing that kept us from knowing. */
  readonly problem: (Failure & { readonly at: string }) | undefined
  readonly cancelReason: Cancellation['reason'] | undefined
  /** A person should look. */
  readonly needsAttention: boolean
  readonly lateSuccess: boolean
  readonly createdAt: string
  readonly updatedAt: string
  /** When the buyer's time ends. */
  readonly deadlineAt: string
  readonly settledAt: string | undefined
  readonly refunds: readonly RefundView[]
}

/** A payment as it is shown when it is asked for by its number or watched: with its audit trail. */
export interface PaymentDetailView extends PaymentView {
  /**
   * Every status it has entered, the oldest first. `why` is in English words that a program may compare, with a code of
   * Alipay's or ours in brackets where one decided.
   */
  readonly history: readonly { readonly at: string; readonly status: PaymentStatus; readonly why: string }[]
}

const failureView = ({ code, subCode, message }: Failure): Failure => ({ code, subCode, message })

const problemView = (problem: Problem | undefined): RefundView['problem'] =>
  problem && { ...failureView(problem), at: problem.at.toISOString() }

/** A refund as the API shows it. */
export const refundView = (refund: Refund): RefundView => ({
  outRequestNo: refund.outRequestNo,
  refundAmount: refund.refundAmount,
  status: refund.status,
  reason: refund.reason,
  operatorId: refund.operatorId,
  // A pending refund may carry a refusal that is still being confirmed.
  failure: refund.status === 'failed' ? refund.failure && failureView(refund.failure) : undefined,
  problem: problemView(refund.problem),
  needsAttention: refund.needsAttention,
  requestedAt: refund.requestedAt.toISOString(),
  settledAt: refund.settledAt?.toISOString(),
})

/** A payment as the API shows it. */
export const paymentView = (payment: Payment): PaymentView => ({
  outTradeNo: payment.outTradeNo,
  kind: payment.kind,
  status: payment.status,
  settled: isSettled(payment),
  version: payment.version,
  totalAmount: payment.totalAmount,
  refundedAmount: refundedAmount(payment),
  refundableAmount: refundableAmount(payment),
  subject: payment.subject,
  body: payment.body,
  storeId: payment.storeId,
  terminalId: payment.terminalId,
  operatorId: payment.operatorId,
  merchantId: payment.merchantId,
  maskedAuthCode: payment.maskedAuthCode,
  qrCode: payment.qrCode,
  tradeNo: payment.tradeNo,
  buyerLogonId: payment.buyerLogonId,
  receiptAmount: payment.receiptAmount,
  buyerPayAmount: payment.buyerPayAmount,
  paidAt: payment.paidAt?.toISOString(),
  failure: payment.failure && failureView(payment.failure),
  problem: problemView(payment.problem),
  cancelReason: payment.cancellation?.reason,
  needsAttention: payment.needsAttention,
  lateSuccess: payment.lateSuccess,
  createdAt: payment.createdAt.toISOString(),
  updatedAt: payment.updatedAt.toISOString(),
  deadlineAt: payment.deadlineAt.toISOString(),
  settledAt: payment.settledAt?.toISOString(),
  refunds: payment.refunds.map(refundView),
})

/** A payment with its audit trail. */
export const paymentDetailView = (payment: Payment): PaymentDetailView => ({
  ...paymentView(payment),
  history: payment.history.map(({ at, status, why }) => ({ at: at.toISOString(), status, why })),
})
