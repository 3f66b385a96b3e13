import { assert, property, string, stringMatching } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AuthCodeKind, classifyAuthCode, maskAuthCode } from '../src/index.ts'

const digits = (prefix: string, length: number) => prefix.padEnd(length, '7')

describe('whose code it is', () => {
  test.each<[string, AuthCodeKind]>([
    ['28763443825664394', 'alipay'],
    ...['25', '26', '27', '28', '29', '30'].flatMap((prefix): [string, AuthCodeKind][] => [
      [digits(prefix, 16), 'alipay'],
      [digits(prefix, 18), 'alipay'],
      [digits(prefix, 24), 'alipay'],
      [digits(prefix, 15), 'unknown'],
      [digits(prefix, 25), 'unknown'],
    ]),
    [2812345678901234 as never, 'unknown'],
    [null as never, 'unknown'],
    [digits('24', 18), 'unknown'],
    [digits('31', 18), 'unknown'],
    [`fp${'a1B2_'.repeat(6)}xyz`, 'alipay'],
    [`fp${'a'.repeat(32)}`, 'qr-text'],
    [`fp${'a'.repeat(34)}`, 'qr-text'],
    [`FP${'a'.repeat(33)}`, 'qr-text'],
    ...['10', '11', '12', '13', '14', '15'].map((prefix): [string, AuthCodeKind] => [digits(prefix, 18), 'wechat']),
    [digits('10', 17), 'unknown'],
    [digits('10', 19), 'unknown'],
    [digits('16', 18), 'unknown'],
    [digits('62', 19), 'unionpay'],
    [digits('62', 18), 'unknown'],
    [digits('62', 20), 'unknown'],
    [digits('61', 19), 'unknown'],
    ['https://qr.alipay.com/bax00005', 'qr-text'],
    ['wxp://f2f0', 'qr-text'],
    ['6901234567892', 'unknown'],
    ['', 'unknown'],
    ['28763443825664394 ', 'qr-text'],
    ['28763443825664394\n', 'qr-text'],
    ['2876344382 5664394', 'qr-text'],
    ['２８７６３４４３８２５６６４３９４', 'qr-text'],
  ])('%j: %s', (code, kind) => {
    expect(classifyAuthCode(code)).toBe(kind)
  })

  test('is decided for any text', () => {
    assert(
      property(string({ unit: 'binary' }), (code) => {
        expect(['alipay', 'wechat', 'unionpay', 'qr-text', 'unknown']).toContain(classifyAuthCode(code))
      }),
    )
  })
})

describe('the masked form of a code', () => {
  test.each([
    ['28763443825664394', '28***********4394'],
    ['287634438256', '28******8256'],
    ['28763443825', '***********'],
    ['1', '*'],
    ['', ''],
  ])('%s: %s', (code, masked) => {
    expect(maskAuthCode(code)).toBe(masked)
  })

  test('has the same length and never shows more than six characters', () => {
    const codes = stringMatching(/^[^*]{0,70}$/)
    assert(
      property(codes, (code) => {
        const masked = maskAuthCode(code)
        expect(masked.length).toBe(code.length)
        expect(masked.replaceAll('*', '').length).toBeLessThanOrEqual(6)
      }),
    )
  })
})
