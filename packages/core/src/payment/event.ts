import type { Failure, Report } from './payment.ts'

/** What a trustworthy message from Alipay said about a trade, beyond its status. Amounts in yuan. */
export interface TradeFacts {
  readonly tradeNo?: string | undefined
  readonly totalAmount?: string | undefined
  readonly buyerLogonId?: string | undefined
  readonly buyerUserId?: string | undefined
  readonly receiptAmount?: string | undefined
  readonly buyerPayAmount?: string | undefined
  readonly paidAt?: Date | undefined
}

/** No trustworthy answer: time-out, broken reply, Alipay's own "system error". */
export interface Unknown {
  readonly is: 'unknown'
  readonly problem: Failure
  /** Alipay says that a trade was there before ours: it may be another sale's, so it must never be cancelled. */
  readonly tradeExisted?: boolean
}

/** A definite no. `certain` is false when nobody documented the refusal, so it is looked at again. */
export interface Refused {
  readonly is: 'refused'
  readonly failure: Failure
  readonly certain: boolean
}

export type PayOutcome = { readonly is: 'paid' | 'waiting'; readonly facts: TradeFacts } | Refused | Unknown
export type OfferOutcome = { readonly is: 'offered'; readonly qrCode: string } | Refused | Unknown
export type QueryOutcome =
  | { readonly is: 'paid' | 'waiting' | 'closed'; readonly facts: TradeFacts }
  | { readonly is: 'notFound' }
  | Unknown
export type CancelOutcome =
  /** `closed`: nothing had been paid. `refunded`: it had, and went back. `nothing`: Alipay knows no such trade. */
  | { readonly is: 'closed' | 'refunded' | 'nothing'; readonly facts: TradeFacts }
  /** Alipay will never cancel it any more: a query decides. */
  | { readonly is: 'impossible'; readonly problem: Failure }
  /** Try again; `blocked` when a person must act before it can work. */
  | { readonly is: 'again'; readonly problem: Failure; readonly blocked: boolean }
export type RefundOutcome =
  | { readonly is: 'refunded' }
  /** Alipay took the request, but no money moved with this answer: a refund query decides. */
  | { readonly is: 'accepted' }
  | { readonly is: 'refused'; readonly failure: Failure }
  | Unknown
export type RefundQueryOutcome = { readonly is: 'refunded' | 'nothing' } | Unknown

/** A verified notification, after the business checks. */
export interface NotifyNews {
  readonly is: 'paid' | 'waiting' | 'closed'
  readonly facts: TradeFacts
}

export interface RefundOrder {
  readonly outRequestNo: string
  /** Yuan, two decimals. */
  readonly refundAmount: string
  readonly reason: string | undefined
  readonly operatorId: string | undefined
}

/** Everything that can happen to a payment. `at` is the clock's time in ms. */
export type PaymentEvent = { readonly at: number } & (
  | { readonly type: 'start' }
  /** `leavesReport`: the first report is another process's to tell. */
  | { readonly type: 'wake'; readonly leavesReport?: boolean }
  | { readonly type: 'payReply'; readonly outcome: PayOutcome }
  | { readonly type: 'offerReply'; readonly outcome: OfferOutcome }
  /** `asOf`, here and below: the payment's version when the call was made. */
  | { readonly type: 'queryReply'; readonly outcome: QueryOutcome; readonly asOf: number }
  | { readonly type: 'cancelRequested' }
  | { readonly type: 'cancelReply'; readonly outcome: CancelOutcome }
  | { readonly type: 'notify'; readonly news: NotifyNews }
  /** `limit`: yuan, the most that the payment's refunds may come to by whoever asks. */
  | { readonly type: 'refundRequested'; readonly refund: RefundOrder; readonly limit?: string | undefined }
  | {
      readonly type: 'refundReply'
      readonly outRequestNo: string
      readonly outcome: RefundOutcome
      readonly asOf: number
    }
  | {
      readonly type: 'refundQueryReply'
      readonly outRequestNo: string
      readonly outcome: RefundQueryOutcome
      readonly asOf: number
    }
  | { readonly type: 'reported'; readonly reportId: number }
  | { readonly type: 'reportFailed'; readonly reportId: number }
  /** Nobody in this process tells it; another one does. */
  | { readonly type: 'reportLeft'; readonly reportId: number }
)

/** What the machine wants done after its result is committed. Each is answered by an event. */
export type Effect =
  | { readonly type: 'pay' | 'offer' | 'query' | 'cancel' }
  | { readonly type: 'refund' | 'refundQuery'; readonly outRequestNo: string }
  | { readonly type: 'report'; readonly report: Report }

export interface Transition<P> {
  readonly payment: P
  readonly effects: readonly Effect[]
}
