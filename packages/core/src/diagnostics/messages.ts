import type { PaymentEvent } from '../payment/event.ts'
import type { Cancellation, PaymentKind, PaymentStatus, RefundStatus } from '../payment/payment.ts'

/**
 * What every message of a tracing channel has besides its facts. No message of any channel holds a key, a token, a
 * payment code, a reply or a word about the buyer; `error` of a delivery is whatever the shop's own code threw.
 */
export interface Traced<Result> {
  /** When it began: ms since 1970, by the clock of the client or cashier. */
  readonly at: number
  /** How long it took, ms by the same clock. Set when it has ended. */
  duration?: number
  /** Set when it has succeeded. */
  result?: Result
  /** Set when it has failed; an `F2fError` unless said otherwise. */
  error?: unknown
}

/** `f2f:call`: one request to Alipay, from signing it to its verified reply. */
export interface CallMessage
  extends Traced<{
    /** Alipay's public code: `10000`, `10003`, `20000`, `40004`, … */
    readonly code: string
    /** Such as `ACQ.BUYER_BALANCE_NOT_ENOUGH`. */
    readonly subCode: string | undefined
  }> {
  /** Alipay's name of the API, such as `alipay.trade.pay`. */
  readonly method: string
  readonly outTradeNo: string | undefined
  /** The refund's number, when it is about a refund. */
  readonly outRequestNo: string | undefined
  /** The merchant it is made for, when the client was told by `withAuth` (the cashier tells it). */
  readonly merchantId: string | undefined
  /** The gateway's host, with its port unless it is the usual one. */
  readonly gateway: string
}

/** What a change brought that was not so before. */
export type PaymentChange =
  /** It has been written down for the first time. */
  | 'begun'
  /** From now on nobody knows how it stands, until Alipay says. */
  | 'unknown'
  /** It is being cancelled; `cancelReason` says why. */
  | 'cancelling'
  /** It has reached an end. Again, when `cancelReason` is `late`. */
  | 'settled'
  /** A person should look, at the payment or at one of its refunds. */
  | 'attention'

/** A refund before and after a change that is about it. */
export interface RefundChange {
  readonly outRequestNo: string
  /** Yuan, two decimals. */
  readonly refundAmount: string
  /** undefined: it has just been ordered. */
  readonly from: RefundStatus | undefined
  readonly to: RefundStatus
  readonly needsAttention: boolean
}

/** `f2f:transition`: a change of a payment that has just been committed, the insert included. A plain channel. */
export interface TransitionMessage {
  readonly outTradeNo: string
  readonly kind: PaymentKind
  readonly storeId: string | undefined
  readonly terminalId: string | undefined
  readonly merchantId: string | undefined
  /** What happened. */
  readonly event: PaymentEvent['type']
  /** undefined: it has just been inserted. */
  readonly from: PaymentStatus | undefined
  readonly to: PaymentStatus
  readonly version: number
  /** Yuan, two decimals. */
  readonly totalAmount: string
  readonly needsAttention: boolean
  readonly lateSuccess: boolean
  /** See `isUnknown`. */
  readonly unknown: boolean
  readonly changes: readonly PaymentChange[]
  /** Why it is, or was, cancelled. */
  readonly cancelReason: Cancellation['reason'] | undefined
  /** Why it failed, or what last kept us from knowing, in Alipay's codes or ours. */
  readonly code: string | undefined
  readonly subCode: string | undefined
  readonly refund: RefundChange | undefined
  /** When it happened, ms since 1970. */
  readonly at: number
  /** Since the payment was created, ms. */
  readonly age: number
}

/** `f2f:verify`: the signature of one notification. `error` says why it was refused. */
export type VerifyMessage = Traced<{
  readonly outTradeNo: string | undefined
  /** Such as `trade_status_sync`. */
  readonly notifyType: string | undefined
}>

/** `f2f:notification`: one notification, handled by the cashier. A refused one is a result too. */
export type NotificationMessage = Traced<{
  readonly reply: 'success' | 'fail'
  /** Why the reply is `fail`. */
  readonly code: string | undefined
  /** Known once the signature has been verified. */
  readonly outTradeNo: string | undefined
  readonly tradeStatus: string | undefined
}>

/** `f2f:delivery`: one call of `onSettled` or `onRefund`. `error` is what it threw. */
export interface DeliveryMessage extends Traced<undefined> {
  readonly outTradeNo: string
  readonly kind: 'settled' | 'refund'
  /** The refund's number, when it is about a refund. */
  readonly outRequestNo: string | undefined
  /** 1 for the first. */
  readonly attempt: number
}

/** `f2f:problem`: what `onProblem` is told. A plain channel. */
export interface ProblemMessage {
  readonly error: unknown
  readonly outTradeNo: string | undefined
}
