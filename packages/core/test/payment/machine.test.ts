import { describe, expect, test } from 'vitest'
import {
  answers,
  CANCEL,
  CANCEL_AGAIN,
  CANCEL_BLOCKED,
  CANCEL_IMPOSSIBLE,
  cancels,
  closed,
  FOREIGN,
  type News,
  NO_ANSWER,
  NOT_FOUND,
  OURS,
  paid,
  pays,
  refused,
  SITUATIONS,
  type Situation,
  UNKNOWN,
  WAKE,
  waiting,
} from './till.ts'

/** What is so, when (s), what happens, and what is shown then: status · what is to be done · next look. */
type Row = readonly [from: Situation, at: number, what: string, news: News, shown: string]

const rows = (title: string, table: readonly Row[]): void => {
  describe(title, () => {
    test.each(table)('%s, at %d s, %s', (from, at, _, news, shown) => {
      expect(SITUATIONS[from]().at(at).on(news).shown).toBe(shown)
    })
  })
}

rows('the beginning', [
  ['created', 0, 'it starts', { type: 'start' }, 'paying · pay · 15 s'],
  ['created', 0, 'it is woken though nothing was ever sent', WAKE, 'confirming · query · 15 s'],
  ['paying', 5, 'it is started a second time', { type: 'start' }, 'paying · - · 15 s'],
])

rows('the reply to pay', [
  ['paying', 1, '10000', pays(paid()), 'paid · report · -'],
  ['paying', 1, '10003', pays(waiting()), 'confirming · - · 6 s'],
  ['paying', 1, 'a definite refusal', pays(refused()), 'failed · report · -'],
  ['paying', 1, 'a refusal nobody documented', pays(refused('ACQ.NEW', false)), 'failed · report · 31 s'],
  ['paying', 10, 'no trustworthy reply', pays(UNKNOWN), 'confirming · query · 25 s'],
  ['paying', 15, 'none at all: the process died', WAKE, 'confirming · query · 30 s'],
  ['paying', 1, '10000 for another amount', pays(paid(FOREIGN)), 'failed · report · -'],
  ['paying', 1, '10003 for another amount', pays(waiting(FOREIGN)), 'failed · report · -'],
  ['unsure', 11, '10000 after all', pays(paid()), 'paid · report · -'],
  ['unsure', 11, '10003 after all', pays(waiting()), 'confirming · - · 25 s'],
  ['unsure', 11, 'a refusal after all', pays(refused()), 'failed · report · 41 s'],
  ['unsure', 11, 'unknown once more', pays(UNKNOWN), 'confirming · - · 25 s'],
])

rows('a query while the buyer has time', [
  ['confirming', 6, 'TRADE_SUCCESS', answers(paid()), 'paid · report · -'],
  ['confirming', 6, 'TRADE_CLOSED', answers(closed()), 'closed · report · -'],
  ['unsure', 11, 'TRADE_CLOSED after an unknown pay', answers(closed()), 'closed · report · 41 s'],
  ['confirming', 6, 'WAIT_BUYER_PAY', answers(waiting()), 'confirming · - · 11 s'],
  ['confirming', 6, 'not found', answers(NOT_FOUND), 'confirming · - · 11 s'],
  ['confirming', 6, 'unknown', answers(UNKNOWN), 'confirming · - · 11 s'],
  ['confirming', 6, 'a trade of another amount, paid', answers(paid(FOREIGN)), 'failed · report · -'],
  ['confirming', 6, 'a trade of another amount, waiting', answers(waiting(FOREIGN)), 'failed · report · -'],
])

rows('the deadline, after one last query', [
  ['confirming', 60, 'WAIT_BUYER_PAY', answers(waiting()), 'cancelling · cancel · 72 s'],
  ['confirming', 60, 'not found', answers(NOT_FOUND), 'cancelling · cancel · 72 s'],
  ['confirming', 60, 'unknown', answers(UNKNOWN), 'cancelling · cancel · 72 s'],
  ['confirming', 60, 'TRADE_SUCCESS', answers(paid()), 'paid · report · -'],
  ['confirming', 60, 'TRADE_CLOSED', answers(closed()), 'closed · report · -'],
])

rows('the reply to cancel', [
  ['cancelling', 61, 'done, action=close', cancels('closed'), 'closed · report · -'],
  ['cancelling', 61, 'done, no action', cancels('nothing', {}), 'closed · report · 91 s'],
  ['cancelling', 61, 'done, action=refund', cancels('refunded'), 'reversed · report · -'],
  ['cancelling', 61, 'retry_flag=Y, 20000 or unknown', CANCEL_AGAIN, 'cancelling · - · 63 s'],
  ['cancelling', 61, 'not before a person acts', CANCEL_BLOCKED, 'cancelling · - · 63 s'],
  ['cancelling', 61, 'cannot be cancelled any more', CANCEL_IMPOSSIBLE, 'cancelling · query · 73 s'],
  ['cancelling', 61, 'an old answer to a query: paid', answers(paid(), 1), 'cancelling · - · 72 s'],
])

rows('asking, because it cannot be cancelled', [
  ['asking', 62, 'paid', answers(paid()), 'paid · report · -'],
  ['asking', 62, 'closed', answers(closed()), 'closed · report · -'],
  ['asking', 62, 'not found', answers(NOT_FOUND), 'closed · report · 92 s'],
  ['asking', 62, 'waiting', answers(waiting()), 'cancelling · - · 64 s'],
  ['asking', 62, 'unknown', answers(UNKNOWN), 'cancelling · - · 64 s'],
  ['asking', 62, 'paid, but another amount', answers(paid(FOREIGN)), 'failed · report · -'],
  ['asking', 73, 'nothing: asked again', WAKE, 'cancelling · query · 73 s'],
])

rows('the till cancels', [
  ['created', 0, 'before anything was sent', CANCEL, 'created · - · 0 s'],
  ['paying', 2, 'while the pay reply is awaited', CANCEL, 'cancelling · - · 15 s'],
  ['confirming', 2, 'while the buyer may confirm', CANCEL, 'cancelling · cancel · 14 s'],
  ['unsure', 11, 'while nobody knows', CANCEL, 'cancelling · cancel · 23 s'],
  ['recalling', 3, 'twice', CANCEL, 'cancelling · - · 15 s'],
  ['cancelling', 61, 'what is being cancelled', CANCEL, 'cancelling · - · 72 s'],
  ['paid', 2, 'what is paid', CANCEL, 'paid · - · -'],
  ['failed', 2, 'what has failed', CANCEL, 'failed · - · -'],
  ['closed', 62, 'what is closed', CANCEL, 'closed · - · -'],
  ['watched', 62, 'what is closed and watched', CANCEL, 'closed · - · 91 s'],
  ['reversed', 62, 'what was reversed', CANCEL, 'reversed · - · -'],
  ['qrAsked', 0.5, 'while the QR code is awaited', CANCEL, 'cancelling · - · 15 s'],
  ['qrShown', 2, 'while the QR code is shown', CANCEL, 'cancelling · cancel · 14 s'],
])

rows('the pay reply after the till cancelled', [
  ['recalling', 3, '10000: the money goes back', pays(paid()), 'cancelling · cancel · 15 s'],
  ['recalling', 3, '10003', pays(waiting()), 'cancelling · cancel · 15 s'],
  ['recalling', 3, 'unknown', pays(UNKNOWN), 'cancelling · cancel · 15 s'],
  ['recalling', 3, 'refused: nothing is there to cancel', pays(refused()), 'failed · report · -'],
  ['recalling', 3, 'a refusal nobody documented', pays(refused('ACQ.NEW', false)), 'failed · report · 33 s'],
  ['recalling', 15, 'none at all: the process died', WAKE, 'cancelling · cancel · 27 s'],
  ['recalling', 3, '10000 for another amount: never cancelled', pays(paid(FOREIGN)), 'failed · report · -'],
  ['cancelling', 61, '10000, once the cancel is under way', pays(paid()), 'cancelling · - · 72 s'],
  ['cancelling', 61, 'refused, once the cancel is under way', pays(refused()), 'cancelling · - · 72 s'],
  ['cancelling', 61, '10000 for another amount', pays(paid(FOREIGN)), 'failed · report · -'],
])

describe('what comes when it is not asked for', () => {
  const NOT_CANCELLING = ['paying', 'confirming', 'unsure', 'paid', 'failed', 'closed', 'watched', 'reversed'] as const

  test.each(NOT_CANCELLING)('a reply to a cancel does nothing to a payment that is %s', (from) => {
    for (const news of [cancels('closed'), cancels('refunded'), cancels('nothing'), CANCEL_AGAIN, CANCEL_IMPOSSIBLE]) {
      const till = SITUATIONS[from]()
      const before = till.payment
      expect(till.at(80).on(news).payment).toBe(before)
      expect(till.effects).toEqual([])
    }
  })

  test('an answer asked for before the cancel was impossible does nothing', () => {
    const till = SITUATIONS.asking()
    const before = till.payment
    expect(till.on(answers(paid(), before.version - 1)).payment).toBe(before)
    expect(till.on(answers(paid(), before.version)).payment.status).toBe('paid')
  })

  test('an answer to a query does nothing while the pay reply is awaited', () => {
    for (const outcome of [waiting(), NOT_FOUND, UNKNOWN] as const) {
      const till = SITUATIONS.paying()
      const before = till.payment
      expect(till.at(2).on(answers(outcome)).payment).toBe(before)
    }
  })
})

describe('what a payment remembers', () => {
  test('an unknown pay is looked at again after the end, also when the till had cancelled', () => {
    expect(SITUATIONS.recalling().at(3).on(pays(UNKNOWN)).at(4).on(cancels('closed')).shown).toBe(
      'closed · report · 34 s',
    )
    expect(SITUATIONS.recalling().at(3).on(pays(waiting())).at(4).on(cancels('closed')).shown).toBe(
      'closed · report · -',
    )
  })

  test('asking in vain is nobody’s business yet', () => {
    for (const outcome of [waiting(), UNKNOWN] as const)
      expect(SITUATIONS.asking().on(answers(outcome)).payment.needsAttention).toBe(false)
  })

  test('a payment says how it got where it is', () => {
    const { history } = SITUATIONS.late().at(92).on(cancels('refunded')).payment
    expect(history.map(({ status, why }) => `${status}: ${why}`)).toEqual([
      'paying: asking for the money',
      'confirming: the buyer must confirm',
      'cancelling: deadline',
      'closed: Alipay knows no such trade',
      'cancelling: late',
      'reversed: cancelled; the money went back',
    ])
    const times = history.map(({ at }) => at.getTime())
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  test('the history names the code that left us in the dark', () => {
    expect(SITUATIONS.unsure().payment.history.at(-1)?.why).toBe('the outcome is unknown (UNKNOWN_TIMEOUT)')
    const vague = { ...NO_ANSWER, code: '20000', subCode: 'isp.unknow-error' }
    const { payment } = SITUATIONS.paying().on(pays({ is: 'unknown', problem: vague }))
    expect(payment.history.at(-1)?.why).toBe('the outcome is unknown (isp.unknow-error)')
  })

  test('a refusal is kept as the failure', () => {
    expect(SITUATIONS.failed().payment).toMatchObject({
      failure: { code: '40004', subCode: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' },
      settledAt: expect.any(Date),
    })
  })

  test('an unknown outcome is kept as the problem, and forgotten once Alipay answers', () => {
    const till = SITUATIONS.unsure()
    expect(till.payment.problem).toMatchObject({ code: 'UNKNOWN_TIMEOUT', at: expect.any(Date) })
    expect(till.at(11).on(answers(waiting())).payment.problem).toBeUndefined()
    expect(till.at(16).on(answers(UNKNOWN)).payment.problem).toMatchObject({ code: 'UNKNOWN_TIMEOUT' })
    expect(till.at(21).on(answers(paid())).payment.problem).toBeUndefined()
  })

  test('what Alipay says about the trade is kept, and an answer without it takes nothing away', () => {
    const till = SITUATIONS.confirming()
    expect(till.payment).toMatchObject({ tradeNo: OURS.tradeNo, buyerLogonId: OURS.buyerLogonId })
    const facts = { totalAmount: '88.88', receiptAmount: '88.80', paidAt: new Date(1) }
    expect(till.at(6).on(answers(paid(facts))).payment).toMatchObject({
      ...facts,
      tradeNo: OURS.tradeNo,
      buyerLogonId: OURS.buyerLogonId,
    })
  })

  test('a trade of another amount is a mismatch for a person to look at, and is never watched or cancelled', () => {
    const { payment } = SITUATIONS.unsure()
      .at(11)
      .on(answers(paid(FOREIGN)))
    expect(payment).toMatchObject({
      status: 'failed',
      failure: { code: 'REPLY_MISMATCH' },
      needsAttention: true,
      nextAt: undefined,
      tradeNo: undefined,
    })
    expect(payment.failure?.message).toContain('5.00')
  })

  test('a payment that could not be cancelled and is paid is for a person to look at', () => {
    const { payment } = SITUATIONS.asking().on(answers(paid()))
    expect(payment).toMatchObject({ status: 'paid', needsAttention: true, lateSuccess: false })
    expect(payment.problem?.subCode).toBe('ACQ.TRADE_CANCEL_TIME_OUT')
  })

  test('a payment paid once and closed when asked was reversed by a cancel whose reply was missed', () => {
    const known = { ...OURS, paidAt: new Date(5) }
    const { payment } = SITUATIONS.cancelling()
      .on(pays(paid(known)))
      .on(CANCEL_IMPOSSIBLE)
      .on(answers(closed()))
    expect(payment.status).toBe('reversed')
  })
})
