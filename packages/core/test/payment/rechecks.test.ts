import { describe, expect, test } from 'vitest'
import {
  answers,
  CANCEL_IMPOSSIBLE,
  cancels,
  closed,
  FOREIGN,
  NOT_FOUND,
  OURS,
  paid,
  pays,
  refused,
  SITUATIONS,
  Till,
  UNKNOWN,
  waiting,
} from './till.ts'

describe('looks at Alipay after a settled end that followed an unknown pay', () => {
  test('come 30 s and 300 s after it, and then no more', () => {
    const till = SITUATIONS.watched()
    expect(till.shown).toBe('closed · report · 91 s')
    expect(till.wake(91).shown).toBe('closed · query+report · 106 s')
    expect(till.at(92).on(answers(NOT_FOUND)).shown).toBe('closed · - · 361 s')
    expect(till.wake(361).effects).toContainEqual({ type: 'query' })
    expect(till.at(362).on(answers(NOT_FOUND)).payment).toMatchObject({
      status: 'closed',
      nextAt: undefined,
      rechecks: 2,
    })
  })

  test('go by the policy', () => {
    const till = new Till({ policy: { recheckAfter: [7_000] } }).on({ type: 'start' }).at(10).on(pays(UNKNOWN))
    till.at(60).on(answers(NOT_FOUND)).on(cancels('nothing'))
    expect(till.shown).toBe('closed · report · 67 s')
    expect(till.wake(67).on(answers(NOT_FOUND)).payment.nextAt).toBeUndefined()
  })

  test('are planned for every kind of end but paid', () => {
    const unsure = SITUATIONS.unsure
    expect(unsure().at(11).on(pays(refused())).shown).toBe('failed · report · 41 s')
    expect(unsure().at(11).on(answers(closed())).shown).toBe('closed · report · 41 s')
    expect(unsure().at(60).on(answers(UNKNOWN)).on(cancels('refunded')).shown).toBe('reversed · report · 90 s')
    expect(unsure().at(11).on(answers(paid())).shown).toBe('paid · report · -')
  })

  test('are not planned when pay was answered for certain', () => {
    expect(SITUATIONS.failed().payment.nextAt).toBeUndefined()
    expect(SITUATIONS.closed().payment.nextAt).toBeUndefined()
    expect(SITUATIONS.reversed().payment.nextAt).toBeUndefined()
  })

  test('end when Alipay says closed', () => {
    expect(SITUATIONS.watched().wake(91).at(92).on(answers(closed())).payment.nextAt).toBeUndefined()
  })

  test('end at a trade of another amount, which is never cancelled', () => {
    const till = SITUATIONS.watched()
      .wake(91)
      .at(92)
      .on(answers(paid(FOREIGN)))
    expect(till.shown).toBe('closed · - · -')
    expect(till.payment.lateSuccess).toBe(false)
  })

  test('are repeated every minute while Alipay does not answer, and count for nothing', () => {
    const till = SITUATIONS.watched().wake(91).at(101).on(answers(UNKNOWN))
    expect(till.shown).toBe('closed · - · 161 s')
    expect(till.payment.rechecks).toBe(0)
    expect(till.wake(161).at(171).on(answers(UNKNOWN)).shown).toBe('closed · - · 231 s')
    expect(till.wake(231).at(232).on(answers(NOT_FOUND)).shown).toBe('closed · - · 361 s')
  })

  test('are asked again when the process died before the answer', () => {
    const till = SITUATIONS.watched().wake(91).wake(106)
    expect(till.effects).toContainEqual({ type: 'query' })
    expect(till.payment.rechecks).toBe(0)
  })

  test('both happen at once when they were slept through', () => {
    const till = SITUATIONS.watched().wake(90_000).on(answers(NOT_FOUND))
    expect(till.payment.rechecks).toBe(1)
    expect(till.wakeWhenDue().wake(90_001).on(answers(NOT_FOUND)).payment).toMatchObject({
      rechecks: 2,
      nextAt: undefined,
    })
  })

  test('believe no answer to a question asked before', () => {
    const till = SITUATIONS.watched()
    const before = till.payment
    expect(till.at(62).on(answers(paid(), before.version - 1)).payment).toBe(before)
    const askedFirst = till.wake(91).payment.version
    till.wake(106)
    const after = till.payment
    expect(till.at(107).on(answers(NOT_FOUND, askedFirst)).payment).toBe(after)
    expect(till.on(answers(NOT_FOUND)).payment.rechecks).toBe(1)
  })

  test('are what counts: an answer nobody asked for decides nothing', () => {
    for (const from of ['failed', 'closed', 'reversed'] as const) {
      const till = SITUATIONS[from]()
      const before = till.payment
      expect(till.at(80).on(answers(paid())).payment, from).toBe(before)
    }
  })

  test('have one answer each', () => {
    const till = SITUATIONS.watched().wake(91)
    const asked = till.payment.version
    till.at(92).on(answers(NOT_FOUND, asked))
    const after = till.payment
    expect(till.on(answers(NOT_FOUND, asked)).payment).toBe(after)
  })

  test('count when they were asked, not when the answer came', () => {
    const till = SITUATIONS.watched().at(80).on(pays(paid()))
    expect(till.effects).toEqual([{ type: 'query' }])
    expect(till.at(92).on(answers(NOT_FOUND)).shown).toBe('closed · - · 91 s')
    expect(till.payment.rechecks).toBe(0)
  })
})

describe('money that arrives after the end', () => {
  test('is cancelled, goes back, and is told as late', () => {
    const till = SITUATIONS.watched().wake(91).at(92).on(answers(paid()))
    expect(till.shown).toBe('cancelling · cancel · 104 s')
    expect(till.payment).toMatchObject({
      cancellation: { reason: 'late', attempts: 0 },
      lateSuccess: true,
      settledAt: undefined,
      reports: [{ kind: 'settled' }],
    })
    // The shop may still be busy with the news that it was closed, so it hears of this when that time is over.
    expect(till.at(93).on(cancels('refunded')).shown).toBe('reversed · - · 123 s')
    expect(till.payment).toMatchObject({ lateSuccess: true, tradeNo: OURS.tradeNo, needsAttention: false })
    expect(till.wake(123).at(124).on(answers(closed())).payment).toMatchObject({
      status: 'reversed',
      nextAt: undefined,
    })
  })

  test('is late also when it was only waiting at the look, and paid when the cancel came', () => {
    const till = SITUATIONS.watched().wake(91).at(92).on(answers(waiting()))
    expect(till.payment).toMatchObject({ status: 'cancelling', lateSuccess: false })
    expect(till.on(cancels('refunded')).payment).toMatchObject({ status: 'reversed', lateSuccess: true })
  })

  test('is nothing late when it was waiting and is closed unpaid', () => {
    const till = SITUATIONS.watched().wake(91).at(92).on(answers(waiting())).on(cancels('closed'))
    expect(till.payment).toMatchObject({ status: 'closed', lateSuccess: false })
  })

  test('that cannot be cancelled any more is paid, and a person must look', () => {
    const till = SITUATIONS.late().on(CANCEL_IMPOSSIBLE).on(answers(paid()))
    expect(till.payment).toMatchObject({ status: 'paid', lateSuccess: true, needsAttention: true, nextAt: undefined })
    // The shop may still be busy with the end that this one takes the place of.
    expect(till.effects).toEqual([])
    expect(till.wakeWhenDue().effects.map(({ type }) => type)).toEqual(['report'])
  })

  test('that is gone when asked went back by a cancel whose reply was missed', () => {
    const till = SITUATIONS.late().on(CANCEL_IMPOSSIBLE).on(answers(closed()))
    expect(till.payment).toMatchObject({ status: 'reversed', lateSuccess: true })
  })

  test('takes a failed payment’s failure away while it is being cancelled', () => {
    const till = SITUATIONS.unsure().at(11).on(pays(refused())).wake(41).on(answers(paid()))
    expect(till.payment).toMatchObject({ status: 'cancelling', failure: undefined })
  })

  test('is found by a late pay reply too, by asking', () => {
    for (const from of ['watched', 'closed', 'failed', 'reversed'] as const) {
      const till = SITUATIONS[from]().at(70).on(pays(paid()))
      expect(till.effects, from).toEqual([{ type: 'query' }])
      expect(till.at(71).on(answers(paid())).payment, from).toMatchObject({ status: 'cancelling', lateSuccess: true })
    }
  })

  test('is no news to a paid payment', () => {
    const till = SITUATIONS.paid()
    const before = till.payment
    expect(till.at(70).on(pays(paid())).payment).toBe(before)
    expect(till.on(answers(paid())).payment).toBe(before)
    expect(till.on(answers(closed())).payment).toBe(before)
    expect(till.effects).toEqual([])
  })

  test('leaves no trace when it was reported wrongly: asked, not found, done', () => {
    const till = SITUATIONS.closed().at(70).on(pays(paid())).at(71).on(answers(closed()))
    expect(till.payment).toMatchObject({ status: 'closed', nextAt: undefined, lateSuccess: false })
  })
})
