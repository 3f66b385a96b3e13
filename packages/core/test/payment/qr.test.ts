import { describe, expect, test } from 'vitest'
import type { Policy } from '../../src/index.ts'
import {
  answers,
  CANCEL,
  cancels,
  closed,
  type News,
  NOT_FOUND,
  paid,
  refused,
  SITUATIONS,
  Till,
  UNKNOWN,
  waiting,
} from './till.ts'

const offered: News = { type: 'offerReply', outcome: { is: 'offered', qrCode: 'https://qr/1' } }
const unknown: News = { type: 'offerReply', outcome: UNKNOWN }

describe('a QR payment', () => {
  test('asks for the code, shows it, and asks every 5 s until it is paid', () => {
    const till = new Till({ kind: 'qr' })
    expect(till.on({ type: 'start' }).shown).toBe('paying · offer · 15 s')
    expect(till.at(1).on(offered).shown).toBe('confirming · - · 6 s')
    expect(till.payment.qrCode).toBe('https://qr/1')
    expect(till.wake(6).on(answers(NOT_FOUND)).shown).toBe('confirming · - · 11 s')
    expect(till.wake(11).on(answers(waiting())).shown).toBe('confirming · - · 16 s')
    expect(till.wake(16).on(answers(paid())).shown).toBe('paid · report · -')
  })

  test('never paid is cancelled at the deadline, and looked at until nobody can scan it any more', () => {
    const till = SITUATIONS.qrShown().wake(60).on(answers(NOT_FOUND))
    expect(till.shown).toBe('cancelling · cancel · 72 s')
    expect(till.at(61).on(cancels('nothing', {})).shown).toBe('closed · report · 91 s')
    till.wake(91).on(answers(NOT_FOUND))
    expect(till.wake(361).on(answers(NOT_FOUND)).payment).toMatchObject({ nextAt: undefined, rechecks: 2 })
  })

  test('refused has failed', () => {
    expect(SITUATIONS.qrAsked().at(1).on({ type: 'offerReply', outcome: refused() }).shown).toBe('failed · report · -')
  })

  test.each<[string, number, News]>([
    ['whose code never arrived', 10, unknown],
    ['whose asking was lost in a crash', 15, { type: 'wake' }],
  ])('%s is cancelled at once, for nobody has seen it', (_, at, news) => {
    const till = SITUATIONS.qrAsked().at(at).on(news)
    expect(till.payment).toMatchObject({
      status: 'cancelling',
      cancellation: { reason: 'unoffered' },
      qrCode: undefined,
    })
    expect(till.effects).toEqual([{ type: 'cancel' }])
    till.on(cancels('nothing', {}))
    expect(till.wakeWhenDue().on(answers(NOT_FOUND)).payment.rechecks).toBe(1)
    expect(till.wake(400).on(answers(NOT_FOUND)).payment).toMatchObject({ status: 'closed', nextAt: undefined })
  })

  test('whose code never arrived is looked at again after any end: the request may still be on its way', () => {
    expect(SITUATIONS.qrAsked().at(10).on(unknown).at(11).on(cancels('closed')).shown).toBe('closed · report · 41 s')
  })

  test('whose code comes after it was given up shows none', () => {
    const till = SITUATIONS.qrAsked().wake(15)
    const before = till.payment
    expect(till.at(16).on(offered).payment).toBe(before)
  })

  test('whose code comes a second time keeps the first', () => {
    const till = SITUATIONS.qrShown()
    const before = till.payment
    till.on({ type: 'offerReply', outcome: { is: 'offered', qrCode: 'https://qr/2' } })
    expect(till.payment).toBe(before)
  })

  test.each<[string, News, string]>([
    ['arrives', offered, 'cancelling · cancel · 15 s'],
    ['stays unknown', unknown, 'cancelling · cancel · 15 s'],
    ['is refused', { type: 'offerReply', outcome: refused() }, 'failed · report · -'],
  ])('cancelled before the code is there shows none when it %s', (_, news, shown) => {
    const till = SITUATIONS.qrAsked().at(0.5).on(CANCEL).at(3).on(news)
    expect(till.shown).toBe(shown)
    expect(till.payment.qrCode).toBeUndefined()
  })
})

describe('a QR code the buyer has seen, and the till cancelled early', () => {
  /** Ten minutes to pay: Alipay lets the code live eleven, from at most one call after the beginning. */
  const cancelledEarly = (policy: Partial<Policy> = {}) =>
    new Till({ kind: 'qr', payWithin: 600_000, policy })
      .on({ type: 'start' })
      .at(1)
      .on(offered)
      .at(5)
      .on(CANCEL)
      .on(cancels('nothing', {}))

  /** When Alipay is asked, until it is not any more. */
  const looks = (till: Till): number[] => {
    const times: number[] = []
    while (till.payment.nextAt !== undefined) {
      till.wakeWhenDue()
      if (!till.effects.some(({ type }) => type === 'query')) continue
      times.push(till.now / 1_000)
      till.on(answers(NOT_FOUND))
    }
    return times
  }

  test('is looked at until it has expired, because no cancel takes it back', () => {
    expect(looks(cancelledEarly())).toEqual([35, 305, 605, 905])
  })

  test('is looked at once more when it could still be scanned at the last look, to the second', () => {
    expect(looks(cancelledEarly({ recheckAfter: [166_000] }))).toEqual([171, 337, 503, 669, 835])
    expect(looks(cancelledEarly({ recheckAfter: [133_000] }))).toEqual([138, 271, 404, 537, 670])
  })

  test('is not looked at any longer when nobody has seen it', () => {
    const unseen = new Till({ kind: 'qr', payWithin: 600_000 }).on({ type: 'start' }).at(10).on(unknown)
    expect(looks(unseen.on(cancels('nothing', {})))).toEqual([40, 310])
  })

  test('and scanned and paid at the last moment gives the money back', () => {
    const till = cancelledEarly()
    for (const at of [35, 305, 605]) till.wake(at).on(answers(NOT_FOUND))
    till.wake(905).on(answers(paid()))
    expect(till.payment).toMatchObject({ status: 'cancelling', lateSuccess: true })
    expect(till.on(cancels('refunded')).payment.status).toBe('reversed')
  })

  test('is not looked at again once Alipay says its trade is closed', () => {
    expect(cancelledEarly().wake(35).on(answers(closed())).payment.nextAt).toBeUndefined()
  })
})
