import type { QueryOutcome } from './event.ts'
import type { Payment } from './payment.ts'
import { outlastingMinutes, type Policy } from './policy.ts'
import { after, beginCancel, change, isDue, isForeign, learn, type Step, stay } from './step.ts'

/** Looks at Alipay though the payment is settled; only an answer to this very question counts. */
export const look = (payment: Payment, at: number, policy: Policy): Step =>
  change(
    payment,
    { askFrom: payment.version + 1, nextAt: after(at, policy.callTimeout + policy.pollEvery) },
    { type: 'query' },
  )

/** News that money arrived after all: ask Alipay at once, because such a message may also be an old one. */
export const lookAgain = (payment: Payment, at: number, policy: Policy): Step =>
  payment.status === 'paid' ? stay(payment) : look(payment, at, policy)

/** When the question was asked whose answer counts: {@link look} planned the next one from that moment. */
const askedAt = (payment: Payment, policy: Policy): number =>
  (payment.nextAt?.getTime() ?? 0) - policy.callTimeout - policy.pollEvery

const plannedLook = (payment: Payment, rechecks: number, policy: Policy): Date | undefined => {
  const wait = policy.recheckAfter[rechecks]
  return wait === undefined || payment.settledAt === undefined ? undefined : after(payment.settledAt.getTime(), wait)
}

/** From then on nobody can scan the QR code any more; Alipay made it at most one call after the payment was created. */
const qrEndsAt = ({ createdAt, deadlineAt }: Payment, policy: Policy): number => {
  const payWithin = deadlineAt.getTime() - createdAt.getTime()
  return createdAt.getTime() + policy.callTimeout + outlastingMinutes(payWithin) * 60_000
}

/** A cancel does not take back a QR code the buyer has seen, so the looks go on until it has expired. */
const lookWhileScannable = (payment: Payment, asked: number, policy: Policy): Date | undefined => {
  const wait = policy.recheckAfter.at(-1)
  const over = payment.qrCode === undefined || asked >= qrEndsAt(payment, policy)
  return over || wait === undefined ? undefined : after(asked, wait)
}

/** Nothing there at this look: the next one, if its time was not this one's, or the end of looking. */
const notThereYet = (payment: Payment, policy: Policy): Step => {
  const asked = askedAt(payment, policy)
  const planned = plannedLook(payment, payment.rechecks, policy)
  if (planned !== undefined && !isDue(payment, planned, asked, policy)) return change(payment, { nextAt: planned })
  const rechecks = payment.rechecks + 1
  const nextAt = plannedLook(payment, rechecks, policy) ?? lookWhileScannable(payment, asked, policy)
  return change(payment, { rechecks, nextAt })
}

/** A look at Alipay after the payment was settled as not paid. One question has one answer. */
export const onRecheck = (payment: Payment, outcome: QueryOutcome, at: number, policy: Policy): Step => {
  if (payment.status === 'paid' || payment.nextAt === undefined) return stay(payment)
  const answered: Payment = { ...payment, askFrom: payment.version + 1 }
  switch (outcome.is) {
    case 'paid':
    case 'waiting': {
      if (isForeign(payment, outcome.facts)) return change(answered, { nextAt: undefined })
      const late: Payment = {
        ...learn(answered, outcome.facts),
        lateSuccess: payment.lateSuccess || outcome.is === 'paid',
      }
      return beginCancel(late, 'late', at, policy)
    }
    case 'closed':
      return change(answered, { nextAt: undefined })
    case 'notFound':
      return notThereYet(answered, policy)
    case 'unknown':
      return change(answered, { nextAt: after(at, policy.cancelRetryTo) })
  }
}
