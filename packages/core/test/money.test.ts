import { assert, bigInt, double, integer, oneof, property, string, stringMatching } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { F2fError, fen, yuan } from '../src/index.ts'
import { MAX_FEN } from '../src/money.ts'

const problemOf = (work: () => unknown): F2fError => {
  try {
    work()
  } catch (error) {
    if (error instanceof F2fError) return error
  }
  throw new Error('not refused')
}

describe('yuan as Alipay writes them', () => {
  test.each([
    ['0', 0],
    ['0.00', 0],
    ['0.01', 1],
    ['0.1', 10],
    ['1', 100],
    ['1.5', 150],
    ['88.88', 8_888],
    ['0.29', 29],
    ['1.15', 115],
    ['19.99', 1_999],
    ['99999999.99', 9_999_999_999],
    ['100000000', 10_000_000_000],
    ['100000000.00', 10_000_000_000],
  ])('%s is %d fen', (amount, expected) => {
    expect(fen(amount)).toBe(expected)
  })

  test.each([
    ...['', ' ', '-1', '+1', '-0', '1.001', '1e2', 'abc', '100000000.01', '100000001', '999999999.99', '9'.repeat(400)],
    ...[
      ' 1',
      '1 ',
      '1\n',
      '\n1',
      '01',
      '00',
      '1.',
      '.5',
      '1,00',
      '1_000',
      '0x10',
      '１',
      '１.00',
      '٣',
      'Infinity',
      'NaN',
    ],
    ...['88.88 ', '88.888', '8 8', '1..2', '1.2.3', '￥1', '1元', '1\u0000'],
  ])('%j is refused, with the field and the rule and without the value', (amount) => {
    const error = problemOf(() => fen(amount))
    expect(error).toMatchObject({
      code: 'REQUEST_INVALID',
      moneyMayHaveMoved: false,
      details: { field: 'amount', rule: '0 to 100000000.00, such as 88.88' },
    })
  })

  test.each([0, 88.88, 1n, Number.NaN, null, undefined, true, {}, ['1']])(
    '%o is no string and is refused',
    (amount) => {
      expect(problemOf(() => fen(amount as unknown as string)).code).toBe('REQUEST_INVALID')
    },
  )

  test('are refused unless they match to the letter', () => {
    const texts = oneof(
      string({ unit: 'binary' }),
      stringMatching(/^[-+]?\d{0,11}[.,]?\d{0,3}\s?$/),
      double().map(String),
      bigInt().map(String),
    )
    assert(
      property(texts, (text) => {
        const isMoney = /^(0|[1-9][0-9]*)(\.[0-9]{1,2})?$/.test(text) && Number(text) <= 100_000_000
        if (isMoney) expect(fen(text)).toBe(Math.round(Number(text) * 100))
        else expect(problemOf(() => fen(text)).code).toBe('REQUEST_INVALID')
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('whole fen', () => {
  test.each([
    [0, '0.00'],
    [-0, '0.00'],
    [1, '0.01'],
    [10, '0.10'],
    [115, '1.15'],
    [8_888, '88.88'],
    [10_000_000_000, '100000000.00'],
  ])('%d are %s yuan', (amount, expected) => {
    expect(yuan(amount)).toBe(expected)
  })

  test.each([-1, 0.5, 1.1, Number.NaN, Number.POSITIVE_INFINITY, MAX_FEN + 1, 2 ** 53, '1', null, undefined, 1n])(
    '%o are refused',
    (amount) => {
      expect(problemOf(() => yuan(amount as number))).toMatchObject({
        code: 'REQUEST_INVALID',
        details: { field: 'amount' },
      })
    },
  )

  test('come back from yuan unchanged, every one of them', () => {
    assert(
      property(oneof(integer({ min: 0, max: MAX_FEN }), integer({ min: 0, max: 20_000 })), (amount) => {
        expect(fen(yuan(amount))).toBe(amount)
        expect(yuan(amount)).toMatch(/^\d+\.\d\d$/)
      }),
    )
  })

  test('write the shorter forms in full', () => {
    assert(
      property(integer({ min: 0, max: 100_000_000 }), integer({ min: 0, max: 9 }), (whole, tenth) => {
        if (whole < 100_000_000) expect(yuan(fen(`${whole}.${tenth}`))).toBe(`${whole}.${tenth}0`)
        expect(yuan(fen(String(whole)))).toBe(`${whole}.00`)
      }),
    )
  })
})
