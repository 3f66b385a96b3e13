import type { PaymentView } from '@f2f/core/http'
import { readable } from '../charge/amount.ts'
import { reasonOf } from '../charge/reason.ts'
import type { Language } from '../i18n/language.ts'
import type { Words } from '../i18n/zh.ts'

/** One thing that happened to a payment. */
export interface HistoryLine {
  /** ISO 8601. */
  readonly at: string
  readonly what: string
  readonly detail: string
}

interface Told {
  readonly at: string | undefined
  readonly what: string
  readonly detail?: string
}

const endOf = ({ status, settledAt, failure }: PaymentView, words: Words, language: Language): Told => {
  const { settled } = words.payments
  const what = status in settled ? settled[status as keyof typeof settled] : ''
  return { at: settledAt, what, detail: reasonOf(failure, language) }
}

/** Alipay tells whole seconds; within one, things stay in the order in which they can happen. */
const secondOf = ({ at }: HistoryLine): string => at.slice(0, 19)

/** What is known to have happened to a payment, the oldest first. */
export const historyOf = (payment: PaymentView, words: Words, language: Language): readonly HistoryLine[] => {
  const { problem, refunds, lateSuccess } = payment
  const lines: readonly Told[] = [
    { at: payment.createdAt, what: words.payments.begun, detail: payment.maskedAuthCode ?? '' },
    { at: payment.paidAt, what: words.payments.paidAt, detail: payment.buyerLogonId ?? '' },
    {
      at: problem?.at,
      what: words.payments.hindrance,
      detail: problem === undefined ? '' : reasonOf(problem, language),
    },
    endOf(payment, words, language),
    { at: lateSuccess ? payment.updatedAt : undefined, what: words.payments.lateSuccess },
    ...refunds.map((refund) => ({
      at: refund.settledAt ?? refund.requestedAt,
      what: `${words.payments.refundState[refund.status]} ¥${readable(refund.refundAmount)}`,
      detail: [refund.reason, refund.operatorId, reasonOf(refund.failure, language)].filter(Boolean).join(' · '),
    })),
  ]
  return lines
    .flatMap(({ at, what, detail = '' }) => (at === undefined ? [] : [{ at, what, detail }]))
    .sort((a, b) => secondOf(a).localeCompare(secondOf(b)))
}
