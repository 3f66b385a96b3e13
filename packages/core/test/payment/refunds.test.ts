import { describe, expect, test } from 'vitest'
import { ask, BALANCE, found, pending, REFUSED, refund, reply, STATES, type State, shown } from './refund-till.ts'
import { type News, type Till, UNKNOWN } from './till.ts'

describe('what becomes of a refund', () => {
  test.each<readonly [State, number, string, News, string]>([
    ['pending', 101, '10000 and fund_change=Y', reply({ is: 'refunded' }), 'succeeded · report · -'],
    ['pending', 101, '10000 without: ask', reply({ is: 'accepted' }), 'pending · refundQuery · 114 s'],
    ['pending', 101, 'refused at the first try', reply(REFUSED), 'failed · report · -'],
    ['pending', 110, 'unknown', reply(UNKNOWN), 'pending · - · 113 s'],
    ['pending', 113, 'never answered: the process died', { type: 'wake' }, 'pending · refund · 126 s'],
    ['unanswered', 113, 'time to send it again', { type: 'wake' }, 'pending · refund · 126 s'],
    ['unanswered', 112, 'not yet time', { type: 'wake' }, 'pending · - · 113 s'],
    ['resent', 114, '10000 and fund_change=Y', reply({ is: 'refunded' }), 'succeeded · report · -'],
    ['resent', 114, '10000 and fund_change=N: ask', reply({ is: 'accepted' }), 'pending · refundQuery · 127 s'],
    ['resent', 114, 'refused: the first may have worked, so ask', reply(REFUSED), 'pending · refundQuery · 127 s'],
    ['resent', 123, 'unknown again', reply(UNKNOWN), 'pending · - · 129 s'],
    ['asked', 102, 'found', found({ is: 'refunded' }), 'succeeded · report · -'],
    ['asked', 102, 'nothing: send it again', found({ is: 'nothing' }), 'pending · - · 105 s'],
    ['asked', 102, 'unknown: ask again', found(UNKNOWN), 'pending · - · 105 s'],
    ['asked', 114, 'never answered', { type: 'wake' }, 'pending · refundQuery · 127 s'],
    ['doubted', 115, 'found: the first had worked', found({ is: 'refunded' }), 'succeeded · report · -'],
    ['doubted', 115, 'nothing yet: the first may still arrive', found({ is: 'nothing' }), 'pending · - · 121 s'],
    ['doubted', 115, 'unknown: ask again', found(UNKNOWN), 'pending · - · 121 s'],
    ['failed', 102, 'a success all the same: proof', reply({ is: 'refunded' }), 'succeeded · - · -'],
    ['failed', 102, 'found all the same: proof', found({ is: 'refunded' }), 'succeeded · - · -'],
  ])('%s, at %d s, %s', (from, at, _, news, expected) => {
    expect(shown(STATES[from]().at(at).on(news))).toBe(expected)
  })

  test.each<readonly [State, News]>([
    ['succeeded', reply({ is: 'refunded' })],
    ['succeeded', reply(REFUSED)],
    ['succeeded', reply(UNKNOWN)],
    ['succeeded', found({ is: 'nothing' })],
    ['succeeded', found({ is: 'refunded' })],
    ['succeeded', { type: 'wake' }],
    ['failed', reply(REFUSED)],
    ['failed', reply(UNKNOWN)],
    ['failed', reply({ is: 'accepted' })],
    ['failed', found({ is: 'nothing' })],
    ['pending', reply(REFUSED, 'R9')],
    ['pending', found({ is: 'refunded' }, 'R9')],
    ['pending', ask('R1', '30.00')],
    ['succeeded', ask('R1', '30.00')],
  ])('%s stays as it is at %o', (from, news) => {
    const till = STATES[from]()
    const before = till.payment
    expect(till.at(102).on(news).payment).toBe(before)
    expect(till.effects).toEqual([])
  })

  test('it is journalled before it is sent, and sent at once', () => {
    const till = pending()
    expect(till.effects).toEqual([{ type: 'refund', outRequestNo: 'R1' }])
    expect(refund(till)).toMatchObject({ refundAmount: '30.00', status: 'pending', next: 'send', attempts: 0 })
    expect(till.payment.dueAt).toEqual(refund(till).dueAt)
  })

  test('a refusal is kept as the failure, and gone when the refund is sent again', () => {
    const till = STATES.failed()
    expect(refund(till)).toMatchObject({ failure: BALANCE, settledAt: expect.any(Date), next: undefined })
    till.at(200).on(ask('R1', '30.00'))
    expect(shown(till)).toBe('pending · refund · 213 s')
    expect(refund(till)).toMatchObject({ failure: undefined, settledAt: undefined, attempts: 0 })
    expect(shown(till.at(201).on(reply(REFUSED)))).toBe('failed · report · -')
  })
})

describe('a request without an answer', () => {
  test('is sent again after 3, 6, 12 … 60 s, for ever, with the same number and amount', () => {
    const till = pending()
    const pauses: number[] = []
    for (let attempt = 0; attempt < 8; attempt++) {
      const before = till.now
      till.on(reply(UNKNOWN)).wakeWhenDue()
      expect(till.effects).toEqual([{ type: 'refund', outRequestNo: 'R1' }])
      pauses.push((till.now - before) / 1_000)
    }
    expect(pauses).toEqual([3, 6, 12, 24, 48, 60, 60, 60])
    expect(refund(till).refundAmount).toBe('30.00')
  })

  test('is a person’s business after a minute, until the refund is settled', () => {
    const till = pending().at(110).on(reply(UNKNOWN)).wake(113).at(159).on(reply(UNKNOWN))
    expect(refund(till).needsAttention).toBe(false)
    till.wakeWhenDue().at(175).on(reply(UNKNOWN))
    expect(refund(till)).toMatchObject({ needsAttention: true, problem: { code: 'UNKNOWN_TIMEOUT' } })
    till.wakeWhenDue().on(reply({ is: 'refunded' }))
    expect(refund(till)).toMatchObject({ status: 'succeeded', needsAttention: false, problem: undefined })
  })

  test('is so to the second', () => {
    expect(refund(pending().at(159.999).on(reply(UNKNOWN))).needsAttention).toBe(false)
    expect(refund(pending().at(160).on(reply(UNKNOWN))).needsAttention).toBe(true)
  })

  test('is a person’s business also when nothing but crashes happened', () => {
    const till = pending().wake(113).wake(126).wake(161)
    expect(refund(till).needsAttention).toBe(true)
  })

  test('counts the minute from the day it was asked for again', () => {
    const till = STATES.failed().at(86_400).on(ask('R1', '30.00')).at(86_410).on(reply(UNKNOWN))
    expect(refund(till).needsAttention).toBe(false)
  })
})

describe('a refusal after an unanswered request', () => {
  /** Asks until the refund is settled; says when the questions were asked. */
  const questions = (till: Till): number[] => {
    const times = [till.now / 1_000]
    for (till.on(found({ is: 'nothing' })); refund(till).status === 'pending'; till.on(found({ is: 'nothing' }))) {
      till.wakeWhenDue()
      expect(till.effects).toEqual([{ type: 'refundQuery', outRequestNo: 'R1' }])
      times.push(till.now / 1_000)
    }
    return times
  }

  test('is believed once no request can arrive any more, and asked about until then', () => {
    const till = STATES.doubted()
    expect(questions(till)).toEqual([114, 120, 132, 156, 204, 264, 324, 384, 413])
    expect(refund(till)).toMatchObject({ status: 'failed', failure: BALANCE })
    expect(till.effects.map(({ type }) => type)).toEqual(['report'])
  })

  test('is not believed by an answer asked before that, however late it comes', () => {
    const till = STATES.doubted().wake(412)
    expect(shown(till.at(420).on(found({ is: 'nothing' })))).toBe('pending · - · 426 s')
  })

  test('gives way to a success found meanwhile', () => {
    const till = STATES.doubted()
      .at(115)
      .on(found({ is: 'nothing' }))
      .wake(121)
      .on(found({ is: 'refunded' }))
    expect(refund(till)).toMatchObject({ status: 'succeeded', failure: undefined })
  })

  test('is about a process that died as well: its request may still be on its way', () => {
    const till = pending().wake(113).at(114).on(reply(REFUSED))
    expect(shown(till)).toBe('pending · refundQuery · 127 s')
  })
})

describe('an answer to an old call', () => {
  test('refused, after the refund was sent again, decides nothing', () => {
    const till = pending()
    const first = till.payment.version
    const before = till.wake(113).payment
    expect(till.on(reply(REFUSED, 'R1', first)).payment).toBe(before)
    expect(till.on(reply(UNKNOWN, 'R1', first)).payment).toBe(before)
    expect(till.on(reply({ is: 'accepted' }, 'R1', first)).payment).toBe(before)
  })

  test('refunded, however old, is proof', () => {
    const till = pending()
    const first = till.payment.version
    expect(shown(till.wake(113).on(reply({ is: 'refunded' }, 'R1', first)))).toBe('succeeded · report · -')
  })

  test('nothing, asked before the refund failed and was sent again, does not fail it', () => {
    const till = STATES.asked()
    const old = till.payment.version
    till.on(found({ is: 'nothing' })).wake(105)
    const before = till.payment
    expect(till.on(found({ is: 'nothing' }, 'R1', old)).payment).toBe(before)
  })
})
