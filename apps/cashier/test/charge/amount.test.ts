import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AmountKey, amountOf, keyOf, press, readable } from '../../src/charge/amount.ts'

const typed = (...keys: readonly AmountKey[]): string => keys.reduce<string>(press, '')

test.each([
  [['1', '2', '.', '5'], '12.5', '12.50'],
  [['.', '5'], '0.5', '0.50'],
  [['0', '0', '7'], '7', '7.00'],
  [['00'], '0', undefined],
  [['1', '00', '.', '00'], '100.00', '100.00'],
  [['1', '.', '2', '3', '4'], '1.23', '1.23'],
  [['1', '.', '.', '5'], '1.5', '1.50'],
  [['1', '2', 'back'], '1', '1.00'],
  [['1', 'clear'], '', undefined],
  [['0', '.', '0', '0'], '0.00', undefined],
] as const)('%j is %s', (keys, text, amount) => {
  expect(typed(...keys)).toBe(text)
  expect(amountOf(typed(...keys))).toBe(amount)
})

test('whatever is pressed, it is an amount Alipay takes or nothing', () => {
  const key = fc.constantFrom<AmountKey>('0', '1', '9', '00', '.', 'back', 'clear')
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      const amount = amountOf(typed(...keys)) ?? '0.01'
      expect(amount).toMatch(/^(0|[1-9]\d{0,7})\.\d\d$/)
      expect(Number(amount)).toBeGreaterThan(0)
    }),
  )
})

describe('the keyboard', () => {
  test.each([
    ['7', '7'],
    [',', '.'],
    ['。', '.'],
    ['Backspace', 'back'],
    ['Escape', 'clear'],
    ['Enter', undefined],
    ['a', undefined],
  ])('%s means %s', (key, meaning) => expect(keyOf(key)).toBe(meaning))
})

test('thousands are parted for reading', () => {
  expect(['0.50', '1288.00', '12345678.90'].map(readable)).toEqual(['0.50', '1,288.00', '12,345,678.90'])
})
