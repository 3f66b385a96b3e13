import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/index.ts'
import { isDue, isPastDeadline, wakeAt } from '../../src/payment/step.ts'
import {
  answers,
  CANCEL_AGAIN,
  CANCEL_BLOCKED,
  CANCEL_IMPOSSIBLE,
  cancels,
  NOT_FOUND,
  pays,
  SITUATIONS,
  type Situation,
  START,
  seconds,
  Till,
  UNKNOWN,
  WAKE,
  waiting,
} from './till.ts'

/** Wakes the payment whenever it is due and answers each call; says what was done and when, until enough was. */
const follow = (till: Till, answer: (till: Till) => void, times: number): string[] => {
  const done: string[] = []
  while (done.length < times) {
    till.wakeWhenDue()
    if (till.effects.length === 0) continue
    done.push(`${till.effects.map(({ type }) => type).join('+')} at ${till.now / 1_000} s`)
    answer(till)
    done.push(...till.effects.map(({ type }) => `then ${type}`))
  }
  return done
}

describe('the moments of a payment the buyer never confirms', () => {
  test('are a query after 5 s, one every 5 s, a last one at the deadline, and the cancel at once', () => {
    const till = SITUATIONS.confirming()
    const done = follow(till, () => till.on(answers(waiting())), 13)
    const queries = [6, 11, 16, 21, 26, 31, 36, 41, 46, 51, 56, 60].map((at) => `query at ${at} s`)
    expect(done).toEqual([...queries, 'then cancel'])
    expect(till.payment).toMatchObject({ status: 'cancelling', cancellation: { reason: 'deadline', attempts: 0 } })
  })

  test('count from the reply, however slow Alipay is', () => {
    const till = SITUATIONS.confirming().wake(6)
    expect(till.at(9.5).on(answers(waiting())).shown).toBe('confirming · - · 14.5 s')
  })

  test('go by the policy', () => {
    const till = new Till({ policy: { firstQueryAfter: 1_000, pollEvery: 2_000 }, payWithin: 6_500 })
    till.on({ type: 'start' }).at(1).on(pays(waiting()))
    const done = follow(till, () => till.on(answers(NOT_FOUND)), 5)
    expect(done).toEqual(['query at 2 s', 'query at 4 s', 'query at 6 s', 'query at 6.5 s', 'then cancel'])
  })

  test('hold the deadline even when it comes before the first query', () => {
    const till = new Till({ payWithin: 3_000 }).on({ type: 'start' }).at(1).on(pays(waiting()))
    expect(follow(till, () => till.on(answers(waiting())), 2)).toEqual(['query at 3 s', 'then cancel'])
  })

  test('lie in the past when the reply comes after the deadline, so that the last query is due at once', () => {
    const till = new Till({ payWithin: 3_000 }).on({ type: 'start' }).at(8).on(pays(waiting()))
    expect(till.shown).toBe('confirming · - · 3 s')
    expect(till.wake(8).at(8.1).on(answers(waiting())).shown).toBe('cancelling · cancel · 20.1 s')
  })

  test('do not need a look at the deadline itself: an answer after it is the last', () => {
    const till = SITUATIONS.confirming().wake(56)
    expect(till.at(61).on(answers(UNKNOWN)).shown).toBe('cancelling · cancel · 73 s')
  })
})

describe('a cancel without an answer', () => {
  test('is sent again after 2, 4, 8 … 60 s, for ever', () => {
    const till = SITUATIONS.cancelling().at(60).on(CANCEL_AGAIN)
    const done = follow(till, () => till.on(CANCEL_AGAIN), 1_000)
    const moments = [62, 66, 74, 90, 122, 182, 242, 302, 362]
    expect(done.slice(0, 9)).toEqual(moments.map((at) => `cancel at ${at} s`))
    expect(done.at(-1)).toBe(`cancel at ${122 + 995 * 60} s`)
    expect(till.payment).toMatchObject({ status: 'cancelling', cancellation: { attempts: 1_001 } })
  })

  test('is nobody’s business for a minute, and then exactly somebody’s', () => {
    const till = SITUATIONS.cancelling().at(60).on(CANCEL_AGAIN)
    till.wake(62).on(CANCEL_AGAIN).wake(66).on(CANCEL_AGAIN).wake(74).on(CANCEL_AGAIN).wake(90).on(CANCEL_AGAIN)
    expect(till.payment).toMatchObject({ needsAttention: false, nextAt: new Date(START + 122_000) })
    expect(seconds(till.payment.dueAt)).toBe('120 s')
    expect(till.wake(119).payment.needsAttention).toBe(false)
    expect(till.wake(120).payment).toMatchObject({ needsAttention: true, status: 'cancelling' })
    expect(till.shown).toBe('cancelling · - · 122 s')
    expect(seconds(till.payment.dueAt)).toBe('122 s')
    expect(till.wake(122).shown).toBe('cancelling · cancel · 122 s')
  })

  test('raises attention and goes on in the same wake-up when both are due', () => {
    const till = SITUATIONS.cancelling().wake(500)
    expect(till.payment.needsAttention).toBe(true)
    expect(till.shown).toBe('cancelling · cancel · 72 s')
  })

  test('raises attention also while the pay reply is awaited, and while Alipay is asked', () => {
    const recalling = new Till({ policy: { attentionAfter: 5_000 } })
      .on({ type: 'start' })
      .at(2)
      .on({ type: 'cancelRequested' })
    expect(seconds(recalling.payment.dueAt)).toBe('7 s')
    expect(recalling.wake(7).payment.needsAttention).toBe(true)
    expect(SITUATIONS.asking().wake(120).payment).toMatchObject({ needsAttention: true, cancellation: { next: 'ask' } })
  })

  test('raises attention at once when a person must act first, and goes on', () => {
    const till = SITUATIONS.cancelling().at(61).on(CANCEL_BLOCKED)
    expect(till.payment).toMatchObject({ needsAttention: true, problem: { subCode: 'ACQ.SELLER_BALANCE_NOT_ENOUGH' } })
    expect(till.wakeWhenDue().shown).toBe('cancelling · cancel · 63 s')
  })

  test('needs no attention any more once it is answered', () => {
    const till = SITUATIONS.cancelling().wake(130).on(cancels('closed'))
    expect(till.payment).toMatchObject({ status: 'closed', needsAttention: false, problem: undefined })
  })

  test('keeps its pauses when it turns out impossible, and asks at once each time', () => {
    const till = SITUATIONS.asking()
    till.at(62).on(answers(waiting()))
    expect(till.payment.cancellation).toMatchObject({ next: 'cancel', attempts: 1 })
    expect(till.wakeWhenDue().shown).toBe('cancelling · cancel · 64 s')
    expect(till.on(CANCEL_IMPOSSIBLE).shown).toBe('cancelling · query · 76 s')
    expect(till.at(65).on(answers(UNKNOWN)).shown).toBe('cancelling · - · 69 s')
    expect(till.wakeWhenDue().shown).toBe('cancelling · query · 69 s')
  })

  test('waits long for attention when the policy says so', () => {
    const till = new Till({ policy: { attentionAfter: 3_600_000 } }).on({ type: 'start' }).at(1).on(pays(waiting()))
    till.at(60).on(answers(waiting())).on(CANCEL_AGAIN).wake(62)
    expect(till.payment.needsAttention).toBe(false)
    expect(till.wake(3_659).payment.needsAttention).toBe(false)
    expect(till.wake(3_660).payment.needsAttention).toBe(true)
  })
})

describe('a wake-up too early', () => {
  test.each<[Situation, number]>([
    ['paying', 14],
    ['confirming', 5],
    ['unsure', 24],
    ['recalling', 14],
    ['cancelling', 71],
    ['asking', 72],
    ['paid', 20],
    ['failed', 20],
    ['closed', 80],
    ['watched', 90],
    ['reversed', 80],
    ['late', 102],
    ['qrAsked', 14],
    ['qrShown', 5],
  ])('does nothing to a payment that is %s', (from, at) => {
    const till = SITUATIONS[from]()
    const before = till.payment
    till.wake(at)
    expect(till.payment).toBe(before)
    expect(till.effects).toEqual([])
  })

  test('by a moment, as timers are, counts', () => {
    expect(SITUATIONS.confirming().wake(5.95).shown).toBe('confirming · query · 6 s')
    expect(SITUATIONS.confirming().wake(5.949).effects).toEqual([])
  })
})

describe('a clock that was set back', () => {
  const { recheckAfter } = DEFAULT_POLICY
  const longest = 2 * Math.max(...recheckAfter)
  const moment = new Date(START)
  const writtenLongAgo = { ...SITUATIONS.confirming().payment, updatedAt: new Date(START - 86_400_000) }

  test.each([
    ['has come', 0, true],
    ['has come, as good as', -50, true],
    ['has not', -51, false],
    ['has not, by the longest wait there is', -longest, false],
    ['lies further ahead than anything we plan', -longest - 1, true],
    ['is long past', 86_400_000, true],
  ])('a moment that %s', (_, ms, due) => {
    expect(isDue(writtenLongAgo, moment, START + ms, DEFAULT_POLICY)).toBe(due)
  })

  test.each([
    ['a little before it was written: two machines, two clocks', -60_000, false],
    ['long before it was written', -60_001, true],
  ])('a payment looked at %s is due: %s', (_, ms, due) => {
    const written = { ...writtenLongAgo, updatedAt: moment }
    const planned = new Date(START + 5_000)
    expect(isDue(written, planned, START + ms, DEFAULT_POLICY)).toBe(due)
    expect(wakeAt(written, planned, START + ms, DEFAULT_POLICY)).toBe(due ? START + ms : START + 5_000)
  })

  test('nothing planned is never due', () => {
    expect(isDue(writtenLongAgo, undefined, START, DEFAULT_POLICY)).toBe(false)
  })

  test.each([
    ['on time', 59_999, false],
    ['at the deadline', 60_000, true],
    ['a little before its own beginning: two machines, two clocks', -60_000, false],
    ['long before its own beginning', -60_001, true],
  ])('a payment looked at %s is past its deadline: %s', (_, ms, past) => {
    expect(isPastDeadline(SITUATIONS.confirming().payment, START + ms)).toBe(past)
  })

  test('wakes a payment at once, asks, and gives up waiting rather than wait for hours', () => {
    const till = SITUATIONS.confirming().wake(-3_600)
    expect(till.effects).toEqual([{ type: 'query' }])
    expect(till.on(answers(waiting())).shown).toBe('cancelling · cancel · -3588 s')
  })

  test('lets a cancel go on, and raises attention rather than wait for hours', () => {
    const till = SITUATIONS.cancelling().wake(-3_600)
    expect(till.payment.needsAttention).toBe(true)
    expect(till.effects).toEqual([{ type: 'cancel' }])
  })

  test('lets a settled payment be looked at', () => {
    expect(
      SITUATIONS.watched()
        .at(-3_600)
        .on(WAKE)
        .effects.map(({ type }) => type),
    ).toContain('query')
  })
})
