import { fen, yuan } from '../money.ts'

/**
 * Where a payment stands.
 *
 * `created → paying → confirming → cancelling →` one of the settled `paid | failed | closed | reversed`.
 * `reversed` means the buyer had paid and the cancel gave the money back. No settled state is called unknown: what is
 * not known yet stays `confirming` or `cancelling` until Alipay answers or a person decides.
 */
export type PaymentStatus =
  | 'created'
  | 'paying'
  | 'confirming'
  | 'cancelling'
  | 'paid'
  | 'failed'
  | 'closed'
  | 'reversed'

export type SettledStatus = Extract<PaymentStatus, 'paid' | 'failed' | 'closed' | 'reversed'>

/** `barcode`: the till scans the customer's code. `qr`: the customer scans the till's. */
export type PaymentKind = 'barcode' | 'qr'

/** Why a payment or refund failed, in Alipay's codes or ours. */
export interface Failure {
  /** Alipay's public code such as `40004`, or an error code of ours such as `NOT_SENT`. */
  readonly code: string
  /** Alipay's `sub_code`, such as `ACQ.BUYER_BALANCE_NOT_ENOUGH`. */
  readonly subCode: string | undefined
  /** Alipay's `sub_msg`, or our words. */
  readonly message: string
}

/** The last thing that kept us from knowing. It says nothing about the money. */
export interface Problem extends Failure {
  readonly at: Date
}

/** One line of a payment's audit trail: a status it entered, and why. */
export interface HistoryEntry {
  readonly at: Date
  readonly status: PaymentStatus
  readonly why: string
}

/** Why and how a payment is being cancelled. */
export interface Cancellation {
  /** `deadline`: not paid in time. `requested`: the till asked. `late`: found alive after it had been settled. */
  readonly reason: 'deadline' | 'requested' | 'late' | 'unoffered'
  readonly startedAt: Date
  /** Cancels answered with "again" or not at all. */
  readonly attempts: number
  /** `reply`: the pay reply is still awaited. `ask`: Alipay refused to cancel, so a query decides. */
  readonly next: 'reply' | 'cancel' | 'ask'
}

export type RefundStatus = 'pending' | 'succeeded' | 'failed'

/** A refund of a payment, journalled before it is sent. */
export interface Refund {
  /** The merchant's number for this refund: Alipay's idempotency key. */
  readonly outRequestNo: string
  /** Yuan, two decimals. */
  readonly refundAmount: string
  readonly reason: string | undefined
  readonly operatorId: string | undefined
  readonly status: RefundStatus
  /** Why it failed; on a pending refund, the refusal that a refund query is confirming. */
  readonly failure: Failure | undefined
  readonly problem: Problem | undefined
  readonly needsAttention: boolean
  readonly requestedAt: Date
  readonly settledAt: Date | undefined
  /** Attempts whose outcome stayed unknown. */
  readonly attempts: number
  /** What to do at `dueAt`: send it (again, same number and amount) or ask with a refund query. */
  readonly next: 'send' | 'ask' | undefined
  /** Answers to a call made before this version of the payment are too old to decide anything, except a success. */
  readonly askFrom: number
  /** Until then a request without a recorded answer may still arrive at Alipay, so a refusal is not final. */
  readonly mayLandUntil: Date | undefined
  readonly dueAt: Date | undefined
}

/** Something committed that the shop's own code has not yet been told. */
export interface Report {
  /** Grows with every report of a payment. */
  readonly id: number
  readonly kind: 'settled' | 'refund'
  readonly outRequestNo: string | undefined
  readonly attempts: number
  readonly dueAt: Date
}

/** A payment as it stands. Immutable: every change is a new object with the next `version`. */
export interface Payment {
  readonly outTradeNo: string
  readonly kind: PaymentKind
  readonly status: PaymentStatus
  /** 1 when journalled, one more with every change: what compare-and-set compares. */
  readonly version: number
  /** Yuan, two decimals. */
  readonly totalAmount: string
  readonly subject: string
  readonly body: string | undefined
  readonly storeId: string | undefined
  readonly terminalId: string | undefined
  readonly operatorId: string | undefined
  /** The payee (2088…) the notification must name, when it was given. */
  readonly sellerId: string | undefined
  /** Whose payment it is, when one back end serves several merchants. */
  readonly merchantId: string | undefined
  /** First two and last four characters; the full payment code is never kept. */
  readonly maskedAuthCode: string | undefined
  /** Digest of everything the caller ordered, to tell a repeat from a conflict. */
  readonly fingerprint: string
  /** What the QR shows, once Alipay gave it. */
  readonly qrCode: string | undefined

  readonly tradeNo: string | undefined
  /** Masked by Alipay, such as `159****5620`. */
  readonly buyerLogonId: string | undefined
  readonly buyerUserId: string | undefined
  /** Yuan the merchant receives. */
  readonly receiptAmount: string | undefined
  /** Yuan the buyer paid. */
  readonly buyerPayAmount: string | undefined
  readonly paidAt: Date | undefined

  /** Why it failed; on an unsettled payment, the word that a trade under its number was there before, being checked. */
  readonly failure: Failure | undefined
  readonly problem: Problem | undefined
  /** A person should look: Alipay has not answered for too long, or something needs the merchant's hand. */
  readonly needsAttention: boolean
  /** Money arrived after the payment had been settled as not paid; it was sent back, or `status` says `paid`. */
  readonly lateSuccess: boolean

  readonly createdAt: Date
  readonly updatedAt: Date
  readonly settledAt: Date | undefined
  /** When waiting for the buyer ends and the cancel begins. */
  readonly deadlineAt: Date
  /** The earliest moment anything of this payment wants to be looked at; undefined when nothing is left to do. */
  readonly dueAt: Date | undefined

  /** The part of `dueAt` that belongs to the status. */
  readonly nextAt: Date | undefined
  /** The outcome of `pay` was once unknown, so a late request may still land. */
  readonly payUnknown: boolean
  /** How many looks after the settlement have been done. */
  readonly rechecks: number
  /** Answers to a query asked before this version are too old to decide anything. */
  readonly askFrom: number
  readonly cancellation: Cancellation | undefined
  readonly refunds: readonly Refund[]
  readonly reports: readonly Report[]
  readonly history: readonly HistoryEntry[]
}

const SETTLED: ReadonlySet<PaymentStatus> = new Set<PaymentStatus>(['paid', 'failed', 'closed', 'reversed'])

/** True for `paid`, `failed`, `closed` and `reversed`. */
export const isSettled = (payment: { readonly status: PaymentStatus }): boolean => SETTLED.has(payment.status)

/** True while a payment is unfinished and its last call brought no answer: it may have been paid or not. */
export const isUnknown = (payment: Pick<Payment, 'status' | 'problem'>): boolean =>
  !isSettled(payment) && payment.problem !== undefined

export const findRefund = (payment: Payment, outRequestNo: string): Refund | undefined =>
  payment.refunds.find((refund) => refund.outRequestNo === outRequestNo)

const refundSum = (payment: Payment, counts: (refund: Refund) => boolean): number =>
  payment.refunds.reduce((sum, refund) => (counts(refund) ? sum + fen(refund.refundAmount) : sum), 0)

/** Yuan given back for certain. */
export const refundedAmount = (payment: Payment): string =>
  yuan(refundSum(payment, (refund) => refund.status === 'succeeded'))

/** Fen given back or about to be: pending refunds count. */
export const requestedAmount = (payment: Payment): number => refundSum(payment, (refund) => refund.status !== 'failed')

/** Yuan that a new refund may still ask for: nothing unless paid, and pending refunds count as spent. */
export const refundableAmount = (payment: Payment): string =>
  payment.status === 'paid' ? yuan(Math.max(0, fen(payment.totalAmount) - requestedAmount(payment))) : '0.00'
