import { describe, expect, test } from 'vitest'
import { F2fError, refundableAmount, refundedAmount } from '../../src/index.ts'
import { ask, pending, REFUSED, reply, STATES, type State } from './refund-till.ts'
import { type News, SITUATIONS, type Situation, seconds, type Till } from './till.ts'

describe('what may be refunded', () => {
  const code = (till: Till, news: News): string => {
    const before = till.payment
    try {
      till.on(news)
    } catch (error) {
      expect(till.payment).toBe(before)
      return error instanceof F2fError ? error.code : String(error)
    }
    return 'taken'
  }

  test.each<[Situation, string]>([
    ['paid', 'taken'],
    ['created', 'PAYMENT_NOT_REFUNDABLE'],
    ['paying', 'PAYMENT_NOT_REFUNDABLE'],
    ['confirming', 'PAYMENT_NOT_REFUNDABLE'],
    ['cancelling', 'PAYMENT_NOT_REFUNDABLE'],
    ['failed', 'PAYMENT_NOT_REFUNDABLE'],
    ['closed', 'PAYMENT_NOT_REFUNDABLE'],
    ['reversed', 'PAYMENT_NOT_REFUNDABLE'],
  ])('of a payment that is %s: %s', (from, expected) => {
    expect(code(SITUATIONS[from](), ask('R1', '0.01'))).toBe(expected)
  })

  test.each([
    ['all of it', ['88.88'], 'taken'],
    ['more than was paid', ['88.89'], 'REFUND_TOO_MUCH'],
    ['all of it in parts', ['44.44', '44.44'], 'taken'],
    ['one fen too much in parts', ['44.44', '44.45'], 'REFUND_TOO_MUCH'],
    ['anything after all of it', ['88.88', '0.01'], 'REFUND_TOO_MUCH'],
  ])('%s', (_, amounts, expected) => {
    const till = SITUATIONS.paid()
    const last = amounts.map((refundAmount, index) => code(till, ask(`R${index}`, refundAmount))).at(-1)
    expect(last).toBe(expected)
  })

  test('a refund under way counts as spent, a failed one does not', () => {
    const till = SITUATIONS.paid().on(ask('R1', '80.00'))
    expect([refundableAmount(till.payment), refundedAmount(till.payment)]).toEqual(['8.88', '0.00'])
    expect(code(till, ask('R2', '10.00'))).toBe('REFUND_TOO_MUCH')
    till.on(reply(REFUSED))
    expect(refundableAmount(till.payment)).toBe('88.88')
    expect(code(till, ask('R2', '10.00'))).toBe('taken')
    till.on(reply({ is: 'refunded' }, 'R2'))
    expect([refundableAmount(till.payment), refundedAmount(till.payment)]).toEqual(['78.88', '10.00'])
  })

  test('a failed refund may be sent again only as far as something is left', () => {
    const till = SITUATIONS.paid().on(ask('R1', '80.00')).on(reply(REFUSED)).on(ask('R2', '80.00'))
    expect(code(till, ask('R1', '80.00'))).toBe('REFUND_TOO_MUCH')
  })

  test('nothing is left, rather than less than nothing, when Alipay refunded more than we knew of', () => {
    const till = SITUATIONS.paid().on(ask('R1', '80.00')).on(reply(REFUSED)).on(ask('R2', '80.00'))
    till.on(reply({ is: 'refunded' }, 'R1'))
    expect(refundableAmount(till.payment)).toBe('0.00')
  })

  test.each<State>(['pending', 'failed', 'succeeded'])(
    'the same number with another amount is a conflict (%s)',
    (from) => {
      expect(code(STATES[from](), ask('R1', '30.01'))).toBe('REFUND_CONFLICT')
    },
  )

  test('the same number and amount is the same refund, whatever the reason given', () => {
    const till = STATES.succeeded()
    const before = till.payment
    expect(till.on(ask('R1', '30.00', 'another reason')).payment).toBe(before)
  })

  test('an error names the numbers and nothing else', () => {
    try {
      SITUATIONS.paid().on(ask('R1', '99.00'))
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'REFUND_TOO_MUCH', details: { outTradeNo: 'T1', outRequestNo: 'R1' } })
      expect(error).toMatchObject({ moneyMayHaveMoved: false, message: expect.stringContaining('88.88') })
    }
  })
})

describe('several refunds', () => {
  test('are each looked after in one wake-up, in the order they were asked for', () => {
    const till = pending().at(100.5).on(ask('R2', '10.00')).wake(120)
    expect(till.effects).toEqual([
      { type: 'refund', outRequestNo: 'R1' },
      { type: 'refund', outRequestNo: 'R2' },
    ])
    expect(till.payment.refunds.map(({ dueAt }) => seconds(dueAt))).toEqual(['133 s', '133 s'])
  })

  test('are woken each at its own time', () => {
    const till = pending().at(106).on(ask('R2', '10.00'))
    expect(till.wake(113).effects).toEqual([{ type: 'refund', outRequestNo: 'R1' }])
    expect(till.wake(119).effects).toEqual([{ type: 'refund', outRequestNo: 'R2' }])
  })

  test('keep their place when one of them changes', () => {
    const till = pending()
      .on(ask('R2', '10.00'))
      .on(reply({ is: 'refunded' }, 'R1'))
    expect(till.payment.refunds.map(({ outRequestNo, status }) => `${outRequestNo} ${status}`)).toEqual([
      'R1 succeeded',
      'R2 pending',
    ])
  })
})
