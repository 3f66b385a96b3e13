import type { PaymentDetailView, PaymentView } from '@f2f/core/http'
import { readable } from '../charge/amount.ts'
import { reasonOf } from '../charge/reason.ts'
import type { Language } from '../i18n/language.ts'
import type { Words } from '../i18n/zh.ts'
import { whyOf } from './why.ts'

/** One thing that happened to a payment. */
export interface HistoryLine {
  /** ISO 8601. */
  readonly at: string
  readonly what: string
  readonly detail: string
}

/** A payment as a list has it, or with its history. */
export type Shown = PaymentView & Partial<Pick<PaymentDetailView, 'history'>>

/** Alipay tells whole seconds; within one, things stay in the order in which they can happen. */
const secondOf = ({ at }: HistoryLine): string => at.slice(0, 19)

/** What is known to have happened to a payment, the oldest first. */
export const historyOf = (payment: Shown, words: Words, language: Language): readonly HistoryLine[] => {
  const begun = { at: payment.createdAt, what: words.payments.begun, detail: payment.maskedAuthCode ?? '' }
  const history = payment.history ?? []
  const entered = history.map(({ at, status, why }) => ({
    at,
    what: words.status[status],
    detail: whyOf(why, words, language),
  }))
  const refunds = payment.refunds.map((refund) => ({
    at: refund.settledAt ?? refund.requestedAt,
    what: `${words.payments.refundState[refund.status]} ¥${readable(refund.refundAmount)}`,
    detail: [refund.reason, refund.operatorId, reasonOf(refund.failure, language)].filter(Boolean).join(' · '),
  }))
  const paidAt = payment.paidAt ?? ''
  const paid = paidAt === '' ? [] : [{ at: paidAt, what: words.payments.paidAt, detail: payment.buyerLogonId ?? '' }]
  // Alipay took the money before this was known here.
  const known = history.findIndex(({ status }) => status === 'paid')
  const steps = known < 0 ? [...entered, ...paid] : entered.toSpliced(known, 0, ...paid)
  const late = payment.lateSuccess ? [{ at: payment.updatedAt, what: words.payments.lateSuccess, detail: '' }] : []
  return [begun, ...steps, ...late, ...refunds].sort((a, b) => secondOf(a).localeCompare(secondOf(b)))
}
