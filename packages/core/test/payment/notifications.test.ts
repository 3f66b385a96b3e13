import { describe, expect, test } from 'vitest'
import {
  answers,
  cancels,
  closed,
  NOT_FOUND,
  notifies,
  OURS,
  PAID_AT,
  paid,
  SITUATIONS,
  type Situation,
} from './till.ts'

const WITH_DATE = { ...OURS, paidAt: PAID_AT }
const ALL = Object.keys(SITUATIONS) as Situation[]
const NOT_SETTLED: readonly Situation[] = ['paying', 'confirming', 'unsure', 'qrAsked', 'qrShown']
const CANCELLING: readonly Situation[] = ['recalling', 'cancelling', 'asking', 'late']
const NOT_PAID: readonly Situation[] = ['failed', 'closed', 'watched', 'reversed']

describe('TRADE_SUCCESS or TRADE_FINISHED', () => {
  test.each(NOT_SETTLED)('settles a payment that is %s as paid', (from) => {
    const till = SITUATIONS[from]().at(20).on(notifies('paid', WITH_DATE))
    expect(till.shown).toBe('paid · report · -')
    expect(till.payment).toMatchObject({ ...OURS, paidAt: PAID_AT, needsAttention: false })
  })

  test.each(CANCELLING)('never settles a payment that is %s: the cancel gives the money back', (from) => {
    const till = SITUATIONS[from]()
    const next = till.payment.nextAt
    till.at(93).on(notifies('paid', WITH_DATE))
    expect(till.payment).toMatchObject({ status: 'cancelling', paidAt: PAID_AT, nextAt: next })
    expect(till.effects).toEqual([])
  })

  test('holds against a cancel that says nothing had been paid: a query decides', () => {
    const asked = () => SITUATIONS.cancelling().at(93).on(notifies('paid', WITH_DATE)).on(cancels('closed'))
    expect(asked().shown).toBe('cancelling · query · 105 s')
    expect(asked().on(answers(closed())).payment).toMatchObject({ status: 'reversed', needsAttention: false })
    expect(asked().on(answers(paid())).payment).toMatchObject({ status: 'paid', needsAttention: true })
  })

  test.each(NOT_PAID)('makes us ask when the payment is %s', (from) => {
    const till = SITUATIONS[from]().at(70).on(notifies('paid'))
    expect(till.shown).toBe(`${till.payment.status} · query · 85 s`)
    expect(till.payment.askFrom).toBe(till.payment.version)
    expect(till.at(71).on(answers(paid())).payment).toMatchObject({ status: 'cancelling', lateSuccess: true })
  })

  test('is no news to a paid payment, however often it comes', () => {
    const till = SITUATIONS.paid()
    const before = till.payment
    for (let time = 0; time < 8; time++) expect(till.on(notifies('paid', WITH_DATE)).payment).toBe(before)
  })

  test('told twice settles once', () => {
    const till = SITUATIONS.confirming().at(5).on(notifies('paid'))
    const before = till.payment
    till.on(notifies('paid'))
    expect(till.payment).toBe(before)
    expect(till.effects).toEqual([])
  })

  test('an old one, after the money went back, changes nothing but a look', () => {
    const till = SITUATIONS.reversed().at(70).on(notifies('paid')).at(71).on(answers(closed()))
    expect(till.payment).toMatchObject({ status: 'reversed', lateSuccess: false, nextAt: undefined })
  })

  test('told again while we ask makes us ask again, and only the newest answer counts', () => {
    const till = SITUATIONS.closed().at(70).on(notifies('paid'))
    const first = till.payment.version
    till.on(notifies('paid'))
    const after = till.payment
    expect(till.on(answers(NOT_FOUND, first)).payment).toBe(after)
  })
})

describe('TRADE_CLOSED', () => {
  test.each<Situation>(['confirming', 'unsure', 'qrShown'])('settles a payment that is %s as closed', (from) => {
    expect(SITUATIONS[from]().at(20).on(notifies('closed')).payment.status).toBe('closed')
  })

  test('is looked at again when it followed an unknown pay', () => {
    expect(SITUATIONS.unsure().at(20).on(notifies('closed')).shown).toBe('closed · report · 50 s')
  })

  test('does not settle a payment whose pay reply is still awaited', () => {
    expect(SITUATIONS.paying().at(5).on(notifies('closed')).shown).toBe('paying · - · 15 s')
  })

  test.each(['paid', ...NOT_PAID] as const)('changes nothing once a payment is %s', (from) => {
    const till = SITUATIONS[from]()
    const before = till.payment
    expect(till.at(70).on(notifies('closed')).payment).toBe(before)
    expect(till.effects).toEqual([])
  })

  test.each(CANCELLING)('leaves the outcome of a payment that is %s to the cancel', (from) => {
    const till = SITUATIONS[from]().at(93).on(notifies('closed'))
    expect(till.payment.status).toBe('cancelling')
    expect(till.effects).toEqual([])
  })

  test('before TRADE_SUCCESS, out of order, makes us ask', () => {
    const till = SITUATIONS.confirming().at(20).on(notifies('closed')).on(notifies('paid'))
    expect(till.payment.status).toBe('closed')
    expect(till.effects).toEqual([{ type: 'query' }])
  })

  test('after TRADE_SUCCESS, as when all was refunded, leaves it paid', () => {
    const till = SITUATIONS.confirming().at(20).on(notifies('paid')).on(notifies('closed'))
    expect(till.payment.status).toBe('paid')
  })
})

describe('WAIT_BUYER_PAY', () => {
  test.each(ALL)('decides nothing while a payment is %s', (from) => {
    const till = SITUATIONS[from]()
    const { status, nextAt, reports } = till.payment
    till.at(93).on(notifies('waiting', { ...OURS, buyerUserId: '2088' }))
    expect(till.payment).toMatchObject({ status, reports })
    expect(till.payment.nextAt).toEqual(nextAt)
    expect(till.effects).toEqual([])
  })

  test('is remembered for what it says of the buyer', () => {
    expect(SITUATIONS.confirming().on(notifies('waiting', { buyerUserId: '2088' })).payment.buyerUserId).toBe('2088')
  })

  test('is nothing new when it says nothing new, dates included', () => {
    const till = SITUATIONS.confirming().on(notifies('waiting', WITH_DATE))
    const before = till.payment
    expect(till.on(notifies('waiting', { ...WITH_DATE, paidAt: new Date(PAID_AT) })).payment).toBe(before)
  })
})

test('a notification and the pay reply at once have one outcome', () => {
  const both = ['notification', 'reply'] as const
  for (const first of both) {
    const till = SITUATIONS.paying().at(1)
    const happen = {
      notification: () => till.on(notifies('paid')),
      reply: () => till.on({ type: 'payReply', outcome: paid() }),
    }
    happen[first]()
    const settled = till.payment
    expect(settled.status).toBe('paid')
    happen[first === 'reply' ? 'notification' : 'reply']()
    expect(till.payment).toBe(settled)
    expect(till.effects).toEqual([])
  }
})

test('a notification between the cancel and its reply is told as what it was: paid, and given back', () => {
  const till = SITUATIONS.cancelling().at(61).on(notifies('paid', WITH_DATE)).at(62).on(cancels('refunded', {}))
  expect(till.payment).toMatchObject({ status: 'reversed', paidAt: PAID_AT, tradeNo: OURS.tradeNo, lateSuccess: false })
})
