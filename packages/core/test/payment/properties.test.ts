import { assert, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  completePolicy,
  F2fError,
  fen,
  isSettled,
  type Payment,
  refundableAmount,
  refundedAmount,
  transition,
} from '../../src/index.ts'
import { type Happening, happenings, situations } from './news.ts'
import { type News, SITUATIONS, START, type Till } from './till.ts'

const REFUND_REFUSALS = ['PAYMENT_NOT_REFUNDABLE', 'REFUND_TOO_MUCH', 'REFUND_CONFLICT']
const DEFAULTS = completePolicy()

/** Lets it happen; a refund may be refused with a code, nothing else may throw. */
const happen = (till: Till, { news, after, versionsAgo }: Happening): void => {
  till.now += after
  try {
    till.on({ ...news, asOf: Math.max(0, till.payment.version - versionsAgo) })
  } catch (error) {
    if (news.type !== 'refundRequested' || !(error instanceof F2fError)) throw error
    expect(REFUND_REFUSALS).toContain(error.code)
  }
}

/** Everything that must hold after each step of any life of a payment. */
const checkLife = (check: (till: Till, before: Payment) => void): void => {
  assert(
    property(situations, happenings, (situation, list) => {
      const till = SITUATIONS[situation]()
      for (const each of list) {
        const before = till.payment
        till.effects = []
        happen(till, each)
        check(till, before)
      }
    }),
    { numRuns: 300 },
  )
}

const earliest = (...moments: readonly (Date | undefined)[]): number =>
  Math.min(...moments.map((moment) => moment?.getTime() ?? Number.POSITIVE_INFINITY))

describe('whatever happens to a payment, in whatever order', () => {
  test('nothing throws but the refusal of a refund, and no input is changed', () => {
    checkLife(() => undefined)
  })

  test('it is settled exactly when it has a time of settlement, and failed exactly when it says why', () => {
    checkLife(({ payment }) => {
      expect(payment.settledAt !== undefined).toBe(isSettled(payment))
      expect(payment.failure !== undefined).toBe(payment.status === 'failed')
    })
  })

  test('it is due when its earliest part is due', () => {
    checkLife(({ payment, policy }) => {
      const { cancellation, needsAttention } = payment
      const attention =
        payment.status === 'cancelling' && cancellation !== undefined && !needsAttention
          ? new Date(cancellation.startedAt.getTime() + policy.attentionAfter)
          : undefined
      const report = isSettled(payment) ? payment.reports[0]?.dueAt : undefined
      const parts = earliest(payment.nextAt, attention, report, ...payment.refunds.map(({ dueAt }) => dueAt))
      expect(earliest(payment.dueAt)).toBe(parts)
    })
  })

  test('it is never left without a wake-up while anything is open', () => {
    checkLife(({ payment }) => {
      if (!isSettled(payment)) expect(payment.nextAt).toBeInstanceOf(Date)
      for (const refund of payment.refunds) expect(refund.dueAt !== undefined).toBe(refund.status === 'pending')
    })
  })

  test('it never leaves paid, and nothing is cancelled then', () => {
    checkLife(({ payment, effects }, before) => {
      if (before.status === 'paid') expect(payment.status).toBe('paid')
      if (effects.some(({ type }) => type === 'cancel')) expect(payment.status).toBe('cancelling')
    })
  })

  test('its money is asked for once, before anything else', () => {
    checkLife(({ effects }, before) => {
      const isAskedFor = effects.some(({ type }) => type === 'pay' || type === 'offer')
      if (isAskedFor) expect(before.status).toBe('created')
    })
  })

  test('its history only grows, and ends where it stands', () => {
    checkLife(({ payment }, before) => {
      expect(payment.history.slice(0, before.history.length)).toEqual(before.history)
      expect(payment.history.at(-1)?.status ?? 'created').toBe(payment.status)
    })
  })

  test('only what is settled is told, and what is told is what is journalled', () => {
    checkLife(({ payment, effects }) => {
      for (const effect of effects) {
        if (effect.type !== 'report') continue
        expect(isSettled(payment)).toBe(true)
        expect(payment.reports[0]).toEqual(effect.report)
      }
      const ids = payment.reports.map(({ id }) => id)
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b))
    })
  })

  test('no more is refunded, or under way, than was paid, unless Alipay itself gave more back', () => {
    const corrected = new WeakSet<Till>()
    checkLife((till, before) => {
      const { payment } = till
      const wasFailed = (outRequestNo: string) =>
        before.refunds.some((refund) => refund.outRequestNo === outRequestNo && refund.status === 'failed')
      if (payment.refunds.some(({ outRequestNo, status }) => status === 'succeeded' && wasFailed(outRequestNo)))
        corrected.add(till)
      const spent = payment.refunds.filter(({ status }) => status !== 'failed')
      const sum = spent.reduce((total, { refundAmount }) => total + fen(refundAmount), 0)
      if (!corrected.has(till)) expect(sum).toBeLessThanOrEqual(fen(payment.totalAmount))
      if (payment.status === 'paid' && !corrected.has(till))
        expect(fen(refundableAmount(payment))).toBe(fen(payment.totalAmount) - sum)
      expect(fen(refundedAmount(payment))).toBeLessThanOrEqual(Math.max(sum, 0))
    })
  })

  test('a refund keeps its amount, and one that succeeded stays so', () => {
    checkLife(({ payment }, before) => {
      for (const old of before.refunds) {
        const now = payment.refunds.find(({ outRequestNo }) => outRequestNo === old.outRequestNo)
        expect(now?.refundAmount).toBe(old.refundAmount)
        if (old.status === 'succeeded') expect(now).toEqual(old)
      }
    })
  })

  test('the same from the same: nothing but the arguments decides', () => {
    checkLife(({ payment, policy, now }) => {
      const event = { type: 'wake', at: START + now } as const
      expect(transition(structuredClone(payment), event, { ...policy })).toEqual(transition(payment, event, DEFAULTS))
    })
  })
})

/** What a truthful Alipay, which knows no such trade and refunds gladly, and a shop that listens answer. */
const truth = (till: Till): readonly News[] =>
  till.effects.map((effect): News => {
    switch (effect.type) {
      case 'query':
        return { type: 'queryReply', outcome: { is: 'notFound' } }
      case 'cancel':
        return { type: 'cancelReply', outcome: { is: 'nothing', facts: {} } }
      case 'refund':
        return { type: 'refundReply', outRequestNo: effect.outRequestNo, outcome: { is: 'refunded' } }
      case 'refundQuery':
        return { type: 'refundQueryReply', outRequestNo: effect.outRequestNo, outcome: { is: 'nothing' } }
      case 'report':
        return { type: 'reported', reportId: effect.report.id }
      default:
        throw new Error(`${effect.type} was sent a second time`)
    }
  })

test('however it got there, a payment comes to an end once Alipay and the shop answer', () => {
  assert(
    property(situations, happenings, (situation, list) => {
      const till = SITUATIONS[situation]()
      for (const each of list) happen(till, each)
      for (let wakes = 0; till.payment.dueAt !== undefined; wakes++) {
        expect(wakes).toBeLessThan(100)
        till.now = Math.max(till.now, till.payment.dueAt.getTime() - START)
        till.on({ type: 'wake' })
        for (let answers = truth(till); answers.length > 0; answers = truth(till)) {
          const effects = answers.flatMap((news) => till.on(news).effects)
          till.effects = effects
        }
      }
      expect(isSettled(till.payment)).toBe(true)
      expect(till.payment.refunds.filter(({ status }) => status === 'pending')).toEqual([])
      expect(till.payment.reports).toEqual([])
    }),
    { numRuns: 300 },
  )
})
